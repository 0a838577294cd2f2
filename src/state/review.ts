import type { Review } from '../lib/training/review.ts';
import { type DatasetName, loadDataset } from './datasets.ts';
import { handDataset } from './hand-dataset.ts';
import { kernelBytes } from './kernels.ts';
import { type Remote, WorkerDied, connect } from './worker-client.ts';

const SILENCE = 60_000;

let worker: Promise<Remote<Review>> | undefined;
const given = new Map<DatasetName, Promise<void>>();

/**
 * The worker that looks at networks over whole data sets, with this one handed over to it.
 *
 * @throws Error that says why the data could not be had; a later call tries again
 */
export async function reviewOf(
  name: DatasetName,
  onProgress?: (share: number) => void,
): Promise<Remote<Review>> {
  worker ??= start();
  const review = await worker.catch((error) => {
    forget();
    throw error;
  });
  let giving = given.get(name);
  if (!giving) {
    giving = loadDataset(name, { onProgress: (done, total) => onProgress?.(done / total) }).then((dataset) =>
      handDataset(review, dataset),
    );
    given.set(name, giving);
    giving.catch(() => given.delete(name));
  }
  await giving;
  return review;
}

/** What a call to it said when it failed; a dead worker is forgotten, so that the next call starts another. */
export function reviewFailure(error: unknown): string {
  if (error instanceof WorkerDied) forget();
  return (error as Error).message;
}

function forget(): void {
  worker = undefined;
  given.clear();
}

async function start(): Promise<Remote<Review>> {
  const kernels = await kernelBytes();
  const review = connect<Review>(
    new Worker(new URL('../workers/reviewer.ts', import.meta.url), { type: 'module' }),
    SILENCE,
  );
  await review.open(kernels);
  return review;
}
