import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CurvePoint, legible, shownEpochs } from '../../../src/explain/run-curves.ts';

const point = (epoch: number, images: number, accuracy: number): CurvePoint => ({
  epoch,
  images,
  accuracy,
  loss: 1 - accuracy,
});

describe('the points of a run as they are read', () => {
  test('what is left at the end of an epoch, 24 images of which all are right, is not read as 100 %', () => {
    const points = [...Array.from({ length: 26 }, (_, n) => point((n + 1) / 27, 2048, 0.9)), point(1, 24, 1)];
    const last = legible(points).at(-1)!;
    expect(last.epoch).toBe(1);
    expect(last.accuracy).toBeCloseTo((0.9 * 2048 + 24) / 2072, 12);
  });

  test('the first batches are each a point', () => {
    const points = Array.from({ length: 5 }, (_, n) => point((n + 1) / 1719, 32, n / 5));
    expect(legible(points)).toEqual(points);
  });

  test('none is the mean of few images, and together they are the mean of all', () => {
    const some = fc.array(
      fc.record({
        images: fc.integer({ min: 1, max: 5000 }),
        accuracy: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 200 },
    );
    fc.assert(
      fc.property(some, (made) => {
        const points = made.map(({ images, accuracy }, n) => point(n + 1, images, accuracy));
        const drawn = legible(points);
        const total = (all: readonly CurvePoint[]) => all.reduce((sum, { images }) => sum + images, 0);
        const right = (all: readonly CurvePoint[]) => all.reduce((sum, p) => sum + p.images * p.accuracy, 0);
        expect(total(drawn)).toBe(total(points));
        expect(right(drawn)).toBeCloseTo(right(points), 6);
        expect(drawn.at(-1)!.epoch).toBe(points.length);
        const enough = Math.min(1000, total(points) / 60);
        if (drawn.length > 1) for (const { images } of drawn) expect(images).toBeGreaterThanOrEqual(enough);
      }),
    );
  });
});

describe('the axis of a run', () => {
  test('after any number of batches they take at least two fifths of it, and none lies beyond', () => {
    for (let batches = 1; batches <= 1719; batches++) {
      const shown = shownEpochs(batches / 1719);
      expect(shown).toBeLessThanOrEqual(1);
      expect(batches / 1719 / shown).toBeGreaterThanOrEqual(0.4 - 1e-9);
      expect(batches / 1719 / shown).toBeLessThanOrEqual(1);
    }
    expect(shownEpochs(7.25)).toBe(7.25);
  });
});
