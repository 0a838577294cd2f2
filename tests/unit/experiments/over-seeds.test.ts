import { describe, expect, test } from 'vitest';
import { changeOverSeeds, overSeeds, secondDescent } from '../../../src/lib/experiments/over-seeds.ts';

test('mean and standard deviation over seeds, worked by hand', () => {
  // Deviations −1, 0, 1: squares sum to 2, divided by n − 1 = 2.
  expect(overSeeds([2, 3, 4])).toEqual({ values: [2, 3, 4], mean: 3, deviation: 1 });
  expect(overSeeds([7]).deviation).toBe(0);
  expect(() => overSeeds([])).toThrow('nothing was measured');
});

test('a change is counted seed by seed: a mean gain may be a loss with some', () => {
  expect(changeOverSeeds(overSeeds([1, 2, 3, 4]), overSeeds([2, 2, 2, 9]))).toEqual({
    mean: 1.25,
    more: 2,
    less: 1,
    seeds: 4,
  });
});

describe('a second descent', () => {
  const errors = (means: readonly number[], half = 0.5) =>
    means.map((mean) => overSeeds([mean - half, mean + half]));

  test('falls, rises and falls again: valley, peak and second valley are found', () => {
    expect(secondDescent(errors([60, 30, 20, 26, 31, 25, 18, 17]))).toEqual({
      valley: 2,
      peak: 4,
      second: 7,
    });
  });

  test.each([
    ['falls all the way', [60, 30, 20, 15, 14, 13]],
    ['falls and rises, and that is all', [60, 30, 20, 25, 30, 35]],
    ['only rises and falls', [10, 20, 30, 20, 10]],
    ['rises by less than the seeds differ', [60, 30, 20, 20.5, 18, 17]],
    ['falls again by less than the seeds differ', [60, 30, 20, 30, 29.8, 29.6]],
  ])('an error that %s has none', (_, means) => {
    expect(secondDescent(errors(means))).toBeUndefined();
  });

  test('two rises: the higher counts', () => {
    expect(secondDescent(errors([60, 30, 33, 20, 50, 10]))).toEqual({ valley: 3, peak: 4, second: 5 });
  });
});
