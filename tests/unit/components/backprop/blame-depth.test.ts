import { beforeAll, describe, expect, test } from 'vitest';
import { loadMnist } from '../../../../scripts/network/mnist.ts';
import {
  DRAWS,
  depthPicture,
  describeDepth,
  drawableBand,
  median,
} from '../../../../src/components/backprop/blame-depth.ts';
import { formatRatio } from '../../../../src/explain/numbers.ts';
import { type Dataset, range } from '../../../../src/lib/data/dataset.ts';
import { type DeepNetwork, blameByLayer } from '../../../../src/lib/experiments/blame-depth.ts';

let digits: Dataset;
beforeAll(async () => {
  digits = range((await loadMnist()).test, 0, 100);
});

describe('where the blame stops', () => {
  test('it vanishes through ten sigmoids, holds through ten ReLUs by He, and is 0 from weights of 0', () => {
    const sigmoids = depthPicture(
      { depth: 10, activation: 'sigmoid', initializer: 'xavier' },
      digits,
      digits,
    );
    expect(sigmoids.band[0].middle).toBeLessThan(sigmoids.band.at(-1)!.middle / 1000);
    expect(describeDepth(sigmoids)).toContain('vanishes');
    const relus = depthPicture({ depth: 10, activation: 'relu', initializer: 'he' }, digits, digits);
    expect(describeDepth(relus)).toContain('holds');
    const zeros = depthPicture({ depth: 3, activation: 'relu', initializer: 'zeros' }, digits, digits);
    expect(describeDepth(zeros)).toContain('exactly 0');
    expect(zeros.dead).toEqual([32, 32, 32]);
  });

  test('the curve is the median length of δ over the draws, its band the least and the largest', () => {
    const network: DeepNetwork = { depth: 4, activation: 'tanh', initializer: 'xavier' };
    const { band, layers } = depthPicture(network, digits, digits);
    expect(layers).toHaveLength(4);
    const draws = Array.from({ length: DRAWS }, (_, n) => blameByLayer(network, digits, 0, n + 1));
    band.forEach(({ layer, low, middle, high }, l) => {
      const lengths = draws.map((each) =>
        Math.sqrt(Array.from(each[l].delta).reduce((sum, d) => sum + d * d, 0)),
      );
      const below = lengths.filter((each) => each < middle).length;
      expect(layer).toBe(l + 1);
      expect(below, 'as many draws below the median as above it').toBe(DRAWS / 2);
      expect(lengths.filter((each) => each > middle)).toHaveLength(DRAWS / 2);
      expect(low).toBeCloseTo(Math.min(...lengths), 12);
      expect(high).toBeCloseTo(Math.max(...lengths), 12);
    });
  });

  test('the sentence gives the ratio that can be read off the curve', () => {
    const picture = depthPicture({ depth: 10, activation: 'sigmoid', initializer: 'xavier' }, digits, digits);
    const ratio = picture.band[9].middle / picture.band[0].middle;
    expect(describeDepth(picture)).toContain(
      `δ is ${formatRatio(ratio)} times smaller in layer 1 than in layer 10`,
    );
  });

  test('a length of exactly 0 has no place on the axis: it is listed, not drawn as something small', () => {
    const band = [
      { layer: 1, low: 0, middle: 0, high: 1e-7 },
      { layer: 2, low: 0, middle: 1e-40, high: 0.1 },
      { layer: 3, low: 0.1, middle: 0.2, high: 0.3 },
    ];
    const { points, zeros } = drawableBand(band);
    expect(zeros).toEqual([1]);
    expect(points).toEqual([{ layer: 2, low: 1e-40, middle: 1e-40, high: 0.1 }, band[2]]);
    expect(describeDepth({ layers: [], band, dead: [] })).toContain('In most of the 10 draws nothing at all');
  });
});

test('the median of an odd number of values is one of them, of an even number halfway between the middle two', () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([9, 1, 4, 6])).toBe(5);
  expect(median([100, 2])).toBe(51);
  expect(median([7])).toBe(7);
});
