import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Dataset } from '../src/lib/data/dataset.ts';
import { openNetwork } from '../src/lib/models/open-network.ts';
import { reliability } from '../src/lib/experiments/calibration.ts';
import { HALF } from '../src/lib/experiments/refusal.ts';
import type { NetworkFile, NetworkMetadata } from '../src/lib/models/network-file.ts';
import { writeNpz } from '../src/lib/models/npz.ts';
import { writeSafetensors } from '../src/lib/models/safetensors.ts';
import type { Kernels } from '../src/lib/nn/kernels/kernels.ts';
import { referenceKernels } from '../src/lib/nn/kernels/reference-kernels.ts';
import { type Setup, formatSetup } from '../src/lib/training/setup.ts';
import { describeCutBatch } from '../src/lib/training/training-data.ts';
import { Trainer } from '../src/lib/training/trainer.ts';
import { READING_FLAGS, READING_USAGE, loadFolder, readingOptions } from './network/folder.ts';
import { nodeKernels } from './network/kernels.ts';
import { type TrainAndTest, loadMnist } from './network/mnist.ts';
import { type CardFacts, modelCard } from './network/model-card.ts';
import { PEN_DIGITS, UsageError, describeFlags, readCount, readOptions } from './network/options.ts';
import { type Start, startFrom } from './network/start-from.ts';
import { cardPath, checkOut } from './network/out-files.ts';
import { ProgressBar, formatSeconds } from './network/progress-bar.ts';
import { networkOf, percent, priceOfRefusal, unseenPenDigits } from './network/report.ts';
import { explain } from './network/system-errors.ts';

const OWN_FLAGS = ['out', 'from', 'data', 'title', 'note', 'storage', 'kernels', 'pen', ...READING_FLAGS];
const USAGE = `npm run train -- --out FILE [options]

Trains a network and writes it to a file, with a model card beside it. Ctrl-C stops and saves what there is.

  --out FILE         where to write the network: FILE.safetensors, or FILE.npz for NumPy
  --from FILE        go on from this network's weights, in its layers
  --data FOLDER      IDX or CSV files to use in place of MNIST
${READING_USAGE}
  --title TEXT       a name for the network
  --note TEXT        a last paragraph for its card
  --storage NAME     float32 or float16
  --kernels NAME     fast, or reference: the plain loops, slower, the same bits on every machine
  --pen COUNT        how many generated pen digits to measure it with, in place of ${PEN_DIGITS}

Options of the training, with their defaults:
${describeFlags()}`;

/** How long one call of the trainer works before the bar moves and Ctrl-C is heard. */
const BUDGET = { milliseconds: 200 };

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(USAGE);
  const { own, setup: asked, given, files } = readOptions(args, OWN_FLAGS);
  if (!own['out'] || files.length > 0) throw new UsageError(`--out is missing.\n\n${USAGE}`);
  const storage = own['storage'] ?? 'float32';
  if (storage !== 'float32' && storage !== 'float16')
    throw new UsageError(`--storage is float32 or float16, not ${storage}`);
  const penDigits = readCount('pen', own['pen'] ?? PEN_DIGITS);
  await checkOut(own['out']);

  const start: Start = own['from']
    ? await startFrom(own['from'], given)
    : { setup: asked, from: undefined, notes: [] };
  const { setup, from } = start;
  const data = await (own['data'] ? loadFolder(own['data'], readingOptions(own)) : loadMnist());
  for (const note of [...start.notes, ...data.notes]) console.error(note);
  const kernels = await chosenKernels(own['kernels'] ?? 'fast');
  const trainer = new Trainer(setup, data.train, {
    kernels,
    ...(from && { from: { model: from.model, epochs: 0 } }),
  });
  const cut = describeCutBatch(setup, trainer.training.count);
  if (cut) console.log(cut);
  const seconds = await run(trainer);

  const training = formatSetup(setup) as Record<string, string>;
  const metadata = {
    loss: setup.loss,
    ...(own['title'] && { title: own['title'] }),
    training: own['from'] ? { ...training, from: own['from'] } : training,
    data: describeTraining(setup, data.train, trainer.training.count, own['data']),
    epochs: trainer.history.length,
  };
  await save(own['out'], { model: trainer.network.toModel(), metadata }, storage, data, kernels, {
    args,
    seconds,
    note: own['note'],
    from: own['from'],
    data: own['data'],
    pen: unseenPenDigits(penDigits),
  });
}

