import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadMnist } from '../../../scripts/mnist.ts';
import { type Dataset, range } from '../../../src/lib/data/dataset.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { inDoublePrecision } from '../../../src/state/blamed-digit.ts';
import { depthPicture, describeDepth } from '../../../src/state/blame-depth.ts';
import { type Pair, pairNames, pairOf, sharedSteps } from '../../../src/state/lock-step.ts';

let digits: Dataset;
let original: Network;
beforeAll(async () => {
  digits = range((await loadMnist()).test, 0, 1000);
  const file = new URL('../../../public/models/original.safetensors', import.meta.url);
  original = inDoublePrecision(Network.fromModel(openNetwork(readFileSync(file)).model));
});

const length = (pair: Pair, side: 'left' | 'right', layer: number) =>
  Math.hypot(...pair[side].values('delta', layer));

describe('two passes in lock-step', () => {
  test.each(pairNames)(
    '%s: both have the same steps, from the last gradient to the first layer’s',
    (name) => {
      const pair = pairOf(name, original, digits);
      const steps = sharedSteps(pair);
      expect(steps.length).toBeGreaterThanOrEqual(10);
      expect(steps.at(-1)!.layer).toBe(1);
      for (const { quantity, layer } of steps) {
        expect(pair.right.shape(quantity, layer)).toEqual(pair.left.shape(quantity, layer));
      }
    },
  );

  test('on a confident mistake squared error sends back next to nothing, cross-entropy nearly all there is', () => {
    const pair = pairOf('loss', original, digits);
    expect(length(pair, 'right', 3)).toBeGreaterThan(1);
    expect(length(pair, 'left', 3)).toBeLessThan(length(pair, 'right', 3) / 10);
  });

  test('the digit that is read wrong sends back more than the one that is read right', () => {
    const pair = pairOf('digit', original, digits);
    expect(length(pair, 'right', 1)).toBeGreaterThan(100 * length(pair, 'left', 1));
  });

  test('sigmoids pass on less than ReLUs, tiny first weights less than He’s', () => {
    const bends = pairOf('activation', original, digits);
    expect(length(bends, 'left', 1)).toBeLessThan(length(bends, 'right', 1));
    const starts = pairOf('start', original, digits);
    expect(length(starts, 'right', 1)).toBeLessThan(length(starts, 'left', 1) / 10);
  });
});

describe('where the blame stops', () => {
  test('it vanishes through ten sigmoids, holds through ten ReLUs by He, and is 0 from weights of 0', () => {
    const sigmoids = depthPicture({ depth: 10, activation: 'sigmoid', initializer: 'xavier' }, digits);
    expect(sigmoids.band[0]!.middle).toBeLessThan(sigmoids.band.at(-1)!.middle / 1000);
    expect(describeDepth(sigmoids)).toContain('vanishes');
    const relus = depthPicture({ depth: 10, activation: 'relu', initializer: 'he' }, digits);
    const ratio = relus.band.at(-1)!.middle / relus.band[0]!.middle;
    expect(ratio).toBeGreaterThan(1 / 10);
    expect(ratio).toBeLessThan(10);
    const zeros = depthPicture({ depth: 3, activation: 'relu', initializer: 'zeros' }, digits);
    expect(describeDepth(zeros)).toContain('exactly 0');
    expect(zeros.dead).toEqual([32, 32, 32]);
  });

  test('the band holds the median, and there is a layer for each', () => {
    const { band, layers } = depthPicture({ depth: 20, activation: 'tanh', initializer: 'xavier' }, digits);
    expect(layers).toHaveLength(20);
    for (const { low, middle, high } of band) {
      expect(low).toBeLessThanOrEqual(middle);
      expect(middle).toBeLessThanOrEqual(high);
    }
  });
});
