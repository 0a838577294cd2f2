import { expect, test } from 'vitest';
import { readNumber } from '../../src/lib/written-number.ts';

test.each([
  ['42', 42],
  [' -0.5 ', -0.5],
  ['−0.5', -0.5],
  ['- 3', -3],
  ['60,000', 60_000],
  ['1 234 567', 1_234_567],
  ['47 000', 47_000],
  ['26\u202f506', 26_506],
  ['0,125', 0.125],
  ['3,5', 3.5],
  ['12,34', 12.34],
  ['4.29e−4', 4.29e-4],
  ['4.29 × 10⁻⁴', 4.29e-4],
  ['2·10^3', 2000],
])('%j is %d', (text, value) => expect(readNumber(text)).toBe(value));

test.each(['', ' ', 'ten', '1.2.3', '1,2,3', '5 apples', '--1', '12,', 'e5'])('%j is no number', (text) =>
  expect(readNumber(text)).toBeNaN(),
);
