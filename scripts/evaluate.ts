import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Dataset } from '../src/lib/data/dataset.ts';
import { openNetwork } from '../src/lib/models/open-network.ts';
import { READING_FLAGS, READING_USAGE, loadCsvFile, loadFolder, readingOptions } from './network/folder.ts';
import { nodeKernels } from './network/kernels.ts';
import { loadMnist } from './network/mnist.ts';
import { PEN_DIGITS, activationChoice, readCount } from './network/options.ts';
import {
  describeEvaluation,
  describeWriters,
  networkOf,
  percent,
  unseenPenDigits,
} from './network/report.ts';
import { explain, readWhole } from './network/system-errors.ts';

const USAGE = `npm run evaluate -- FILE [--data FOLDER|FILE.csv] [options]

Reads images with a network: accuracy, loss, precision and recall of each digit, and the confusion matrix; on MNIST's test
images, or on the test images of a folder (IDX or CSV), or on a CSV file.

  --activation NAMES of the hidden layers, where the file does not say: one, or one each
  --output NAME      of the last layer, where the file does not say
  --pen COUNT        how many generated pen digits to read too, in place of ${PEN_DIGITS}
  --writers COUNT    read the digits of so many generated writers too: for each way of writing, in several sizes and lines
${READING_USAGE}`;

type Texts = Readonly<Record<string, string | undefined>>;

/** What is to be read, and what was chosen where the files left it open. */
async function imagesOf(texts: Texts): Promise<{ images: Dataset; notes: readonly string[] }> {
  const path = texts['data'];
  if (path === undefined) return { images: (await loadMnist()).test, notes: [] };
  const options = readingOptions(texts);
  const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? /\.[ct]sv$/i.test(path);
  if (isFile) return { images: await loadCsvFile(path, options), notes: [] };
  const { test, notes } = await loadFolder(path, options);
  return { images: test, notes };
}

async function main(): Promise<void> {
  const flags = ['data', 'activation', 'output', 'pen', 'writers', ...READING_FLAGS];
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }]));
  const parsed = parseArgs({ options, allowPositionals: true });
  const texts: Texts = parsed.values;
  const [path] = parsed.positionals;
  if (parsed.positionals.length !== 1 || !path) throw new Error(USAGE);
  const bytes = await readWhole(path).catch((error: Error) => {
    throw new Error(`${path} cannot be read: ${error.message}`);
  });
  const file = openNetwork(bytes, activationChoice(texts));
  const network = networkOf(file, await nodeKernels());
  const { images, notes } = await imagesOf(texts);
  for (const note of [...(file.assumptions ?? []).map(({ text }) => text), ...notes]) console.error(note);

  const sizes = [network.inputs, ...network.layers.map(({ units }) => units)].join('-');
  const evaluation = network.evaluate(images);
  console.log(`${path}: ${sizes}, ${file.metadata.title ?? 'without a title'}`);
  console.log(
    `${images.name}, ${evaluation.count} images: accuracy ${percent(evaluation.accuracy)}, loss ${evaluation.loss.toFixed(4)}\n`,
  );
  console.log(describeEvaluation(evaluation, network.classes));
  if (network.inputs === images.width && network.classes === 10) {
    const pen = unseenPenDigits(readCount('pen', texts['pen'] ?? PEN_DIGITS));
    console.log(`\nGenerated pen digits, ${pen.count}: accuracy ${percent(network.evaluate(pen).accuracy)}`);
    if (texts['writers'])
      console.log(`\n${describeWriters(network, readCount('writers', texts['writers']))}`);
  }
}

await main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
