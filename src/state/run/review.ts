import type { Dataset } from '../../lib/data/dataset.ts';
import type { KernelBytes } from '../../lib/nn/kernels/wasm.ts';
import type { Review } from '../../lib/training/review.ts';
import { handDataset } from '../remote/hand-dataset.ts';
import { type Loading, createSession } from '../remote/session.ts';
import { type Remote, WorkerDied, connect } from '../remote/worker-client.ts';
import { type DatasetName, datasetFor } from '../site/datasets.ts';
import { kernelBytes } from '../site/kernels.ts';

const SILENCE = 60_000;

export interface ReviewWorld {
  readonly start: () => Remote<Review>;
  readonly load: (name: DatasetName, loading: Partial<Loading>) => Promise<Dataset>;
  readonly kernels: () => Promise<KernelBytes>;
}

const page: ReviewWorld = {
  start: () =>
    connect<Review>(
      new Worker(new URL('../../workers/reviewer.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  load: (name, loading) => datasetFor(name)(loading),
  kernels: kernelBytes,
};

export type Reviews = ReturnType<typeof createReviews>;

/** The one worker of a page that looks at networks over whole data sets, for all figures that want that. */
export function createReviews(world: ReviewWorld = page) {
  const session = createSession({
    load: world.kernels,
    start: world.start,
    async prepare(review, kernels) {
      await review.open(kernels);
      return { review, given: new Map<DatasetName, Promise<void>>() };
    },
  });
  let buried: WorkerDied | undefined;

  return {
    /**
     * The worker, with a data set handed over to it, once for all who ask.
     *
     * @param loading hears of the download of the data, and can give it up for this caller
     * @throws Error that says why the data could not be had; a later call tries again
     */
    async of(name: DatasetName, loading: Partial<Loading> = {}): Promise<Remote<Review>> {
      const { review, given } = await session.open();
      const dataset = await world.load(name, loading);
      let giving = given.get(name);
      if (!giving) {
        const isOurs = session.hold();
        giving = handDataset(review, dataset);
        given.set(name, giving);
        // The parts that have arrived cannot be taken back: the next call starts another worker.
        giving.catch(() => {
          if (isOurs()) session.letGo();
        });
      }
      await giving;
      return review;
    },
    /** What a call to it said when it failed; a dead worker is let go of, so that the next call starts another. */
    failure(error: unknown): string {
      // Every figure that waits for the worker hears of its death: the second is not to end the worker that came after.
      if (error instanceof WorkerDied && error !== buried) {
        buried = error;
        session.letGo();
      }
      return (error as Error).message;
    },
  };
}

/** The one that all figures of a page share. */
export const pageReviews = createReviews();
