import { expect, test } from 'vitest';
import { classMetrics } from '../../../src/lib/nn/metrics.ts';

test('precision counts down a column, recall along a row', () => {
  const confusion = [8, 2, 0, 1, 5, 4, 0, 0, 0];
  const [first, second, third] = classMetrics(confusion, 3);
  expect(first).toEqual({ count: 10, precision: 8 / 9, recall: 0.8 });
  expect(second).toEqual({ count: 10, precision: 5 / 7, recall: 0.5 });
  expect(third).toEqual({ count: 0, precision: 0, recall: Number.NaN });
});
