import { type Dataset, createDataset, subset } from '../data/dataset.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';
import { type KernelBytes, chooseKernels } from '../nn/kernels/wasm.ts';
import type { Setup } from './setup.ts';
import { Trainer } from './trainer.ts';

/** Which training is to be measured, computed by whom, and for how long. */
export interface SpeedQuestion {
  readonly setup: Setup;
  readonly dataset: Dataset;
  /** Nothing for the plain loops of the reference. */
  readonly kernels: KernelBytes | undefined;
  readonly milliseconds: number;
}

/** What was measured, and by whom it was computed. */
export interface MeasuredSpeed {
  readonly kernels: string;
  readonly imagesPerSecond: number;
}

/** Images enough for a batch of any usual size; more would take longer to prepare than to learn from. */
const IMAGES = 10_000;

/** How fast this machine trains: what a worker offers, alone with its processor. */
export class Speed {
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  measure({ setup, dataset, kernels, milliseconds }: SpeedQuestion): MeasuredSpeed {
    const chosen = kernels ? chooseKernels(kernels) : referenceKernels();
    const some = subset(
      dataset,
      Array.from({ length: Math.min(IMAGES, dataset.count) }, (_, row) => row),
    );
    const plain = { ...setup, validation: 0, patience: 0, examples: 0, penDigits: 0, epochs: 100_000 };
    const trainer = new Trainer(plain, createDataset(some.name, some.values, some.labels), {
      kernels: chosen,
      now: this.#now,
    });
    // The first steps are spent on compiling.
    trainer.advance({ milliseconds: milliseconds / 4 });
    let images = 0;
    const started = this.#now();
    while (this.#now() - started < milliseconds) {
      const progress = trainer.advance({ milliseconds: milliseconds / 10 });
      images += progress.images;
      if (progress.finished) break;
    }
    return { kernels: chosen.name, imagesPerSecond: (1000 * images) / (this.#now() - started) };
  }
}
