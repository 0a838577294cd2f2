import type { Dataset } from '../data/dataset.ts';
import { type BatchEvent, type FitEvent, fit } from '../nn/fit.ts';
import type { Real } from '../nn/examples.ts';
import type { Kernels } from '../nn/kernels/kernels.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type Evaluation, Network } from '../nn/network.ts';
import { Optimizer } from '../nn/optimizers.ts';
import { Random } from '../nn/random.ts';
import { type Setup, architectureOf } from './setup.ts';
import { batchSizeFor, prepareTraining } from './training-data.ts';

/** How much work one call does: so many batches, or about so long. Whole epochs end a call too. */
export type Budget = { readonly batches: number } | { readonly milliseconds: number };

/** What is kept of an epoch. */
export interface EpochRecord {
  /** Epochs done: 1 after the first. */
  readonly epoch: number;
  /** Mean loss and share read right over the epoch's batches, while the weights were changing. */
  readonly loss: number;
  readonly accuracy: number;
  /** On the examples held back, where there are any. */
  readonly validation: Evaluation | undefined;
}

/** One batch, or one example, looked at closely: before the step and after it. */
export interface WatchedStep {
  /** Which of the training images. */
  readonly rows: readonly number[];
  readonly labels: readonly number[];
  /** The mean loss of just these images, before the step and after. */
  readonly before: number;
  readonly after: number;
  /** Of this step: a schedule makes it another than the set-up's. */
  readonly learningRate: number;
  /** Of the step: the length of each layer's gradient of weights, first layer first. */
  readonly gradientNorms: readonly number[];
  /** (units × inputs) of the first layer: the batch's mean gradient. */
  readonly gradient: Real;
}

/** Where a run is. */
export interface Progress {
  /** Epochs done, and batches done within the next. */
  readonly epoch: number;
  readonly batch: number;
  readonly batchesPerEpoch: number;
  /** Images seen by this call, and in the whole run. */
  readonly images: number;
  readonly imagesInAll: number;
  /** Mean over this call's batches; NaN where it did none. */
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  /** The epoch that ended with this call. */
  readonly ended: EpochRecord | undefined;
  /** Why there is no more to do; the best weights are in place again after early stopping. */
  readonly finished: 'epochs' | 'early-stopping' | 'diverged' | undefined;
}

/**
 * One run of training, done in pieces as the caller asks for them: `advance`, look, `advance` again. To pause is not
 * to ask again. The same in a worker, on the command line and in tests.
 *
 * @throws RangeError where the set-up and the data do not go together, naming the option
 */
export class Trainer {
  readonly setup: Setup;
  readonly network: Network;
  readonly history: EpochRecord[] = [];

  /** What is learnt from, after the set-up's splits and additions. */
  readonly training: Dataset;
  /** (training images): what they are, whatever their labels say. */
  readonly truth: Uint8Array;
  readonly validation: Dataset | undefined;
  /** Images a step looks at: fewer than the set-up says where there are fewer. */
  readonly batchSize: number;

  readonly #events: Generator<FitEvent, void>;
  readonly #count: number;
  readonly #exampleRandom: Random;
  readonly #now: () => number;
  #finished: Progress['finished'];
  #epoch: number;
  #batch = 0;
  #learningRate: number;

  /**
   * @param dataset what to learn from; the set-up says how much of it is held back, added to or distorted
   * @param options.from weights to go on from, instead of fresh ones, and how many epochs made them
   * @param options.now a clock in milliseconds, for budgets of time
   */
  constructor(
    setup: Setup,
    dataset: Dataset,
    options: {
      readonly kernels?: Kernels;
      readonly from?: { readonly model: NetworkModel; readonly epochs: number };
      readonly now?: () => number;
    } = {},
  ) {
    const { kernels, from, now = () => performance.now() } = options;
    const networkOptions = {
      loss: setup.loss,
      penalty: { l2: setup.l2, l1: setup.l1, batchSize: setup.batchSize },
      dropout: setup.dropout,
      labelSmoothing: setup.labelSmoothing,
      ...(kernels && { kernels }),
    };
    const random = new Random(setup.seed);
    const [weightsRandom, dataRandom] = [random.fork(), random.fork()];
    const data = prepareTraining(setup, dataset, dataRandom);
    this.setup = setup;
    this.network = from
      ? Network.fromModel(from.model, networkOptions)
      : Network.initialize(architectureOf(setup), setup.initializer, weightsRandom, networkOptions);
    this.training = data.training;
    this.truth = data.truth;
    this.validation = data.validation;
    this.#count = data.training.count;
    this.batchSize = batchSizeFor(setup, this.#count);
    this.#exampleRandom = dataRandom.fork();
    this.#now = now;
    this.#learningRate = setup.learningRate;
    this.#events = fit(this.network, data.training, {
      epochs: setup.epochs,
      batchSize: this.batchSize,
      learningRate: setup.learningRate,
      optimizer: setup,
      schedule: setup,
      seed: setup.seed,
      ...(data.validation && { validation: data.validation }),
      ...(setup.patience > 0 && { patience: setup.patience }),
      ...(setup.averaging > 0 && { averaging: setup.averaging }),
      ...(data.augment && { augment: data.augment }),
      resume: { epochsDone: from?.epochs ?? 0 },
    });
    this.#epoch = from?.epochs ?? 0;
    if (this.#epoch >= setup.epochs) this.#finished = 'epochs';
  }

