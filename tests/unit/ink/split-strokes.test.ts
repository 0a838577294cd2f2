import { describe, expect, test } from 'vitest';
import { rowOfDigits } from '../../../src/lib/ink/row-of-digits.ts';
import { countClearParts, splitStrokes } from '../../../src/lib/ink/split-strokes.ts';
import type { Stroke } from '../../../src/lib/ink/stroke.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const line = (...points: [number, number][]): Stroke => ({
  width: 14,
  points: points.map(([x, y]) => ({ x, y, pressure: 0.5 })),
});
/** A 4 of an angle and a stem, a 7, a 1 and a 5 with its bar drawn last. */
const angle = line([60, 80], [30, 200], [120, 205]);
const stem = line([95, 90], [92, 300]);
const seven = line([200, 90], [300, 85], [250, 300]);
const one = line([350, 80], [348, 300]);

const neverAsked = () => {
  throw new Error('the reader was asked');
};

describe('a row of strokes', () => {
  test('is cut where there is a clear gap, from left to right in whatever order it was written; nobody is asked', () => {
    expect(splitStrokes([one, stem, seven, angle], neverAsked)).toEqual([[angle, stem], [seven], [one]]);
    expect(countClearParts([one, stem, seven, angle])).toBe(3);
    expect(splitStrokes([angle, stem], neverAsked)).toEqual([[angle, stem]]);
    expect(splitStrokes([], neverAsked)).toEqual([]);
  });

  test('is cut as the reader is surest of where strokes nearly touch', () => {
    const near = line([128, 90], [126, 300]);
    const asked: number[] = [];
    const surer = (whole: number) => (strokes: readonly Stroke[]) => {
      asked.push(strokes.length);
      return strokes.length === 3 ? whole : 0.8;
    };
    expect(splitStrokes([angle, stem, near], surer(0.9))).toEqual([[angle, stem, near]]);
    expect(splitStrokes([angle, stem, near], surer(0.5))).toEqual([[angle, stem], [near]]);
    expect(asked).toContain(3);
  });

  test('a piece that is much lower than the row is no digit of its own, however sure the reader', () => {
    const bar = line([150, 90], [205, 85]);
    const belly = line([130, 95], [128, 180], [180, 200], [150, 300]);
    expect(splitStrokes([belly, bar], () => 0.9)).toHaveLength(1);
  });

  test('numbers drawn with gaps are cut right, and a reader who knows finds the cuts of tight ones', () => {
    const random = new Random(4);
    for (const [gap, least] of [
      [{ least: 0.2, most: 0.5 }, 0.95],
      [{ least: -0.1, most: 0.05 }, 0.9],
    ] as const) {
      let right = 0;
      for (let n = 0; n < 100; n++) {
        const row = rowOfDigits([random.below(10), random.below(10), random.below(10)], random, gap);
        // Sure of whole digits alone.
        const knows = (strokes: readonly Stroke[]) =>
          row.some((own) => own.length === strokes.length && own.every((each) => strokes.includes(each)))
            ? 0.99
            : 0.1;
        const found = splitStrokes(row.flat(), knows);
        if (
          found.length === 3 &&
          found.every((strokes, k) => knows(strokes) > 0.5 && row[k]!.includes(strokes[0]!))
        )
          right++;
      }
      expect(right / 100).toBeGreaterThanOrEqual(least);
    }
  });
});
