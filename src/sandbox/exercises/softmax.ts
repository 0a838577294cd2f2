import type { Exercise } from './exercise.ts';

function softmax(z: readonly number[]): number[] {
  const most = Math.max(...z);
  return shares(z.map((value) => Math.exp(value - most)));
}

function shares(e: readonly number[]): number[] {
  const sum = e.reduce((total, value) => total + value, 0);
  return e.map((value) => value / sum);
}

/** Chapter 3: scores become probabilities, whatever their size. */
export const softmaxExercise: Exercise = {
  starter: `/** Scores of any size as probabilities, which sum to 1. */
function softmax(z: number[]): number[] {
  const e = z.map((score) => Math.exp(score));
  return e;
}`,
  solution: `function softmax(z: number[]): number[] {
  const largest = Math.max(...z);
  const e = z.map((score) => Math.exp(score - largest));
  const sum = e.reduce((total, value) => total + value);
  return e.map((value) => value / sum);
}`,
  functions: [
    {
      name: 'softmax',
      parameters: ['z'],
      cases: [[[1, 2, 3]], [[0, 0, 0, 0]], [[-1, 4]], [[1000, 1001, 1002]], [[-2000, -2000]]],
      right: softmax,
      slips: [
        {
          of: (z: readonly number[]) => z.map((value) => Math.exp(value)),
          says: 'These are the exponentials. Divided by their sum they would be probabilities.',
        },
        {
          of: (z: readonly number[]) => shares(z.map((value) => Math.exp(value))),
          says: 'Right for small scores. Here the exponentials are too large for a number, or too small, and what is left of the division is no number. Subtract the largest score first.',
        },
        {
          of: (z: readonly number[]) => shares(z),
          says: 'These are the shares of the scores themselves: the exponential is missing.',
        },
        {
          of: (z: readonly number[]) => z.map((value) => Math.exp(value - Math.max(...z))),
          says: 'The largest score is subtracted, and the division by the sum is missing: these do not sum to 1.',
        },
        {
          of: (z: readonly number[]) => {
            const sum = z.reduce((total, value) => total + Math.exp(value), 0);
            return z.map((value) => Math.exp(value - Math.max(...z)) / sum);
          },
          says: 'The largest score is subtracted above the line and not below it: both need it, or the ratio changes.',
        },
      ],
      hint: 'The exponential of each score, divided by the sum of all the exponentials.',
    },
  ],
};
