import { describe, expect, test } from 'vitest';
import { judgeNumber } from '../../../../src/components/exercises/numeric.ts';

describe('an answer', () => {
  const task = { answer: 2.305, tolerance: 0.002, slips: [{ given: 1, says: 'to the base 10' }], hint: 'ln' };

  test('is right within the tolerance, its ends included, and wrong beyond', () => {
    expect(judgeNumber(2.305, task).isRight).toBe(true);
    expect(judgeNumber(2.3035, task).isRight).toBe(true);
    expect(judgeNumber(2.3, task)).toEqual({ isRight: false, text: 'ln' });
    expect(judgeNumber(7, { answer: 7, hint: '' }).isRight).toBe(true);
  });

  test('that is a known slip is answered by what it comes from', () => {
    expect(judgeNumber(1.001, task)).toEqual({ isRight: false, text: 'to the base 10' });
  });

  test('that is no number is said to be none', () => {
    expect(judgeNumber(Number.NaN, task).text).toContain('not a number');
  });
});
