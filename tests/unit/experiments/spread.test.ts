import { expect, test } from 'vitest';
import { spreadBetween, spreadOf } from '../../../src/lib/experiments/spread.ts';

test('numbers are counted into bins, those beyond the ends into the last ones', () => {
  const { counts, mean, zeros } = spreadOf([-9, -0.5, 0, 0.5, 9], 4, -1, 1);
  expect([...counts]).toEqual([1, 1, 1, 2]);
  expect(mean).toBe(0);
  expect(zeros).toBe(0.2);
});

test('the deviation is that of the definition, and 0 for numbers that are all the same', () => {
  expect(spreadOf([1, 3, 5, 7], 2, 0, 8).deviation).toBeCloseTo(Math.sqrt(5), 12);
  expect(spreadOf([0.1, 0.1, 0.1], 2, 0, 1).deviation).toBeLessThan(1e-8);
});

test('bins without width are refused', () => {
  expect(() => spreadOf([1], 3, 2, 2)).toThrow('from 2 to 2');
  expect(() => spreadOf([1], 0, 0, 1)).toThrow('0 bins');
});

test('between examples, what all of them share does not count: units far apart that say the same are not spread', () => {
  expect(spreadBetween([5, -3, 5, -3, 5, -3], 2)).toBe(0);
  // A unit of deviation 1 and one of deviation 7: √((1 + 49) / 2).
  expect(spreadBetween([1, 3, 3, 17], 2)).toBeCloseTo(5, 12);
  expect(spreadBetween([0.5, 0.5 + 2e-12], 1)).toBeCloseTo(1e-12, 14);
});
