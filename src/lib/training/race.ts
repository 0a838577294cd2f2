import { type Dataset, subset } from '../data/dataset.ts';
import { stratifiedSplit } from '../data/splits.ts';
import { type KernelBytes, chooseKernels } from '../nn/kernels/wasm.ts';
import type { Evaluation } from '../nn/network.ts';
import { Random } from '../nn/random.ts';
import { HandedDatasets } from './handed-datasets.ts';
import type { Setup } from './setup.ts';
import { type Progress, Trainer } from './trainer.ts';
import { TURN, type Turn, furthestBehind } from './turns.ts';

/** Who runs against whom, and on what. */
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

/** What one runner did since it was last asked. */
export interface RunnerReport {
  readonly turns: readonly Turn[];
  readonly finished: Progress['finished'];
  /** On the images held back, at the end of an epoch. */
  readonly evaluation: Evaluation | undefined;
}

/**
 * Several runs side by side, each given its turn when it is the one that has seen the fewest images. What a run does
 * depends neither on the others nor on the clock, so that they may be shared out among several races.
 */
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

  /** Goes on for about so long, in whole turns; one report for each runner. */
  advance({ milliseconds }: { readonly milliseconds: number }): RunnerReport[] {
    const until = this.#now() + milliseconds;
    const turns = this.#runners.map((): Turn[] => []);
    const evaluations = this.#runners.map((): Evaluation | undefined => undefined);
    do {
      const next = furthestBehind(
        this.#last.map(({ finished, imagesInAll }) => (finished ? undefined : imagesInAll)),
      );
      if (next === undefined) break;
      const runner = this.#runners[next];
      const progress = runner.advance({ batches: Math.ceil(TURN / runner.setup.batchSize) });
      const { epoch, batch, batchesPerEpoch, images, loss, accuracy } = progress;
      this.#last[next] = progress;
      turns[next].push({ epoch: epoch + batch / batchesPerEpoch, images, loss, accuracy });
      if (progress.ended) evaluations[next] = runner.network.evaluate(this.#heldBack!);
    } while (this.#now() < until);
    return turns.map((taken, n) => ({
      turns: taken,
      finished: this.#last[n].finished,
      evaluation: evaluations[n],
    }));
  }
}
