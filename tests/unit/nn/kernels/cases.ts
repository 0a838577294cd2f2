import { expect } from 'vitest';
import type { elementwiseNames } from '../../../../src/lib/nn/activations.ts';
import { type Examples, NONE, type Real } from '../../../../src/lib/nn/examples.ts';
import type { Kernels, LayerQuantity } from '../../../../src/lib/nn/kernels/kernels.ts';
import type { LossName } from '../../../../src/lib/nn/losses.ts';
import type { Network } from '../../../../src/lib/nn/network.ts';
import { Optimizer, type OptimizerName } from '../../../../src/lib/nn/optimizers.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { randomNetwork, rowsOf } from '../networks.ts';

const QUANTITIES: readonly LayerQuantity[] = [
  'preActivation',
  'activation',
  'delta',
  'weightGradient',
  'biasGradient',
  'weights',
  'bias',
];

/** A network, and what it is trained on. */
export interface Case {
  readonly sizes: readonly number[];
  readonly batch: number;
  /** Share of the bytes that are 0; undefined for real numbers as inputs. */
  readonly zeros: number | undefined;
  readonly hidden: (typeof elementwiseNames)[number];
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  readonly l1: number;
  readonly l2: number;
  /** The penalty's m, where it is not the batch's own number of examples. */
  readonly batchSize?: number | undefined;
  readonly dropout: number;
  readonly labelSmoothing: number;
  /** Share of the examples that are in none of the classes. */
  readonly none: number;
  readonly seed: number;
}

export const plain: Case = {
  sizes: [11, 4, 3],
  batch: 6,
  zeros: 0.5,
  hidden: 'relu',
  loss: 'cross-entropy',
  optimizer: 'sgd',
  l1: 0,
  l2: 0,
  dropout: 0,
  labelSmoothing: 0,
  none: 0,
  seed: 4,
};

export function network(kernels: Kernels, setup: Case): Network {
  const { sizes, hidden, loss, l1, l2, batchSize, dropout, labelSmoothing, seed } = setup;
  const output = loss === 'cross-entropy' ? 'softmax' : seed % 2 === 0 ? 'softmax' : hidden;
  const options = {
    kernels,
    loss,
    penalty: { l1, l2, ...(batchSize && { batchSize }) },
    dropout,
    labelSmoothing,
  };
  return randomNetwork(sizes, hidden, output, options, seed);
}

export function examplesFor({ batch, zeros, none, seed }: Case, { inputs, classes }: Network): Examples {
  const random = new Random(seed + 1);
  const length = batch * inputs;
  const values =
    zeros === undefined
      ? Float32Array.from({ length }, () => random.between(-1, 1))
      : Uint8Array.from({ length }, () => (random.uniform() < zeros ? 0 : 1 + random.below(255)));
  const labels = Uint8Array.from({ length: batch }, () =>
    none > 0 && random.uniform() < none ? NONE : random.below(classes),
  );
  return { count: batch, width: inputs, values, labels };
}

export function stepOn(each: Network, examples: Examples, setup: Case, step: number) {
  const optimizer = new Optimizer({ optimizer: setup.optimizer, epsilon: 1e-3 });
  optimizer.powers = [0.9 ** step, 0.999 ** step];
  const result = each.forwardWithLoss(examples, rowsOf(examples), new Random(setup.seed + step));
  each.backward();
  each.update(optimizer.next(0.01));
  return result;
}

export function compareLayers(ours: Network, reference: Network, where: string): void {
  for (const quantity of QUANTITIES) expectSame(ours, reference, quantity, where);
  ours.layers.forEach((layer, l) => {
    const [own, theirs] = [layer.weightSums(), reference.layers[l]!.weightSums()];
    expectClose('weight sums', Object.values(own), Object.values(theirs));
  });
}

export function expectSame(ours: Network, reference: Network, quantity: LayerQuantity, where = ''): void {
  ours.layers.forEach((layer, l) => {
    const theirs = reference.layers[l]!.read(quantity);
    expectClose(`${quantity} of layer ${l + 1} ${where}`, layer.read(quantity), theirs);
  });
}

/** To a few roundings of the largest number among them. */
export function expectClose(what: string, ours: Real | number[], theirs: Real | number[]): void {
  expect(ours.length, what).toBe(theirs.length);
  let largest = 1e-3;
  for (const value of theirs) largest = Math.max(largest, Math.abs(value));
  theirs.forEach((value, n) => {
    if (Math.abs(ours[n]! - value) <= 2e-5 * largest) return;
    throw new Error(`${what}: ${ours[n]} at ${n}, not ${value}; the largest is ${largest}`);
  });
}
