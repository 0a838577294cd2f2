import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openNetwork } from '../src/lib/models/open-network.ts';
import { nodeKernels } from './kernels.ts';
import { loadCsvFile, loadFolder, loadMnist } from './mnist.ts';
import { describeEvaluation, networkOf, percent, unseenPenDigits } from './report.ts';

const USAGE = `npm run evaluate -- FILE [--data FOLDER|FILE.csv]

Reads images with a network: accuracy, loss, precision and recall of each digit, and the confusion matrix; on MNIST's test
images, or on the test images of a folder (IDX or CSV), or on a CSV file.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { data: { type: 'string' } },
    allowPositionals: true,
  });
  const [path] = positionals;
  if (positionals.length !== 1 || !path) throw new Error(USAGE);
  const bytes = await readFile(path).catch(() => {
    throw new Error(`${path} cannot be read`);
  });
  const file = openNetwork(bytes);
  const network = networkOf(file, await nodeKernels());
  const data = values.data;
  const isCsv = data?.toLowerCase().endsWith('.csv') ?? false;
  const images =
    data && isCsv ? await loadCsvFile(data) : (await (data ? loadFolder(data) : loadMnist())).test;

  const sizes = [network.inputs, ...network.layers.map(({ units }) => units)].join('-');
  const evaluation = network.evaluate(images);
  console.log(`${path}: ${sizes}, ${file.metadata.title ?? 'without a title'}`);
  console.log(
    `${images.name}, ${evaluation.count} images: accuracy ${percent(evaluation.accuracy)}, loss ${evaluation.loss.toFixed(4)}\n`,
  );
  console.log(describeEvaluation(evaluation, network.classes));
  if (network.inputs === images.width && network.classes === 10) {
    const pen = unseenPenDigits();
    console.log(`\nGenerated pen digits, ${pen.count}: accuracy ${percent(network.evaluate(pen).accuracy)}`);
  }
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