/** What was learnt from, as the card says it: only what was used is named. */
function describeTraining(setup: Setup, train: Dataset, used: number, folder: string | undefined): string {
  const number = (count: number) => count.toLocaleString('en');
  const own = used - setup.penDigits - setup.otherDrawings;
  const share = own < train.count ? `${number(own)} of its ${number(train.count)}` : number(train.count);
  const name = folder ? `${train.name} (${folder})` : 'MNIST';
  const pen = setup.penDigits > 0 ? `, and ${number(setup.penDigits)} generated pen digits` : '';
  const others =
    setup.otherDrawings > 0
      ? `, and ${number(setup.otherDrawings)} generated drawings that are no digit`
      : '';
  return `${name}, ${share} training images${pen}${others}`;
}

/** Runs to the end or to Ctrl-C; returns the seconds it took. */
async function run(trainer: Trainer): Promise<number> {
  const { setup } = trainer;
  const total = setup.epochs;
  const bar = new ProgressBar('Training', total);
  const started = performance.now();
  let stopped = false;
  process.once('SIGINT', () => {
    stopped = true;
  });
  for (;;) {
    const progress = trainer.advance(BUDGET);
    const seconds = (performance.now() - started) / 1000;
    const rate = Math.round(progress.imagesInAll / seconds).toLocaleString('en');
    const done = progress.epoch + progress.batch / progress.batchesPerEpoch;
    bar.update(
      done,
      `loss ${progress.loss.toFixed(4)}, ${percent(progress.accuracy)} right, ${rate} images/s`,
    );
    const { ended, finished } = progress;
    if (ended && (ended.epoch % Math.ceil(total / 50) === 0 || finished)) {
      const validation = ended.validation ? `, held back ${percent(ended.validation.accuracy)}` : '';
      bar.print(
        `epoch ${ended.epoch} of ${total}: loss ${ended.loss.toFixed(4)}, ${percent(ended.accuracy)} right${validation}, ${formatSeconds(seconds)}`,
      );
    }
    if (finished === 'diverged')
      throw new Error('The loss is no longer a number: the learning rate is too high. Nothing was saved.');
    if (finished || stopped) {
      bar.finish(`${stopped ? 'Stopped' : 'Trained'} after ${trainer.history.length} epochs`);
      return seconds;
    }
    await setImmediate();
  }
}

/** Writes network and card. The figures are those of the file as it was written, rounding included. */
async function save(
  path: string,
  file: NetworkFile,
  storage: 'float32' | 'float16',
  { train, test }: Pick<TrainAndTest, 'train' | 'test'>,
  kernels: Kernels,
  facts: Pick<CardFacts, 'args' | 'note' | 'from' | 'data' | 'pen'> & { readonly seconds: number },
): Promise<void> {
  const network = networkOf(openNetwork(writeSafetensors(file, storage)), kernels);
  const onTest = network.evaluate(test);
  const onTrain = network.evaluate(train);
  const metrics = {
    testAccuracy: onTest.accuracy,
    testLoss: onTest.loss,
    trainAccuracy: onTrain.accuracy,
    trainLoss: onTrain.loss,
    penAccuracy: network.evaluate(facts.pen).accuracy,
    calibrationError: reliability(network.predict(test), test.labels, network.classes).error,
    seconds: Math.round(facts.seconds),
  };
  const taught = Number(file.metadata.training?.['otherDrawings'] ?? 0) > 0;
  const refusal =
    taught && test.width === network.inputs
      ? { threshold: HALF, prices: priceOfRefusal(network, test, facts.pen) }
      : undefined;
  const metadata: NetworkMetadata = { ...file.metadata, metrics, ...(refusal && { refusal }) };
  const finished = { model: file.model, metadata };
  const bytes = path.endsWith('.npz') ? writeNpz(finished) : writeSafetensors(finished, storage);
  await writeFile(path, bytes);
  const card = cardPath(path);
  if (card) {
    const measured = { train, test, bytes: bytes.length, storage, kernels: kernels.name, path };
    await writeFile(card, modelCard(finished, { ...facts, ...measured }));
  }
  console.log(
    `${path}: ${bytes.length} bytes; test ${percent(onTest.accuracy)}, train ${percent(onTrain.accuracy)}, pen ${percent(metrics.penAccuracy)}`,
  );
}

async function chosenKernels(name: string): Promise<Kernels> {
  if (name === 'fast') return nodeKernels();
  if (name === 'reference') return referenceKernels();
  throw new UsageError(`--kernels is fast or reference, not ${name}`);
}

await main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
