import { describe, expect, test } from 'vitest';
import { mcnemar, pairReadings, wilsonInterval } from '../../../src/lib/experiments/intervals.ts';

describe('Wilson’s interval', () => {
  test('8 of 10 and 0 of 10, worked by hand', () => {
    // (0.8 + 3.8415/20) / 1.38415 ± (1.95996/1.38415) √((0.16 + 3.8415/40)/10)
    const { low, high } = wilsonInterval(8, 10);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
    // 0: z² / (n + z²)
    expect(wilsonInterval(0, 10).low).toBe(0);
    expect(wilsonInterval(0, 10).high).toBeCloseTo(3.8415 / 13.8415, 4);
  });

  test('its mirror image is the interval of the mistakes', () => {
    const [right, wrong] = [wilsonInterval(977, 1000), wilsonInterval(23, 1000)];
    expect(right.low).toBeCloseTo(1 - wrong.high, 12);
    expect(right.high).toBeCloseTo(1 - wrong.low, 12);
  });

  test('more right than there are is no share, and neither is anything of nothing', () => {
    expect(() => wilsonInterval(11, 10)).toThrow('11 of 10');
    expect(() => wilsonInterval(0, 0)).toThrow(RangeError);
  });
});

describe('McNemar’s test', () => {
  test('1 against 5: both tails of six tosses, 2 · (1 + 6) / 64', () => {
    expect(mcnemar({ onlyFirst: 1, onlySecond: 5 })).toBeCloseTo(14 / 64, 12);
    expect(mcnemar({ onlyFirst: 5, onlySecond: 1 })).toBeCloseTo(14 / 64, 12);
    expect(mcnemar({ onlyFirst: 0, onlySecond: 10 })).toBeCloseTo(2 / 1024, 12);
  });

  test('an even split says nothing, and nor do networks that never differ', () => {
    expect(mcnemar({ onlyFirst: 7, onlySecond: 7 })).toBe(1);
    expect(mcnemar({ onlyFirst: 0, onlySecond: 0 })).toBe(1);
  });

  test('thousands of images neither overflow nor vanish', () => {
    const p = mcnemar({ onlyFirst: 1900, onlySecond: 2100 });
    // The normal curve at (200 − 1)/√4000 = 3.146 deviations: 0.00165.
    expect(p).toBeGreaterThan(0.0016);
    expect(p).toBeLessThan(0.0017);
  });

  test('pairs are counted by who is right', () => {
    expect(pairReadings([1, 2, 3, 4], [1, 0, 3, 5], [1, 2, 9, 5])).toEqual({
      both: 1,
      onlyFirst: 1,
      onlySecond: 1,
      neither: 1,
    });
    expect(() => pairReadings([1], [1, 2], [1, 2])).toThrow('1 and 2 readings of 2 examples');
  });
});
