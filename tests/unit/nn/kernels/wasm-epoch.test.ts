import { describe, expect, test } from 'vitest';
import { loadMnist } from '../../../../scripts/network/mnist.ts';
import type { Examples } from '../../../../src/lib/nn/examples.ts';
import { type FitOptions, fit } from '../../../../src/lib/nn/fit.ts';
import type { Kernels } from '../../../../src/lib/nn/kernels/kernels.ts';
import { referenceKernels } from '../../../../src/lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { builds } from './builds.ts';

const { train } = await loadMnist();

function train784(kernels: Kernels, examples: Examples, l2: number, options: Partial<FitOptions>): Network {
  const layers = [32, 32, 10].map((units, l) => ({
    units,
    activation: l === 2 ? ('softmax' as const) : ('relu' as const),
  }));
  const network = Network.initialize({ inputs: 784, layers }, 'he', new Random(3), {
    kernels,
    penalty: { l1: 0, l2 },
  });
  const events = fit(network, examples, {
    epochs: 1,
    batchSize: 128,
    learningRate: 0.01,
    seed: 9,
    ...options,
  });
  for (const event of events) expect(event.loss).toBeGreaterThan(0);
  return network;
}

describe('after an epoch of MNIST, the weights are those of the reference', () => {
  const some = {
    count: 12_000,
    width: 784,
    values: train.values.slice(0, 12_000 * 784),
    labels: train.labels.slice(0, 12_000),
  };
  const cases = [
    {
      name: "12,000 digits by the original's recipe",
      tag: 'slow',
      examples: some,
      l2: 0.1,
      options: {},
    },
    {
      name: "all 60,000 digits by the original's recipe",
      tag: 'long',
      examples: train,
      l2: 0.1,
      options: {},
    },
    {
      name: '12,000 digits, Adam',
      tag: 'slow',
      examples: some,
      l2: 0,
      options: { optimizer: { optimizer: 'adam' as const }, learningRate: 0.001 },
    },
  ];
  for (const { name: of, tag, examples, l2, options } of cases)
    test(of, { tags: [tag] }, async () => {
      const reference = train784(referenceKernels(), examples, l2, options).toModel();
      for (const { name, make } of await builds()) {
        const ours = train784(make(), examples, l2, options).toModel();
        ours.layers.forEach(({ weights, bias }, l) => {
          for (const [own, theirs] of [
            [weights, reference.layers[l]!.weights],
            [bias, reference.layers[l]!.bias],
          ] as const) {
            let [furthest, largest] = [0, 0];
            theirs.forEach((value, n) => {
              furthest = Math.max(furthest, Math.abs(own[n]! - value));
              largest = Math.max(largest, Math.abs(value));
            });
            console.info(
              `${name}, layer ${l + 1}: differ by ${(furthest / largest).toExponential(1)} relative`,
            );
            expect(furthest / largest).toBeLessThan(1e-4);
          }
        });
      }
    });
});
