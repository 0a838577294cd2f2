import { describe, expect, test } from 'vitest';
import { cannotTell, refusalPrices } from '../../../src/lib/experiments/refusal.ts';

const sure = [0.9, 0.05, 0.05];
const unsure = [0.4, 0.35, 0.25];

describe('refusal', () => {
  test('a network cannot tell where its likeliest class is below the threshold, or is no number', () => {
    expect(cannotTell(sure, 0.5)).toBe(false);
    expect(cannotTell(unsure, 0.5)).toBe(true);
    expect(cannotTell([0.5, 0.5], 0.5)).toBe(false);
    expect(cannotTell([Number.NaN, Number.NaN], 0)).toBe(true);
  });

  test('a price is the share of each collection that is refused, never less at a higher threshold', () => {
    const outputs = { digits: [...sure, ...sure, ...sure, ...unsure], letters: [...unsure, ...sure] };
    const prices = refusalPrices(outputs, 3, [0.3, 0.5, 0.95]);
    expect(prices).toEqual([
      { threshold: 0.3, refused: { digits: 0, letters: 0 } },
      { threshold: 0.5, refused: { digits: 0.25, letters: 0.5 } },
      { threshold: 0.95, refused: { digits: 1, letters: 1 } },
    ]);
  });
});
