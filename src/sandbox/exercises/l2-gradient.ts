import type { Exercise } from './exercise.ts';

type Numbers = readonly number[];

const added =
  (more: (w: number, lambda: number, m: number) => number) =>
  (w: Numbers, g: Numbers, lambda: number, m: number) =>
    g.map((value, n) => value + more(w[n], lambda, m));

/** Chapter 6: what the price of large weights adds to the gradient. */
export const l2GradientExercise: Exercise = {
  starter: `/** The gradient of loss and penalty together; the penalty is lambda / (2 m) times the sum of all w². */
function withPenalty(weights: number[], gradient: number[], lambda: number, m: number): number[] {
  return gradient;
}`,
  solution: `function withPenalty(weights: number[], gradient: number[], lambda: number, m: number): number[] {
  return gradient.map((slope, n) => slope + (lambda * weights[n]) / m);
}`,
  functions: [
    {
      name: 'withPenalty',
      parameters: ['weights', 'gradient', 'lambda', 'm'],
      cases: [
        [[2, -1, 0], [0.5, 0.25, -1], 0.1, 4],
        [[3], [0], 2, 128],
      ],
      right: added((w, lambda, m) => (lambda * w) / m),
      slips: [
        { of: added(() => 0), says: 'That is the gradient of the loss alone.' },
        {
          of: added((w, lambda, m) => (lambda * w * w) / (2 * m)),
          says: 'That adds the penalty itself. What is wanted is its slope: the derivative of w² is 2 w, and the 2 cancels.',
        },
        {
          of: added((w, lambda, m) => (lambda * w) / (2 * m)),
          says: 'The derivative of w² is 2 w: the two in the penalty is there to cancel it.',
        },
        {
          of: added((w, lambda) => lambda * w),
          says: 'The division by m is missing: beside the mean loss of m examples, the penalty counts once.',
        },
        {
          of: added((w, lambda, m) => (-lambda * w) / m),
          says: 'The sign is turned: the step subtracts the gradient, so this would make large weights larger.',
        },
      ],
      hint: 'To each slope add the derivative of the penalty along this one weight.',
    },
  ],
};
