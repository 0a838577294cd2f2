import type { Dataset } from '../data/dataset.ts';
import type { Kernels } from '../nn/kernels/kernels.ts';
import { predictedClass } from '../nn/losses.ts';
import type { NetworkModel } from '../nn/model.ts';
import type { Network } from '../nn/network.ts';
import { type Setup, parseSetup } from './setup.ts';
import { Trainer } from './trainer.ts';

/** The network of the chapters, 784-32-32-10, some epochs further on. */
export interface Further {
  readonly dataset: Dataset;
  readonly seed: number;
  /** Weights to go on from, and the epochs that made them; fresh ones when left out. */
  readonly from?: { readonly model: NetworkModel; readonly epochs: number } | undefined;
  /** Epochs in all, those before included. */
  readonly until: number;
}

/** @throws RangeError when there is nothing to do until then */
export function trainFurther({ dataset, seed, from, until }: Further, kernels: Kernels): NetworkModel {
  if (!(until > (from?.epochs ?? 0))) throw new RangeError(`${until} epochs are done already`);
  const setup = parseSetup({ optimizer: 'adam', learningRate: '0.002', batchSize: '64', seed: String(seed) });
  return trained({ ...setup, epochs: until }, dataset, kernels, from).toModel();
}

/** How one seed did. */
export interface Trial {
  readonly seed: number;
  /** Of the test images by which the seed is chosen, and of all the others. */
  readonly judged: number;
  readonly fresh: number;
}

/**
 * A small network, 784-16-10, that has seen all of `train` four times. Which weights it begins with and in which order it sees the
 * images is the seed's doing, and nothing else differs from one trial to the next.
 *
 * @param judged so many of the test images are those that the best seed is chosen by
 */
export function trySeed(
  train: Dataset,
  test: Dataset,
  judged: number,
  seed: number,
  kernels: Kernels,
): Trial {
  const setup = parseSetup({
    layers: '784,16,10',
    optimizer: 'adam',
    learningRate: '0.01',
    batchSize: '32',
    seed: String(seed),
  });
  const network = trained({ ...setup, epochs: 4 }, train, kernels);
  const outputs = network.predict(test);
  const isRight = (_: number, i: number) => predictedClass(outputs, network.classes, i) === test.labels[i];
  const rights = Array.from(test.labels, isRight);
  const sum = (some: readonly boolean[]) => some.filter(Boolean).length;
  return { seed, judged: sum(rights.slice(0, judged)), fresh: sum(rights.slice(judged)) };
}

/** A run from its beginning to its end. */
export interface FinishedRun {
  readonly model: NetworkModel;
  /** Shares read right of what it learnt from, and of the test images. */
  readonly training: number;
  readonly test: number;
}

/** A whole run, and its network's accuracy on all of its own images and on the test images. */
export function finishRun(setup: Setup, train: Dataset, test: Dataset, kernels: Kernels): FinishedRun {
  const network = trained(setup, train, kernels);
  return {
    model: network.toModel(),
    training: network.evaluate(train).accuracy,
    test: network.evaluate(test).accuracy,
  };
}

function trained(
  setup: Setup,
  dataset: Dataset,
  kernels: Kernels,
  from?: { readonly model: NetworkModel; readonly epochs: number },
): Network {
  const trainer = new Trainer(setup, dataset, { kernels, ...(from && { from }) });
  while (!trainer.advance({ batches: Number.MAX_SAFE_INTEGER }).finished);
  return trainer.network;
}
