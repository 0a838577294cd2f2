import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { csvRows } from '../src/lib/data/csv.ts';
import { type Dataset, subset } from '../src/lib/data/dataset.ts';
import { type Manifest, type ShardEntry, readManifest, writeShard } from '../src/lib/data/shards.ts';
import { stratifiedSplit } from '../src/lib/data/splits.ts';
import { Random } from '../src/lib/nn/random.ts';
import { READING_FLAGS, loadFolder, readingOptions } from './network/folder.ts';
import { type TrainAndTest, loadMnist } from './network/mnist.ts';
import { ProgressBar } from './network/progress-bar.ts';
import { explain } from './network/system-errors.ts';

/** Where the site finds its data. */
const FOLDER = fileURLToPath(new URL('../public/data/', import.meta.url));
const MANIFEST = join(FOLDER, 'manifest.json');

const SHARD_SIZE = 10_000;
/** Images of the sample that the first chapters start with; together under 300 KB. */
const SAMPLE = { train: 1000, test: 200, seed: 20_26 };

/** Writes the site's shards, unless they are there. */
export async function ensureData(): Promise<void> {
  if (await isWritten()) return;
  await writeShards(await loadMnist());
}

async function isWritten(): Promise<boolean> {
  if (!existsSync(MANIFEST)) return false;
  try {
    const { datasets } = readManifest(JSON.parse(await readFile(MANIFEST, 'utf8')));
    return Object.values(datasets).every((shards) =>
      shards.every(({ file }) => existsSync(join(FOLDER, file))),
    );
  } catch {
    return false;
  }
}

/**
 * The sample (some training and some test images, each digit in its share, apart so that both keep their name), and
 * the whole set in shards. The manifest comes last: where it is, everything is.
 */
async function writeShards({ train, test }: Pick<TrainAndTest, 'train' | 'test'>): Promise<void> {
  const random = new Random(SAMPLE.seed);
  const sampled = (dataset: Dataset, size: number) =>
    subset(dataset, stratifiedSplit(dataset, Math.min(size, dataset.count), random).picked);
  const plan: [string, Dataset][] = [
    ['sample-train', sampled(train, SAMPLE.train)],
    ['sample-test', sampled(test, SAMPLE.test)],
    ['train', train],
    ['test', test],
  ];
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const bar = new ProgressBar(
    'Packing the digits',
    plan.reduce((sum, [, { count }]) => sum + count, 0),
  );
  const datasets: Record<string, ShardEntry[]> = {};
  let [images, bytesInAll] = [0, 0];
  for (const [name, dataset] of plan) {
    datasets[name] = [];
    for (let start = 0, part = 0; start < dataset.count; start += SHARD_SIZE, part++) {
      const end = Math.min(start + SHARD_SIZE, dataset.count);
      const indices = Uint32Array.from({ length: end - start }, (_, i) => start + i);
      const { entry, bytes } = await writeShard(`${name}-${part}`, subset(dataset, indices));
      await writeFile(join(FOLDER, entry.file), bytes);
      datasets[name].push(entry);
      images += entry.count;
      bytesInAll += bytes.length;
      bar.update(images, `${images} images`);
    }
  }
  const manifest: Manifest = { version: 1, datasets };
  await writeFile(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  bar.finish(`Packed ${train.count + test.count} digits into ${(bytesInAll / 1e6).toFixed(1)} MB of shards`);
}

async function writeCsvFiles({ train, test }: TrainAndTest, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, dataset] of [
    ['mnist_train.csv', train],
    ['mnist_test.csv', test],
  ] as const) {
    const bar = new ProgressBar(file, dataset.count);
    const out = createWriteStream(join(folder, file));
    let rows = -1; // the header is none
    for (const line of csvRows(dataset)) {
      if (!out.write(line)) await once(out, 'drain');
      bar.update(++rows);
    }
    out.end();
    await once(out, 'close');
    bar.finish(`Wrote ${join(folder, file)}, ${rows} rows`);
  }
}

async function main(): Promise<void> {
  const flags = ['from', 'csv', ...READING_FLAGS];
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }]));
  const values: Record<string, string | undefined> = parseArgs({ options }).values;
  const { from, csv } = values;
  if (csv !== undefined || from !== undefined) {
    const data = from === undefined ? await loadMnist() : await loadFolder(from, readingOptions(values));
    for (const note of data.notes) console.error(note);
    await (csv === undefined ? writeShards(data) : writeCsvFiles(data, csv));
  } else {
    await ensureData();
    console.log(`The site's data is in ${FOLDER} (${(await readdir(FOLDER)).length} files).`);
  }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
}
