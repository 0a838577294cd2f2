import { type Dataset, subset } from '../data/dataset.ts';
import { stratifiedSplit } from '../data/splits.ts';
import { type KernelBytes, chooseKernels } from '../nn/kernels/wasm.ts';
import type { Evaluation } from '../nn/network.ts';
import { Random } from '../nn/random.ts';
import { HandedDatasets } from './handed-datasets.ts';
import type { Setup } from './setup.ts';
import { type Progress, Trainer } from './trainer.ts';

export interface RaceOpening {
  /** One runner each. Their own validation images are not used: all have the same. */
  readonly setups: readonly Setup[];
  /** The name of the data set that was given. */
  readonly dataset: string;
  /** Images that nobody learns from, and all are measured by. */
  readonly heldBack: number;
  readonly seed: number;
  readonly kernels: KernelBytes;
}

/** How far one runner has come, and what it did since it was last asked. */
export interface RunnerReport {
  readonly epoch: number;
  readonly images: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly finished: Progress['finished'];
  /** On the images held back, at the end of an epoch. */
  readonly evaluation: Evaluation | undefined;
}

/** Images between two looks at who is behind. */
const TURN = 1024;

/** Several runs side by side, each given its turn when it is the one that has seen the fewest images. */
export class Race {
  readonly #now: () => number;
  readonly #datasets = new HandedDatasets();
  #runners: Trainer[] = [];
  #last: Progress[] = [];
  #heldBack: Dataset | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Hands over what to learn from, part by part. */
  give(part: Dataset): void {
    this.#datasets.give(part);
  }

  /** @returns the images that each runner learns from in an epoch */
  open({ setups, dataset: name, heldBack, seed, kernels }: RaceOpening): number {
    const dataset = this.#datasets.whole(name);
    const chosen = chooseKernels(kernels);
    const { picked, rest } = stratifiedSplit(dataset, heldBack, new Random(seed));
    const training = subset(dataset, rest);
    this.#heldBack = subset(dataset, picked, `${dataset.name}, held back`);
    this.#runners = setups.map(
      (setup) =>
        new Trainer({ ...setup, validation: 0, patience: 0 }, training, { kernels: chosen, now: this.#now }),
    );
    this.#last = this.#runners.map((runner) => runner.advance({ batches: 0 }));
    return training.count;
  }

  /** Goes on for about so long; one report for each runner. */
  advance({ milliseconds }: { readonly milliseconds: number }): RunnerReport[] {
    const until = this.#now() + milliseconds;
    const sums = this.#runners.map(() => ({ images: 0, loss: 0, right: 0 }));
    const ended = new Set<number>();
    do {
      const next = this.#behind();
      if (next === undefined) break;
      const runner = this.#runners[next]!;
      const progress = runner.advance({ batches: Math.ceil(TURN / runner.setup.batchSize) });
      this.#last[next] = progress;
      const sum = sums[next]!;
      sum.images += progress.images;
      sum.loss += progress.loss * progress.images;
      sum.right += progress.accuracy * progress.images;
      if (progress.ended) ended.add(next);
    } while (this.#now() < until);
    return this.#runners.map((runner, n) => {
      const { epoch, batch, batchesPerEpoch, finished } = this.#last[n]!;
      const { images, loss, right } = sums[n]!;
      return {
        epoch: epoch + batch / batchesPerEpoch,
        images,
        loss: loss / images,
        accuracy: right / images,
        finished,
        evaluation: ended.has(n) ? runner.network.evaluate(this.#heldBack!) : undefined,
      };
    });
  }

  /** The runner that has seen the fewest images, of those that are not done. */
  #behind(): number | undefined {
    let [found, fewest] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    this.#last.forEach(({ finished, imagesInAll }, n) => {
      if (!finished && imagesInAll < fewest) [found, fewest] = [n, imagesInAll];
    });
    return found;
  }
}
