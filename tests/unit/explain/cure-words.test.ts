import { describe, expect, test } from 'vitest';
import {
  cureStrength,
  describeCures,
  describeGap,
  describeTrial,
  formatOverSeeds,
  nameCures,
  nameLesson,
} from '../../../src/explain/cure-words.ts';
import { overSeeds } from '../../../src/lib/experiments/over-seeds.ts';
import { cureNames, lessons } from '../../../src/lib/training/cures.ts';

test('cures and lessons by name', () => {
  expect(nameCures([])).toBe('nothing');
  expect(nameCures(['l2', 'l1', 'dropout'])).toBe('L2, L1 and dropout');
  expect(nameLesson(lessons.clean)).toBe('500 images');
  expect(nameLesson(lessons.noisy)).toBe('2,000 images, 20\u00a0% of their labels wrong');
  for (const cure of cureNames) expect(cureStrength(cure, lessons.clean)).toMatch(/\d/);
  expect(cureStrength('early-stopping', lessons.noisy)).toMatch(/^400 images held back/);
});

test('the gap is said in points, also where the test images are read better', () => {
  expect(describeGap({ training: 1, test: 0.868 })).toBe(
    'Of the images that it learns from it reads 100.0\u00a0% as their labels say, of the test images 86.8\u00a0%: 13.2 points less.',
  );
  expect(describeGap({ training: 0.8, test: 0.9 })).toContain(
    '10.0 points more, although it has never seen them.',
  );
});

test('a trial says what became of the gap and of the test images', () => {
  const without = { training: 1, test: 0.85 };
  expect(describeTrial(without, { training: 0.99, test: 0.95 }, ['augmentation'])).toBe(
    'With augmentation the gap goes from +15.0 points to +4.0 points, and 10.0 points more of the test images are read right: 95.0\u00a0%, and 85.0\u00a0% without.',
  );
  expect(describeTrial(without, { training: 0.9, test: 0.84 }, ['l1'])).toContain(
    '1.0 points fewer of the test',
  );
  expect(describeTrial(without, without, ['l2'])).toContain('the gap stays as it was, and exactly as many');
});

describe('a table of cures', () => {
  const row = (label: string, test: readonly number[]) => ({
    label,
    training: overSeeds(test.map(() => 1)),
    test: overSeeds(test),
  });

  test('helped with every seed, harmed with every seed, or to be told from nothing by none', () => {
    const rows = [
      row('nothing', [0.86, 0.87, 0.88]),
      row('L2', [0.87, 0.86, 0.88]),
      row('augmentation', [0.94, 0.95, 0.96]),
      row('dropout', [0.865, 0.88, 0.89]),
      row('early stopping', [0.84, 0.85, 0.86]),
    ];
    expect(describeCures(rows)).toBe(
      'Without a cure it reads 87.0 ± 1.0\u00a0% of the test images, 13.0 points less than of what it learnt from. Better than nothing with each of the 3 seeds: augmentation (+8.0 points) and dropout (+0.8 points). Worse with each of the 3 seeds: early stopping (−2.0 points). Better with some seeds and not with others: L2 (+0.0 points).',
    );
  });

  test('what does not occur is not said', () => {
    const says = describeCures([row('nothing', [0.8, 0.8]), row('L2', [0.9, 0.9])]);
    expect(says).not.toMatch(/Worse|some seeds/);
  });

  test('one seed has no spread', () => {
    expect(formatOverSeeds(overSeeds([0.5]))).toBe('50.0\u00a0%');
    expect(formatOverSeeds(overSeeds([0.5, 0.52]))).toBe('51.0 ± 1.4\u00a0%');
  });
});
