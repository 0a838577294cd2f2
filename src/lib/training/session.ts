import type { Dataset } from '../data/dataset.ts';
import { type KernelBytes, chooseKernels } from '../nn/kernels/wasm.ts';
import { NONE } from '../nn/examples.ts';
import { predictedClass } from '../nn/losses.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type Spread, spreadOf } from '../experiments/spread.ts';
import { HandedDatasets } from './handed-datasets.ts';
import type { Setup } from './setup.ts';
import { type Budget, type Progress, Trainer, type WatchedStep, lengthOf } from './trainer.ts';

/** What a session of training begins with. */
export interface Opening {
  readonly setup: Setup;
  /** The name of the data set that was given. */
  readonly dataset: string;
  /** Weights to go on from, and the epochs that made them. */
  readonly from?: { readonly model: NetworkModel; readonly epochs: number } | undefined;
  readonly kernels: KernelBytes;
}

/** What there is once a session is open. */
export interface Opened {
  /** Images that are learnt from. */
  readonly images: number;
  readonly kernels: string;
  readonly model: NetworkModel;
}

/** What a call to go on brought. */
export interface Advanced {
  readonly progress: Progress;
  /** That the call took, as the trainer saw it; of no meaning for a batch that was watched. */
  readonly milliseconds: number | undefined;
  /** The network, at the end of an epoch. */
  readonly model: NetworkModel | undefined;
}

/** A watched step, with the images that it was made with. */
export interface WatchedImages extends WatchedStep {
  /** (784) bytes each */
  readonly images: readonly Uint8Array[];
}

/** What one layer looks like at the moment. */
export interface LayerLook {
  readonly weights: Spread;
  /** Of the last batch. */
  readonly gradients: Spread;
  readonly gradientNorm: number;
  /** The histograms go from minus this to this. */
  readonly weightRange: number;
  readonly gradientRange: number;
}

/** A digit that was read wrong. */
export interface Misread {
  /** (784) bytes */
  readonly image: Uint8Array;
  readonly label: number;
  readonly read: number;
}

/** A look at a network in training. */
export interface Look {
  readonly layers: readonly LayerLook[];
  readonly model: NetworkModel;
  /** The first of the images held back, or learnt from where none are, that are read wrong. */
  readonly misread: readonly Misread[];
}

const BINS = 40;
/** Misread images shown, and looked for among so many. */
const MISREAD = 24;
const LOOKED_THROUGH = 1000;

/**
 * A run of training behind a few calls: what a worker offers to its page. One run at a time: to open another is to let
 * go of the one before.
 */
export class TrainingSession {
  readonly #now: () => number;
  readonly #datasets = new HandedDatasets();
  #trainer: Trainer | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Hands over what to learn from, part by part. */
  give(part: Dataset): void {
    this.#datasets.give(part);
  }

  open({ setup, dataset, from, kernels }: Opening): Opened {
    const chosen = chooseKernels(kernels);
    const options = { kernels: chosen, now: this.#now, ...(from && { from }) };
    const trainer = new Trainer(setup, this.#datasets.whole(dataset), options);
    this.#trainer = trainer;
    return { images: trainer.training.count, kernels: chosen.name, model: trainer.network.toModel() };
  }

  advance(budget: Budget): Advanced {
    const trainer = this.#opened();
    const started = this.#now();
    const progress = trainer.advance(budget);
    return {
      progress,
      milliseconds: this.#now() - started,
      model: progress.ended && trainer.network.toModel(),
    };
  }

  watchBatch(): WatchedImages & Omit<Advanced, 'milliseconds'> {
    const trainer = this.#opened();
    const step = trainer.watchBatch();
    const model = step.progress.ended && trainer.network.toModel();
    return { ...step, images: this.#images(step.rows), model };
  }

  watchExample(): WatchedImages {
    const step = this.#opened().watchExample();
    return { ...step, images: this.#images(step.rows) };
  }

  look(): Look {
    const { network, training, validation } = this.#opened();
    const layers = network.layers.map((layer): LayerLook => {
      const [weights, gradients] = [layer.read('weights'), layer.read('weightGradient')];
      const [weightRange, gradientRange] = [rangeOf(weights), rangeOf(gradients)];
      return {
        weights: spreadOf(weights, BINS, -weightRange, weightRange),
        gradients: spreadOf(gradients, BINS, -gradientRange, gradientRange),
        gradientNorm: lengthOf(gradients),
        weightRange,
        gradientRange,
      };
    });
    const seen = validation ?? training;
    const rows = Uint32Array.from({ length: Math.min(LOOKED_THROUGH, seen.count) }, (_, row) => row);
    const outputs = network.forward(seen, rows).copy();
    const misread: Misread[] = [];
    for (const row of rows) {
      const read = predictedClass(outputs, network.classes, row);
      if (read === seen.labels[row] || seen.labels[row] === NONE) continue;
      misread.push({ image: imageAt(seen, row), label: seen.labels[row], read });
      if (misread.length === MISREAD) break;
    }
    return { layers, model: network.toModel(), misread };
  }

  #images(rows: readonly number[]): Uint8Array[] {
    const { training } = this.#opened();
    return rows.map((row) => imageAt(training, row));
  }

  #opened(): Trainer {
    if (!this.#trainer) throw new Error('no run was opened');
    return this.#trainer;
  }
}

/** A copy, since what it is part of is not sent along with it. */
function imageAt({ values, width }: Dataset, row: number): Uint8Array {
  return values.slice(row * width, (row + 1) * width);
}

/** The largest size among some numbers; of zeros alone, 1. */
function rangeOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let n = 0; n < values.length; n++) largest = Math.max(largest, Math.abs(values[n]));
  return largest > 0 && Number.isFinite(largest) ? largest : 1;
}
