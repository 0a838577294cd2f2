import { describe, expect, test } from 'vitest';
import { placesAlong, principalDirections } from '../../../src/lib/experiments/principal.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const random = new Random(8);
const UNITS = 6;
/** Wide along the units in falling order, and turned so that no direction is an axis. */
const values = Float64Array.from({ length: 200 * UNITS });
for (let i = 0; i < 200; i++) {
  const z = Array.from({ length: UNITS }, (_, j) => random.normal() * (UNITS - j));
  for (let j = 0; j < UNITS; j++) values[i * UNITS + j] = 3 + z[j]! + 0.5 * z[(j + 1) % UNITS]!;
}

describe('principal directions', () => {
  const found = principalDirections(values, UNITS, UNITS, new Random(1));

  test('have length 1 and are at right angles to each other', () => {
    for (const [a, first] of found.directions.entries()) {
      for (const [b, second] of found.directions.entries()) {
        const dot = first.reduce((sum, x, j) => sum + x * second[j]!, 0);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 8);
      }
    }
  });

  test('are eigenvectors of the covariance, and all variances sum to the whole', () => {
    expect(found.variances.reduce((sum, each) => sum + each, 0)).toBeCloseTo(found.total, 8);
    expect([...found.variances].sort((a, b) => b - a)).toEqual(found.variances);
    for (const [n, direction] of found.directions.entries()) {
      const times = new Float64Array(UNITS);
      for (let i = 0; i < 200; i++) {
        const centred = Array.from({ length: UNITS }, (_, j) => values[i * UNITS + j]! - found.mean[j]!);
        const along = centred.reduce((sum, x, j) => sum + x * direction[j]!, 0);
        for (let j = 0; j < UNITS; j++) times[j]! += (along * centred[j]!) / 200;
      }
      for (let j = 0; j < UNITS; j++) expect(times[j]).toBeCloseTo(found.variances[n]! * direction[j]!, 3);
    }
  });

  test('the places along a direction vary by its variance, about 0', () => {
    const two = principalDirections(values, UNITS, 2, new Random(5));
    const places = placesAlong(values, two);
    for (const n of [0, 1]) {
      const along = Array.from({ length: 200 }, (_, i) => places[2 * i + n]!);
      expect(along.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 6);
      expect(along.reduce((sum, x) => sum + x * x, 0) / 200).toBeCloseTo(two.variances[n]!, 6);
      expect(two.variances[n]).toBeCloseTo(found.variances[n]!, 6);
    }
  });

  test('of points on a line the first has all there is, and the second nothing', () => {
    const line = Float64Array.from({ length: 30 }, (_, n) => Math.floor(n / 3) * ((n % 3) + 1));
    const { variances, total, directions } = principalDirections(line, 3, 2, new Random(2));
    expect(variances[0]).toBeCloseTo(total, 8);
    expect(variances[1]).toBeCloseTo(0, 8);
    expect(Math.abs(directions[0]![2]! / directions[0]![0]!)).toBeCloseTo(3, 6);
    expect(Math.hypot(...directions[1]!)).toBeCloseTo(1, 8);
  });

  test('one example has no directions', () => {
    expect(() => principalDirections([1, 2, 3], 3, 1, new Random(1))).toThrow('1 examples of 3');
  });
});
