import { describe, expect, test } from 'vitest';
import {
  fitTemperature,
  lossAt,
  probabilitiesAt,
  reliability,
} from '../../../src/lib/experiments/calibration.ts';
import { confidentMistakes, leastSure, readingsOf } from '../../../src/lib/experiments/hardest.ts';
import { Random } from '../../../src/lib/nn/random.ts';

describe('reliability', () => {
  // Two classes, four images: 95 %, 85 % and 85 % sure and right, right, wrong; 55 % sure and wrong.
  const probabilities = [0.95, 0.05, 0.15, 0.85, 0.85, 0.15, 0.45, 0.55];
  const labels = [0, 1, 1, 0];

  test('the calibration error of four images, worked by hand', () => {
    const found = reliability(probabilities, labels, 2);
    // bins: 0.9 has |1 − 0.95|, 0.8 has |1 − 1.70|, 0.5 has |0 − 0.55|
    expect(found.error).toBeCloseTo((0.05 + 0.7 + 0.55) / 4, 12);
    expect(found.accuracy).toBe(0.5);
    expect(found.confidence).toBeCloseTo(0.8, 12);
    expect(found.bins[8]).toEqual({ count: 2, right: 1, confidence: 0.85 });
    expect(found.bins[0]!.count).toBe(0);
  });

  test('mistakes come with the surest first, and the hardest with the least margin', () => {
    const readings = readingsOf(probabilities, labels, 2);
    expect(confidentMistakes(readings, 5).map(({ row }) => row)).toEqual([2, 3]);
    expect(leastSure(readings, 2).map(({ row }) => row)).toEqual([3, 1]);
    expect(readings[3]!.margin).toBeCloseTo(0.1, 12);
  });
});

describe('temperature', () => {
  test('1 is softmax, 2 halves the sums first, and the answer stays', () => {
    const [p, q] = probabilitiesAt([Math.log(3), 0], 2, 1);
    expect(p).toBeCloseTo(0.75, 12);
    expect(q).toBeCloseTo(0.25, 12);
    const softer = probabilitiesAt([Math.log(9), 0], 2, 2);
    expect(softer[0]).toBeCloseTo(0.75, 12);
    expect(() => probabilitiesAt([1, 2], 2, 0)).toThrow('above 0');
  });

  test('three of four right at equal sums: the temperature that makes it 75 % sure', () => {
    // Four images say z = (2, 0); three are right. p = 1/(1 + e^(−2/T)) is to be ¾, so T = 2 / ln 3.
    const logits = [2, 0, 2, 0, 2, 0, 2, 0];
    expect(fitTemperature(logits, [0, 0, 0, 1], 2)).toBeCloseTo(2 / Math.log(3), 3);
  });

  test('logits that were sharpened are found out: the temperature is the factor', () => {
    const random = new Random(3);
    const logits = Float64Array.from({ length: 3000 * 3 }, () => random.normal());
    const p = probabilitiesAt(logits, 3, 1);
    const labels = Array.from({ length: 3000 }, (_, i) => {
      const u = random.uniform();
      return u < p[3 * i]! ? 0 : u < p[3 * i]! + p[3 * i + 1]! ? 1 : 2;
    });
    const plain = fitTemperature(logits, labels, 3);
    const sharpened = fitTemperature(
      logits.map((z) => 4 * z),
      labels,
      3,
    );
    expect(sharpened / plain).toBeCloseTo(4, 2);
    expect(plain).toBeCloseTo(1, 0);
    expect(lossAt(logits, labels, 3, plain)).toBeLessThanOrEqual(lossAt(logits, labels, 3, 1));
  });
});
