import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { openNetwork } from '../src/lib/models/open-network.ts';
import type { NetworkFile, NetworkMetadata } from '../src/lib/models/network-file.ts';
import { writeNpz } from '../src/lib/models/npz.ts';
import { writeSafetensors } from '../src/lib/models/safetensors.ts';
import type { Kernels } from '../src/lib/nn/kernels/kernels.ts';
import { referenceKernels } from '../src/lib/nn/kernels/reference-kernels.ts';
import { formatSetup } from '../src/lib/training/setup.ts';
import { Trainer } from '../src/lib/training/trainer.ts';
import { nodeKernels } from './kernels.ts';
import { type TrainAndTest, loadFolder, loadMnist } from './mnist.ts';
import { modelCard } from './model-card.ts';
import { UsageError, describeFlags, readOptions } from './options.ts';
import { ProgressBar, formatSeconds } from './progress-bar.ts';
import { networkOf, percent, unseenPenDigits } from './report.ts';

const OWN_FLAGS = ['out', 'from', 'data', 'title', 'note', 'storage', 'kernels'];
const USAGE = `npm run train -- --out FILE [options]

Trains a network and writes it to a file, with a model card beside it. Ctrl-C stops and saves what there is.

  --out FILE         where to write the network: FILE.safetensors, or FILE.npz for NumPy
  --from FILE        go on from this network's weights
  --data FOLDER      IDX or CSV files to use in place of MNIST
  --title TEXT       a name for the network
  --note TEXT        a last paragraph for its card
  --storage NAME     float32 or float16
  --kernels NAME     fast, or reference: the plain loops, slower, the same bits on every machine

Options of the training, with their defaults:
${describeFlags()}`;

/** How long one call of the trainer works before the bar moves and Ctrl-C is heard. */
const BUDGET = { milliseconds: 200 };

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(USAGE);
  const { own, setup, files } = readOptions(args, OWN_FLAGS);
  if (!own['out'] || files.length > 0) throw new UsageError(`--out is missing.\n\n${USAGE}`);
  const storage = own['storage'] ?? 'float32';
  if (storage !== 'float32' && storage !== 'float16')
    throw new UsageError(`--storage is float32 or float16, not ${storage}`);

  const data = await (own['data'] ? loadFolder(own['data']) : loadMnist());
  const kernels = await chosenKernels(own['kernels'] ?? 'fast');
  const from = own['from'] ? openNetwork(await readFile(own['from'])) : undefined;
  const trainer = new Trainer(setup, data.train, {
    kernels,
    ...(from && { from: { model: from.model, epochs: 0 } }),
  });
  const seconds = await run(trainer);

  const metadata = {
    loss: setup.loss,
    ...(own['title'] && { title: own['title'] }),
    training: formatSetup(setup) as Record<string, string>,
    data: own['data'] ?? 'MNIST, 60,000 training images',
    epochs: trainer.history.length,
  };
  await save(own['out'], { model: trainer.network.toModel(), metadata }, storage, data, kernels, {
    args,
    seconds,
    note: own['note'],
  });
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
  { train, test }: TrainAndTest,
  kernels: Kernels,
  { args, seconds, note }: { args: readonly string[]; seconds: number; note: string | undefined },
): Promise<void> {
  const network = networkOf(openNetwork(writeSafetensors(file, storage)), kernels);
  const onTest = network.evaluate(test);
  const onTrain = network.evaluate(train);
  const metrics = {
    testAccuracy: onTest.accuracy,
    testLoss: onTest.loss,
    trainAccuracy: onTrain.accuracy,
    trainLoss: onTrain.loss,
    penAccuracy: network.evaluate(unseenPenDigits()).accuracy,
    seconds: Math.round(seconds),
  };
  const metadata: NetworkMetadata = { ...file.metadata, metrics };
  const finished = { model: file.model, metadata };
  const bytes = path.endsWith('.npz') ? writeNpz(finished) : writeSafetensors(finished, storage);
  await writeFile(path, bytes);
  const card = path.replace(/\.(safetensors|npz)$/, '.md');
  if (card !== path)
    await writeFile(card, modelCard(finished, args, bytes.length, storage, kernels.name, note));
  console.log(
    `${path}: ${bytes.length} bytes; test ${percent(onTest.accuracy)}, train ${percent(onTrain.accuracy)}, pen ${percent(metrics.penAccuracy)}`,
  );
}

async function chosenKernels(name: string): Promise<Kernels> {
  if (name === 'fast') return nodeKernels();
  if (name === 'reference') return referenceKernels();
  throw new UsageError(`--kernels is fast or reference, not ${name}`);
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
