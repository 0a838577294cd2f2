import { describe, expect, test } from 'vitest';
import {
  type SweepPoint,
  describeReference,
  describeSizes,
  describeWidths,
} from '../../../src/explain/sweep-words.ts';
import { overSeeds } from '../../../src/lib/experiments/over-seeds.ts';

const point = (size: number, test: number, training = 1): SweepPoint => ({
  size,
  training: overSeeds([training, training]),
  test: overSeeds([test - 0.001, test + 0.001]),
});

describe('more images', () => {
  test('what the whole way does, and how many images a cure is worth, in between two sizes', () => {
    const plain = [point(100, 0.7), point(1000, 0.9), point(10_000, 0.95), point(60_000, 0.98)];
    const cured = [point(100, 0.8), point(1000, 0.92), point(10_000, 0.96), point(60_000, 0.985)];
    // 80 % lies half way from 70 % at 100 to 90 % at 1,000: on a logarithm that is 316 images, and 316/100 = 3.2.
    expect(describeSizes(plain, cured, 'dropout')).toBe(
      'From 100 images it learns to read 70.0 ± 0.1\u00a0% of the test images, from 60,000 98.0 ± 0.1\u00a0%. The gap goes from 30.0 points to 2.0 points. With dropout it reads 10.0 points more after 100 images, and 0.5 points more after 60,000. At its best the cure is worth about 3.2 times as many images: 100 with it do as much as 320 without.',
    );
  });

  test('a cure that reads what nothing reads anywhere is worth nothing that could be said', () => {
    const plain = [point(100, 0.7), point(60_000, 0.9)];
    expect(describeSizes(plain, [point(100, 0.5), point(60_000, 0.6)], 'L1')).not.toContain('worth');
  });
});

describe('wider networks', () => {
  test('a second descent is told where there is one', () => {
    const says = describeWidths([
      point(2, 0.4, 0.5),
      point(8, 0.8, 0.8),
      point(32, 0.7, 1),
      point(128, 0.75, 1),
      point(512, 0.82, 1),
    ]);
    expect(says).toBe(
      'From 32 units on a network can learn all of it by heart. The test error falls to 20.0 ± 0.1\u00a0% at 8 units, rises to 30.0 ± 0.1\u00a0% at 32 units, and falls a second time, to 18.0 ± 0.1\u00a0% at 512 units, though narrower ones already know everything by heart.',
    );
  });

  test('and where there is none, that is told', () => {
    const says = describeWidths([point(2, 0.4, 0.5), point(8, 0.8, 0.7), point(32, 0.9, 0.9)]);
    expect(says).toContain('None of these networks learns all of it by heart. There is no second descent');
    expect(says).toContain('still falling at the end');
    const one = [0.4, 0.8, 0.7, 0.9].map((share, n) => ({
      size: 2 ** n,
      training: overSeeds([1]),
      test: overSeeds([share]),
    }));
    expect(describeWidths(one)).toContain(
      'With one seed a second descent of the test error could not be told',
    );
    expect(describeWidths([point(2, 0.4), point(8, 0.8), point(32, 0.7)])).toContain(
      '30.0 ± 0.1\u00a0% at 32 units at the end',
    );
  });
});

test('ours beside the published run: so many test images apart, and whether a seed explains it', () => {
  const near = describeReference({ training: 0.9927, test: 0.9764, epochs: 1000 }, 90, 10_000);
  expect(near).toBe(
    'After 1,000 epochs and 1 min 30 s ours reads 99.27\u00a0% of the training images and 97.64\u00a0% of the test images. Published were 99.28\u00a0% and 97.54\u00a0%, after 1,000 epochs and 45 minutes. On the test images the two are 10 of 10,000 apart, within what chance alone may do: up to about 44.',
  );
  const far = describeReference({ training: 0.93, test: 0.929, epochs: 3 }, 1, 10_000);
  expect(describeReference({ training: 0.81, test: 0.82, epochs: 1 }, 1, 10_000)).toContain(
    'After 1 epoch and 1 s ours',
  );
  expect(far).toContain('464 of 10,000 apart, more than chance alone would do: up to about 44.');
});
