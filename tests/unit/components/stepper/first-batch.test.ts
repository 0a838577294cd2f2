import { expect, test } from 'vitest';
import { FIRST_BATCH } from '../../../../src/build/still-pass.ts';
import { readBatch, shareOfDearestTwo } from '../../../../src/components/stepper/batch.ts';
import { sampleDigits, shippedNetwork } from '../../../browser/sample.ts';

test('of the first batch of chapter 3, one or two digits make up nearly the whole sum, as its text says', async () => {
  const { members } = readBatch(shippedNetwork('original'), await sampleDigits(), FIRST_BATCH);
  expect(shareOfDearestTwo(members)).toBeGreaterThan(0.9);
  // Nobody is unsure who gives the label nine tenths.
  expect(Math.min(...members.map(({ probability }) => probability))).toBeLessThan(0.9);
});

test('what is said of the first batch is not said of all: there are some of which two make up two thirds', async () => {
  const digits = await sampleDigits();
  const shares = Array.from({ length: digits.count / 8 }, (_, n) =>
    shareOfDearestTwo(
      readBatch(
        shippedNetwork('original'),
        digits,
        Array.from({ length: 8 }, (_, k) => 8 * n + k),
      ).members,
    ),
  );
  expect(Math.min(...shares)).toBeLessThan(0.7);
});

test('the dearest two are the two largest losses, of a batch of one or of none as well', () => {
  const of = (losses: readonly number[]) =>
    shareOfDearestTwo(losses.map((loss, row) => ({ row, label: 0, probability: Math.exp(-loss), loss })));
  expect(of([1, 5, 1, 3])).toBeCloseTo(0.8, 12);
  expect(of([2])).toBe(1);
  expect(of([0, 0])).toBe(0);
});
