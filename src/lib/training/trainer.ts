import type { Dataset } from '../data/dataset.ts';
import { type BatchEvent, type FitEvent, fit } from '../nn/fit.ts';
import type { Kernels } from '../nn/kernels/kernels.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type Evaluation, Network } from '../nn/network.ts';
import { Random } from '../nn/random.ts';
import { type Setup, architectureOf } from './setup.ts';
import { prepareTraining } from './training-data.ts';

/** How much work one call does: so many batches, or about so long. Whole epochs end a call too. */
export type Budget = { readonly batches: number } | { readonly milliseconds: number };

export interface EpochRecord {
  /** Epochs done: 1 after the first. */
  readonly epoch: number;
  /** Mean loss and share read right over the epoch's batches, while the weights were changing. */
  readonly loss: number;
  readonly accuracy: number;
  /** On the examples held back, where there are any. */
  readonly validation: Evaluation | undefined;
}

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

  readonly #events: Generator<FitEvent, void>;
  readonly #count: number;
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
      penalty: { l2: setup.l2, l1: setup.l1 },
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
    this.#count = data.training.count;
    this.#now = now;
    this.#learningRate = setup.learningRate;
    this.#events = fit(this.network, data.training, {
      epochs: setup.epochs,
      batchSize: setup.batchSize,
      learningRate: setup.learningRate,
      optimizer: setup,
      schedule: setup,
      seed: setup.seed,
      ...(data.validation && { validation: data.validation }),
      ...(setup.patience > 0 && { patience: setup.patience }),
      ...(data.augment && { augment: data.augment }),
      resume: { epochsDone: from?.epochs ?? 0 },
    });
    this.#epoch = from?.epochs ?? 0;
    if (this.#epoch >= setup.epochs) this.#finished = 'epochs';
  }

  /** Does some batches, and says what they came to. An epoch's end ends the call, whatever is left of the budget. */
  advance(budget: Budget): Progress {
    const started = this.#now();
    const within = (batches: number) =>
      'batches' in budget
        ? batches < budget.batches
        : batches === 0 || this.#now() - started < budget.milliseconds;
    let [batches, images, lossSum, right] = [0, 0, 0, 0];
    let ended: EpochRecord | undefined;

    while (!this.#finished && !ended && within(batches)) {
      const event = this.#nextBatch();
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
      batchesPerEpoch: Math.ceil(this.#count / this.setup.batchSize),
      images,
      imagesInAll: this.#epoch * this.#count + Math.min(this.#batch * this.setup.batchSize, this.#count),
      loss: lossSum / images,
      accuracy: right / images,
      learningRate: this.#learningRate,
      ended,
      finished: this.#finished,
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