  /** Does some batches, and says what they came to. An epoch's end ends the call, whatever is left of the budget. */
  advance(budget: Budget, onBatch?: (event: BatchEvent) => void): Progress {
    const started = this.#now();
    const within = (batches: number) =>
      'batches' in budget
        ? batches < budget.batches
        : batches === 0 || this.#now() - started < budget.milliseconds;
    let [batches, images, lossSum, right] = [0, 0, 0, 0];
    let ended: EpochRecord | undefined;

    while (!this.#finished && !ended && within(batches)) {
      const event = this.#nextBatch();
      onBatch?.(event);
      batches++;
      images += event.rows.length;
      lossSum += event.loss * event.rows.length;
      right += event.accuracy * event.rows.length;
      if (event.batch + 1 === event.batches) ended = this.#endEpoch();
      if (!Number.isFinite(event.loss)) this.#finished = 'diverged';
    }
    return {
      epoch: this.#epoch,
      batch: this.#batch,
      batchesPerEpoch: Math.ceil(this.#count / this.batchSize),
      images,
      imagesInAll: this.#epoch * this.#count + Math.min(this.#batch * this.batchSize, this.#count),
      loss: lossSum / images,
      accuracy: right / images,
      learningRate: this.#learningRate,
      ended,
      finished: this.#finished,
    };
  }

  /**
   * The next batch, with what it did. An epoch's end is left to the next call of `advance`.
   *
   * @throws RangeError when the run is over
   */
  watchBatch(): WatchedStep & { readonly progress: Progress } {
    if (this.#finished) throw new RangeError('the run is over: there is no next batch');
    // The batch is to be seen as the network met it: distortion and dropout included.
    let rows: readonly number[] = [];
    let before = Number.NaN;
    const progress = this.advance({ batches: 1 }, (event) => {
      rows = Array.from(event.rows);
      before = event.loss;
    });
    return { ...this.#watched(rows, before), progress };
  }

  /**
   * One step of plain gradient descent on a single training image, drawn at random: beside the batches of the epoch,
   * which go on where they were.
   */
  watchExample(): WatchedStep {
    const row = this.#exampleRandom.below(this.training.count);
    const { loss } = this.network.forwardWithLoss(this.training, Uint32Array.of(row));
    this.network.backward();
    this.network.update(new Optimizer({ optimizer: 'sgd' }).next(this.#learningRate));
    return this.#watched([row], loss);
  }

  #watched(rows: readonly number[], before: number): WatchedStep {
    const gradients = this.network.layers.map((layer) => layer.read('weightGradient'));
    const after = this.network.forwardWithLoss(this.training, Uint32Array.from(rows)).loss;
    return {
      rows,
      labels: rows.map((row) => this.training.labels[row]),
      before,
      after,
      learningRate: this.#learningRate,
      gradientNorms: gradients.map(lengthOf),
      gradient: gradients[0],
    };
  }

  #nextBatch(): BatchEvent {
    const event = this.#events.next().value;
    if (event?.kind !== 'batch')
      throw new Error('fit has no more batches, yet it did not say that it was finished');
    this.#batch = event.batch + 1;
    this.#learningRate = event.learningRate;
    return event;
  }

  /** After the last batch of an epoch, `fit` sums it up. */
  #endEpoch(): EpochRecord {
    const event = this.#events.next().value;
    if (event?.kind !== 'epoch') throw new Error('fit did not sum up its epoch');
    const { loss, accuracy, validation, finished } = event;
    const record = { epoch: event.epoch + 1, loss, accuracy, validation };
    this.history.push(record);
    this.#epoch = record.epoch;
    this.#batch = 0;
    this.#finished = finished;
    return record;
  }
}

/** √Σ g²: the length of a gradient. */
export function lengthOf(gradient: Real): number {
  let squares = 0;
  for (const g of gradient) squares += g * g;
  return Math.sqrt(squares);
}
