import type { Exercise } from './exercise.ts';

const step =
  (change: (g: number, rate: number) => number) =>
  (w: readonly number[], g: readonly number[], rate: number) =>
    w.map((value, n) => value + change(g[n], rate));

/** Chapter 5: one step down the slope. */
export const sgdStepExercise: Exercise = {
  starter: `/** Moves each weight a little against its gradient. */
function sgdStep(weights: number[], gradient: number[], learningRate: number): number[] {
  return weights;
}`,
  solution: `function sgdStep(weights: number[], gradient: number[], learningRate: number): number[] {
  return weights.map((weight, n) => weight - learningRate * gradient[n]);
}`,
  functions: [
    {
      name: 'sgdStep',
      parameters: ['weights', 'gradient', 'learningRate'],
      cases: [
        [[1, -2, 0.5], [0.5, -1, 0], 0.1],
        [[3], [2], 0.01],
      ],
      right: step((g, rate) => -rate * g),
      slips: [
        {
          of: step((g, rate) => rate * g),
          says: 'That step goes uphill: the gradient points to where the loss grows, so it is subtracted.',
        },
        {
          of: step((g) => -g),
          says: 'The step has the right direction and is far too long: the learning rate is missing.',
        },
        { of: step(() => 0), says: 'Nothing has moved.' },
        {
          of: (w: readonly number[], g: readonly number[], rate: number) =>
            w.map((value, n) => value * (1 - rate * g[n])),
          says: 'Each weight is shortened by a share of itself: the step depends on the gradient, not on the weight.',
        },
      ],
      hint: 'From each weight take its gradient, times the learning rate.',
      inPlace: true,
    },
  ],
};
