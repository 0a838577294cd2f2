import { type Dataset, imageOf, subset } from '../data/dataset.ts';
import { stratifiedSplit } from '../data/splits.ts';
import { type KernelBytes, chooseKernels } from '../nn/kernels/wasm.ts';
import type { Kernels } from '../nn/kernels/kernels.ts';
import { predictedClass } from '../nn/losses.ts';
import { Random } from '../nn/random.ts';
import { HandedDatasets } from './handed-datasets.ts';
import { type Setup, architectureOf } from './setup.ts';
import { type Progress, Trainer } from './trainer.ts';

/** A run that is looked at as it goes, on what it learns from and on test images. */
export interface ExaminedSetup {
  readonly setup: Setup;
  /** So many of the training images, drawn by the set-up's seed, each digit in its share: what all its options are about. */
  readonly images: number;
  /** After which epochs it is looked at, in rising order, 0 for before the first; at its end it always is. */
  readonly looks: readonly number[];
}

/** A look at the network of a run: nothing is dropped, and no image distorted. */
export interface Examined {
  readonly epoch: number;
  /** Share of the images it learns from that it reads as their labels say. */
  readonly training: number;
  /** Of those whose label is right, and of those whose label is wrong, the same; NaN where there are none. */
  readonly rightLabels: number;
  readonly wrongLabels: number;
  /** Share of the test images read right. */
  readonly test: number;
  /** √Σw² over all weights. */
  readonly weightNorm: number;
}

/** An image that was given a wrong label. */
export interface WrongLabel {
  /** (784) bytes */
  readonly image: Uint8Array;
  readonly truth: number;
  readonly label: number;
  /** The first look from which on it was always read as its label says; nothing where it was not at the end. */
  readonly learntAt: number | undefined;
}

/** How an examined run ended. */
export interface RunEnd {
  readonly finished: NonNullable<Progress['finished']>;
  /** The network that the run ends with, and the epoch that made it: an earlier one where that was the best. */
  readonly last: Examined;
  readonly wrong: readonly WrongLabel[];
}

/** What has been seen of a run since the last report. */
export interface ExaminedReport {
  /** Epochs done, with a fraction. */
  readonly epoch: number;
  /** Taken since the last report. */
  readonly looks: readonly Examined[];
  readonly end: RunEnd | undefined;
}

/** One run of training that is looked at as it goes. */
export class ExaminedRun {
  readonly #trainer: Trainer;
  readonly #test: Dataset;
  readonly #looks: ReadonlySet<number>;
  /** Of each training image: the first look from which on it was always read as its label says; −1 where the last said no. */
  readonly #since: Int32Array;
  #begun = false;
  #end: RunEnd | undefined;

  constructor(
    { setup, images, looks }: ExaminedSetup,
    data: { readonly train: Dataset; readonly test: Dataset; readonly kernels: Kernels },
    now?: () => number,
  ) {
    const { picked } = stratifiedSplit(data.train, images, new Random(setup.seed));
    const drawn = images === data.train.count ? data.train : subset(data.train, picked);
    this.#trainer = new Trainer(setup, drawn, { kernels: data.kernels, ...(now && { now }) });
    this.#test = data.test;
    this.#looks = new Set(looks);
    this.#since = new Int32Array(this.#trainer.training.count).fill(-1);
  }

