import { describe, expect, test } from 'vitest';
import { measureShadow } from '../../../src/lib/experiments/shadow.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const random = new Random(3);
const flat = Float64Array.from({ length: 60 }, () => random.normal());

describe('what a picture keeps', () => {
  test('all of what has two directions, however large it is drawn', () => {
    const { neighbours, distances } = measureShadow(
      flat,
      2,
      flat.map((x) => 7 * x),
    );
    expect(neighbours).toBe(1);
    expect(distances).toBeCloseTo(1, 12);
  });

  test('next to nothing, where places are drawn by lot', () => {
    const other = Float64Array.from({ length: 800 }, () => random.normal());
    const { neighbours, distances } = measureShadow(
      Float64Array.from({ length: 800 }, () => random.normal()),
      2,
      other,
    );
    // Ten of 399 others by chance.
    expect(neighbours).toBeLessThan(0.06);
    expect(Math.abs(distances)).toBeLessThan(0.1);
  });

  test('points on a line whose second half is mirrored onto the first: worked by hand', () => {
    // 0 … 23 at 0 … 11, 11 … 0: a distance d is drawn as d, or as |23 − a − b|.
    const line = Float64Array.from({ length: 24 }, (_, n) => n);
    const folded = Float64Array.from({ length: 48 }, (_, n) => (n % 2 ? 0 : Math.min(n / 2, 23 - n / 2)));
    const { neighbours, distances } = measureShadow(line, 1, folded);
    expect(neighbours).toBeGreaterThan(0.3);
    expect(neighbours).toBeLessThan(0.9);
    let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
    for (let a = 0; a < 24; a++) {
      for (let b = 0; b < a; b++) {
        const [far, seen] = [a - b, Math.abs(folded[2 * a]! - folded[2 * b]!)];
        [n, x, y] = [n + 1, x + far, y + seen];
        [xx, yy, xy] = [xx + far * far, yy + seen * seen, xy + far * seen];
      }
    }
    const byHand = (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
    expect(distances).toBeCloseTo(byHand, 12);
  });

  test('ten examples have no ten neighbours', () => {
    expect(() => measureShadow(flat.subarray(0, 20), 2, flat.subarray(0, 20))).toThrow('10 examples');
  });
});
