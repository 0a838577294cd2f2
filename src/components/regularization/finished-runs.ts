import { computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import { inkedPixels, pixelStatistics } from '../../lib/data/statistics.ts';
import type { Review } from '../../lib/training/review.ts';
import type { Setup } from '../../lib/training/setup.ts';
import type { FinishedRun } from '../../lib/training/trials.ts';
import { createGenerations } from '../../state/remote/generations.ts';
import type { Remote } from '../../state/remote/worker-client.ts';
import { pageReviews } from '../../state/run/review.ts';
import { loadDataset } from '../../state/site/datasets.ts';

/** Share of the wait that fetching the images is taken for. */
const FETCHING = 0.1;

/** Where the images come from, and who trains. */
export interface RunsWorld {
  /** What is learnt from. */
  readonly images: () => Promise<Dataset>;
  /** A worker that has these, and the test images. @param said hears which share of them is fetched */
  readonly review: (said: (share: number) => void) => Promise<Pick<Remote<Review>, 'run'>>;
  readonly failure: (error: unknown) => string;
}

const page: RunsWorld = {
  images: () => loadDataset('sample-train'),
  async review(said) {
    await pageReviews.of('sample-train');
    return pageReviews.of('test', { onProgress: said });
  },
  failure: pageReviews.failure,
};

export type FinishedRuns = ReturnType<typeof createFinishedRuns>;

/** Small networks that learn the sample's thousand images in the page's worker, one after the other, each to its end. */
export function createFinishedRuns(setups: readonly Setup[], world: RunsWorld = page) {
  const runs = signal<readonly FinishedRun[]>([]);
  /** (784): whether a pixel has ink in any of the training images. */
  const inked = signal<readonly boolean[]>([]);
  const share = signal<number | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const generations = createGenerations();

  return {
    setups,
    /** In the order of the set-ups, as far as they are done. */
    runs: computed(() => runs.value),
    isDone: computed(() => runs.value.length === setups.length),
    inked: computed(() => inked.value),
    /** How much is done, from 0 to 1, while it is under way. */
    share: computed(() => share.value),
    failure: computed(() => failure.value),
    async begin(): Promise<void> {
      const isOurs = generations.begin();
      [runs.value, failure.value, share.value] = [[], undefined, 0];
      try {
        const images = await world.images();
        const review = await world.review((fetched) => {
          if (isOurs()) share.value = FETCHING * fetched;
        });
        if (!isOurs()) return;
        inked.value = inkedPixels(pixelStatistics(images));
        for (const setup of setups) {
          const run = await review.run({ setup, train: images.name, test: 'test' });
          if (!isOurs()) return;
          runs.value = [...runs.peek(), run];
          share.value = FETCHING + (1 - FETCHING) * (runs.peek().length / setups.length);
        }
      } catch (error) {
        const said = world.failure(error);
        if (isOurs()) failure.value = `The networks could not be trained: ${said}`;
      } finally {
        if (isOurs()) share.value = undefined;
      }
    },
    /** Lets go of them where they are. */
    stop(): void {
      generations.begin();
      share.value = undefined;
    },
  };
}
