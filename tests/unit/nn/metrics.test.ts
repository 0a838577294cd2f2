import { expect, test } from 'vitest';
import { classMetrics } from '../../../src/lib/nn/metrics.ts';

test('precision counts down a column, recall along a row, and F1 is their harmonic mean', () => {
  const confusion = [8, 2, 0, 1, 5, 4, 0, 0, 0];
  const [first, second, third] = classMetrics(confusion, 3);
  expect(first).toEqual({ count: 10, read: 9, right: 8, precision: 8 / 9, recall: 0.8, f1: 16 / 19 });
  expect(second).toEqual({ count: 10, read: 7, right: 5, precision: 5 / 7, recall: 0.5, f1: 10 / 17 });
  expect(third).toEqual({ count: 0, read: 4, right: 0, precision: 0, recall: Number.NaN, f1: 0 });
});
