import type { Examples } from './examples.ts';
import type { NetworkModel } from './model.ts';
import type { BatchResult, Evaluation, Network } from './network.ts';
import { WeightAverage } from './weight-average.ts';
import { Optimizer, type OptimizerOptions, defaultOptimizer } from './optimizers.ts';
import { Random } from './random.ts';
import { type ScheduleOptions, defaultSchedule, scheduledRate } from './schedules.ts';
import { checkExamples, checkInteger, checkOptimizer, checkSchedule } from './validation.ts';

/** How a network is trained. */
export interface FitOptions {
  /** Passes over all the examples; the learning-rate schedule is laid over them. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly optimizer?: Partial<OptimizerOptions>;
  readonly schedule?: Partial<ScheduleOptions>;
  /** Decides the order of the examples, the dropped units and the augmentation of every epoch. */
  readonly seed: number;
  /** Looked at after each epoch; needed for early stopping. */
  readonly validation?: Examples;
  /**
   * Stop when the validation loss has not fallen for this many epochs, and go back to the best weights. Where no
   * validation loss was a finite number, there are none to go back to, and the weights stay as they are.
   */
  readonly patience?: number;
  /**
   * At the end, take the mean of the weights after each of so many last epochs (Polyak and Juditsky 1992; Izmailov et al. 2018). A run
   * that is taken up again among those epochs averages those that are left.
   */
  readonly averaging?: number;
  /** Makes each batch anew from its rows, such as with distorted images. Must draw all its chance from `random`. */
  readonly augment?: (examples: Examples, rows: Uint32Array, random: Random) => Examples;
  /** Where to go on: the epochs already done, and the optimiser that did them. */
  readonly resume?: { readonly epochsDone: number; readonly optimizer?: Optimizer };
}

/** A batch has been learnt. */
export interface BatchEvent extends BatchResult {
  readonly kind: 'batch';
  /** 0 for the first epoch ever. */
  readonly epoch: number;
  readonly batch: number;
  readonly batches: number;
  /** Which of the examples were in it. */
  readonly rows: Uint32Array;
  readonly learningRate: number;
}

/** An epoch is over. */
export interface EpochEvent extends BatchResult {
  readonly kind: 'epoch';
  readonly epoch: number;
  /** On the validation examples, where there are any, with the weights at the end of the epoch. */
  readonly validation: Evaluation | undefined;
  /** Why this epoch was the last, if it was; with early stopping the best weights are in place again by now. */
  readonly finished: 'epochs' | 'early-stopping' | undefined;
}

export type FitEvent = BatchEvent | EpochEvent;

/**
 * Mini-batch gradient descent, given out one batch at a time: it yields after each batch and after each epoch what
 * just happened, and goes on when it is asked for more. So the caller steps, runs, pauses or stops as it likes.
 *
 * What an example and the penalty count for in an epoch does not depend on how its last batch comes out: where that is
 * cut short, to a single example at worst, the step is as much shorter, and the penalty is divided by the batch size
 * asked for, not by its own.
 *
 * A network that was trained before goes on from the weights that it has. The same seed gives the same run; an epoch's
 * chance depends on the seed and the epoch alone, so a run can be taken up again at any epoch.
 *
 * @throws RangeError naming the option and its value
 */
export function* fit(network: Network, examples: Examples, options: FitOptions): Generator<FitEvent, void> {
  checkFit(network, examples, options);
  const { epochs, batchSize, validation, patience, averaging = 0, augment } = options;
  const schedule = { ...defaultSchedule, ...options.schedule };
  const optimizer = options.resume?.optimizer ?? new Optimizer(options.optimizer);
  network.penalty = { ...network.penalty, batchSize };
  if (!options.resume?.optimizer) for (const layer of network.layers) layer.writeOptimizerState([]);

  const batches = Math.ceil(examples.count / batchSize);
  const order = new Uint32Array(examples.count);
  const epochsDone = options.resume?.epochsDone ?? 0;
  let best: { loss: number; epoch: number; model?: NetworkModel } = { loss: Infinity, epoch: epochsDone - 1 };

  const average = new WeightAverage();

  for (let epoch = epochsDone; epoch < epochs; epoch++) {
    const random = epochRandom(options.seed, epoch);
    const [shuffling, dropping, augmenting] = [random.fork(), random.fork(), random.fork()];
    for (let i = 0; i < order.length; i++) order[i] = i;
    shuffling.shuffle(order);

    let [lossSum, right] = [0, 0];
    for (let batch = 0; batch < batches; batch++) {
      const rows = order.slice(batch * batchSize, (batch + 1) * batchSize);
      const made = augment?.(examples, rows, augmenting);
      const learningRate = scheduledRate(schedule, options.learningRate, epoch + batch / batches, epochs);
      // A batch cut short makes a step as much shorter: its examples, and its penalty, count for no more than others'.
      const share = rows.length / batchSize;
      const result = network.forwardWithLoss(made ?? examples, made ? everyRow(made) : rows, dropping);
      network.backward();
      network.update(optimizer.next(learningRate * share));
      lossSum += result.loss * rows.length;
      right += result.accuracy * rows.length;
      yield { kind: 'batch', epoch, batch, batches, rows, learningRate, ...result };
    }

    if (epoch >= epochs - averaging) average.add(network.toModel());
    if (averaging > 0 && epoch + 1 === epochs) network.restore(average.mean());
    const evaluated = validation && network.evaluate(validation);
    // A loss of NaN is below nothing: it is never the best.
    if (evaluated && patience !== undefined && evaluated.loss < best.loss) {
      best = { loss: evaluated.loss, epoch, model: network.toModel() };
    }
    const stopsEarly = patience !== undefined && epoch - best.epoch >= patience;
    const finished = stopsEarly ? 'early-stopping' : epoch + 1 === epochs ? 'epochs' : undefined;
    if (finished && best.model) network.restore(best.model);
    const { count } = examples;
    yield {
      kind: 'epoch',
      epoch,
      loss: lossSum / count,
      accuracy: right / count,
      validation: evaluated,
      finished,
    };
    if (finished) return;
  }
}

/** The chance of one epoch, from the run's seed: far from that of the next epoch and the next seed. */
function epochRandom(seed: number, epoch: number): Random {
  return new Random((seed ^ Math.imul(epoch + 1, 0x85ebca6b)) >>> 0);
}

function everyRow({ count }: Examples): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

function checkFit(network: Network, examples: Examples, options: FitOptions): void {
  checkExamples(examples, network.inputs, network.classes, true);
  checkInteger('epochs', options.epochs, 1, 1_000_000);
  checkInteger('batchSize', options.batchSize, 1, 1_000_000);
  if (options.batchSize > examples.count) {
    throw new RangeError(
      `batchSize ${options.batchSize} is larger than the data, ${examples.count} examples`,
    );
  }
  if (!(options.learningRate > 0 && options.learningRate < Infinity)) {
    throw new RangeError(`learningRate must be a number above 0, not ${options.learningRate}`);
  }
  checkOptimizer({ ...defaultOptimizer, ...options.optimizer });
  checkSchedule({ ...defaultSchedule, ...options.schedule });
  checkInteger('seed', options.seed, 0, 0xffffffff);
  if (options.validation) checkExamples(options.validation, network.inputs, network.classes);
  checkInteger('averaging', options.averaging ?? 0, 0, 1_000_000);
  if (options.patience === undefined) return;
  checkInteger('patience', options.patience, 1, 1_000_000);
  if (!options.validation)
    throw new RangeError(`patience ${options.patience} needs validation examples to look at`);
}