  /** Goes on for about so long; the end of an epoch ends a call. */
  advance(milliseconds: number): ExaminedReport {
    const looks: Examined[] = [];
    if (!this.#begun && this.#looks.has(0)) looks.push(this.#look(0));
    this.#begun = true;
    const { epoch, batch, batchesPerEpoch, ended, finished } = this.#trainer.advance({ milliseconds });
    if (ended && (finished || this.#looks.has(epoch)))
      looks.push(this.#look(finished ? this.#kept(epoch) : epoch));
    if (finished) this.#end ??= { finished, last: looks.at(-1) ?? this.#look(epoch), wrong: this.#wrong() };
    return { epoch: epoch + batch / batchesPerEpoch, looks, end: this.#end };
  }

  /** The epoch whose weights are in place at the end. */
  #kept(epoch: number): number {
    const { setup, history } = this.#trainer;
    if (setup.patience === 0) return epoch;
    return history.reduce((best, each) => (each.validation!.loss < best.validation!.loss ? each : best))
      .epoch;
  }

  #look(epoch: number): Examined {
    const { network, training, truth } = this.#trainer;
    const outputs = network.predict(training);
    const [right, wrong] = [
      { count: 0, learnt: 0 },
      { count: 0, learnt: 0 },
    ];
    training.labels.forEach((label, row) => {
      const group = label === truth[row] ? right : wrong;
      group.count++;
      if (predictedClass(outputs, network.classes, row) !== label) {
        this.#since[row] = -1;
        return;
      }
      group.learnt++;
      if (this.#since[row] < 0) this.#since[row] = epoch;
    });
    let squares = 0;
    for (const layer of network.layers) squares += layer.weightSums().squares;
    return {
      epoch,
      training: (right.learnt + wrong.learnt) / training.count,
      rightLabels: right.learnt / right.count,
      wrongLabels: wrong.learnt / wrong.count,
      test: network.evaluate(this.#test).accuracy,
      weightNorm: Math.sqrt(squares),
    };
  }

  /** Those with a wrong label, in the order in which they were learnt; those that were not come last. */
  #wrong(): WrongLabel[] {
    const { training, truth } = this.#trainer;
    const found: WrongLabel[] = [];
    training.labels.forEach((label, row) => {
      if (label === truth[row]) return;
      const since = this.#since[row];
      const learntAt = since < 0 ? undefined : since;
      found.push({ image: imageOf(training, row).slice(), truth: truth[row], label, learntAt });
    });
    return found.sort((a, b) => (a.learntAt ?? Infinity) - (b.learntAt ?? Infinity) || 0);
  }
}

/** Runs one after the other: what a worker offers to its page. To begin another is to let go of the one before. */
export class ExaminedRuns {
  readonly #now: (() => number) | undefined;
  readonly #datasets = new HandedDatasets();
  #kernels: Kernels | undefined;
  #run: ExaminedRun | undefined;

  constructor(now?: () => number) {
    this.#now = now;
  }

  /** Hands over a data set, part by part: one named `train`, one named `test`. */
  give(part: Dataset): void {
    this.#datasets.give(part);
  }

  open(kernels: KernelBytes): void {
    this.#kernels = chooseKernels(kernels);
  }

  begin(asked: ExaminedSetup): void {
    if (!this.#kernels) throw new Error('no kernels were opened');
    const [train, test] = [this.#datasets.whole('train'), this.#datasets.whole('test')];
    this.#run = new ExaminedRun(asked, { train, test, kernels: this.#kernels }, this.#now);
  }

  advance({ milliseconds }: { readonly milliseconds: number }): ExaminedReport {
    if (!this.#run) throw new Error('no run was begun');
    return this.#run.advance(milliseconds);
  }
}

/** What a run costs, in multiplications: for saying how far several runs are. */
export function effortOf({ setup, images, looks }: ExaminedSetup, testImages: number): number {
  const { inputs, layers } = architectureOf(setup);
  // Of 784 pixels some 150 have ink; to learn from an image costs about three times as much as to read it.
  let weights = 0;
  layers.forEach(({ units }, l) => {
    weights += units * (l === 0 ? inputs / 5 : layers[l - 1].units);
  });
  const distorting = setup.augmentation > 0 ? DISTORTING : 0;
  return (
    images * setup.epochs * (3 * weights + distorting) + (looks.length + 1) * (images + testImages) * weights
  );
}

/** What the distortion of an image costs, as measured beside the multiplications of a network. */
const DISTORTING = 1_500_000;
