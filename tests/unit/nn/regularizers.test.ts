import { describe, expect, test } from 'vitest';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import type { Network } from '../../../src/lib/nn/network.ts';
import { Optimizer, type OptimizerOptions, optimizerNames } from '../../../src/lib/nn/optimizers.ts';
import { penaltySlope, stoppedAtZero } from '../../../src/lib/nn/regularizers.ts';
import { builds } from './kernels/builds.ts';
import { randomExamples, randomNetwork, rowsOf } from './networks.ts';

/** Three inputs that are never anything but 0, as pixels at the border: nothing but the price moves their weights. */
const examples = randomExamples(4, 6, 3);
for (let i = 0; i < examples.count; i++) for (const k of [0, 1, 5]) examples.values[i * 6 + k] = 0;
const isPaper = (n: number) => [0, 1, 5].includes(n % 6);

function step(network: Network, optimizer: Optimizer, rate = 0.05): void {
  network.forwardWithLoss(examples, rowsOf(examples));
  network.backward();
  network.update(optimizer.next(rate));
}

describe('the slope of the penalty', () => {
  test('by hand, on both sides of 0', () => {
    expect(penaltySlope({ l2: 0.5, l1: 0.2 }, 10, 3, 7)).toBeCloseTo(0.17, 15);
    expect(penaltySlope({ l2: 0.5, l1: 0.2 }, 10, -3, 7)).toBeCloseTo(-0.17, 15);
  });

  test('at 0 it takes away the gradient, as far as λ₁/m goes', () => {
    expect(penaltySlope({ l2: 1, l1: 0.2 }, 10, 0, 0.015)).toBe(-0.015);
    expect(penaltySlope({ l2: 1, l1: 0.2 }, 10, 0, 0.5)).toBe(-0.02);
    expect(penaltySlope({ l2: 1, l1: 0.2 }, 10, 0, -0.5)).toBe(0.02);
  });
});

test('a weight stops at 0 where a step would carry it past, and leaves 0 only against its gradient', () => {
  expect(stoppedAtZero(0.1, 3, -0.2)).toBe(0);
  expect(stoppedAtZero(-0.1, -3, 0.2)).toBe(0);
  expect(stoppedAtZero(0.1, 3, 0.05)).toBe(0.05);
  expect(stoppedAtZero(0, 0, 0.05)).toBe(0);
  expect(stoppedAtZero(0, 2, -0.05)).toBe(-0.05);
  expect(stoppedAtZero(0, 2, 0.05)).toBe(0);
  expect(stoppedAtZero(0.1, Number.NaN, Number.NaN)).toBeNaN();
});

const kernels = [{ name: 'reference', make: () => referenceKernels() }, ...(await builds())];
describe.each(kernels)('L1 with kernels $name', ({ make }) => {
  const fresh = (penalty: { l1: number; l2: number }) =>
    randomNetwork([6, 5, 3], 'relu', 'softmax', { kernels: make(), penalty });

  test.each(optimizerNames)(
    '%s: weights that nothing but the price moves end at 0, and stay there',
    (name) => {
      const options: Partial<OptimizerOptions> = { optimizer: name, weightDecay: 0 };
      const [priced, squared] = [fresh({ l1: 0.5, l2: 0 }), fresh({ l1: 0, l2: 0.5 })];
      const [one, other] = [new Optimizer(options), new Optimizer(options)];
      const paper = (network: Network) =>
        Array.from(network.layers[0]!.read('weights')).filter((_, n) => isPaper(n));
      expect(paper(priced).every((w) => w !== 0)).toBe(true);
      for (let t = 0; t < 600; t++) {
        step(priced, one);
        step(squared, other);
        if (t >= 550) expect(paper(priced)).toEqual(Array(15).fill(0));
      }
      // L2's steps grow as small as the weights: they come near 0, and never to it.
      if (name === 'sgd') expect(paper(squared).every((w) => w !== 0)).toBe(true);
    },
  );

  test('a weight that is not a number stays one: a run that has diverged is to be seen', () => {
    const network = fresh({ l1: 0.5, l2: 0 });
    network.layers[1]!.writeOne('weights', 4, Number.NaN);
    step(network, new Optimizer());
    expect(Array.from(network.layers[1]!.read('weights')).some(Number.isNaN)).toBe(true);
  });

  test('a step from weights at and near 0 is that of the reference', () => {
    const [ours, reference] = [
      fresh({ l1: 0.4, l2: 0.3 }),
      randomNetwork([6, 5, 3], 'relu', 'softmax', { penalty: { l1: 0.4, l2: 0.3 } }),
    ];
    for (const network of [ours, reference]) {
      network.layers.forEach((layer) => {
        const weights = layer.read('weights');
        layer.write(
          'weights',
          weights.map((w, n) => (n % 3 === 0 ? 0 : n % 3 === 1 ? w / 1000 : w)),
        );
      });
      step(network, new Optimizer());
    }
    ours.layers.forEach((layer, l) => {
      const theirs = reference.layers[l]!.read('weights');
      layer.read('weights').forEach((w, n) => {
        expect(w === 0, `weight ${n} of layer ${l + 1}`).toBe(theirs[n] === 0);
        expect(w).toBeCloseTo(theirs[n]!, 6);
      });
      expect(theirs.some((w) => w === 0)).toBe(true);
      expect(theirs.some((w) => w !== 0)).toBe(true);
    });
  });
});

test('for SGD weight decay and L2 are one, for Adam they are two', () => {
  const lambda = 0.8;
  const apart = (optimizer: 'sgd' | 'adam', withDecay: 'sgdw' | 'adamw') => {
    const make = (l2: number) =>
      randomNetwork([6, 5, 3], 'relu', 'softmax', {
        kernels: referenceKernels('float64'),
        penalty: { l1: 0, l2 },
      });
    const [penalty, decay] = [make(lambda), make(0)];
    const rules = [
      new Optimizer({ optimizer }),
      new Optimizer({ optimizer: withDecay, weightDecay: lambda / examples.count }),
    ] as const;
    for (let t = 0; t < 50; t++) {
      step(penalty, rules[0]);
      step(decay, rules[1]);
    }
    const [a, b] = [penalty, decay].map((network) => network.layers[0]!.read('weights'));
    return Math.max(...a!.map((w, n) => Math.abs(w - b![n]!)));
  };
  expect(apart('sgd', 'sgdw')).toBeLessThan(1e-12);
  expect(apart('adam', 'adamw')).toBeGreaterThan(0.01);
});
