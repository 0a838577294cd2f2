import type { Exercise } from './exercise.ts';

type Rows = readonly (readonly number[])[];

const products = (A: Rows, W: Rows, weight: (j: number, k: number) => number, bias: (j: number) => number) =>
  A.map((a) => W.map((_, j) => a.reduce((sum, value, k) => sum + weight(j, k) * value, bias(j))));

/** Chapter 2: the sums of a whole layer. */
export const affineExercise: Exercise = {
  starter: `/** Z = A·Wᵀ + b: a row for each example, in it a number for each unit. */
function affine(A: number[][], W: number[][], b: number[]): number[][] {
  const Z: number[][] = [];
  for (let i = 0; i < A.length; i++) {
    Z.push([]);
    for (let j = 0; j < W.length; j++) {
      Z[i].push(0); // the sum of unit j for example i
    }
  }
  return Z;
}`,
  solution: `function affine(A: number[][], W: number[][], b: number[]): number[][] {
  const Z: number[][] = [];
  for (let i = 0; i < A.length; i++) {
    Z.push([]);
    for (let j = 0; j < W.length; j++) {
      let sum = b[j];
      for (let k = 0; k < W[j].length; k++) sum += W[j][k] * A[i][k];
      Z[i].push(sum);
    }
  }
  return Z;
}`,
  functions: [
    {
      name: 'affine',
      parameters: ['A', 'W', 'b'],
      cases: [
        [[[2, 3, 1]], [[0.5, -0.5, 0.9]], [0.1]],
        [
          [
            [1, 2],
            [3, -1],
          ],
          [
            [1, 10],
            [-2, 0.5],
          ],
          [0.25, -1],
        ],
      ],
      right: (A: Rows, W: Rows, b: readonly number[]) =>
        products(
          A,
          W,
          (j, k) => W[j][k],
          (j) => b[j],
        ),
      slips: [
        {
          of: (A: Rows, W: Rows) =>
            products(
              A,
              W,
              (j, k) => W[j][k],
              () => 0,
            ),
          says: 'The sums are right, and the biases are missing: unit j begins at b[j].',
        },
        {
          of: (A: Rows, W: Rows, b: readonly number[]) =>
            products(
              A,
              W,
              (j, k) => W[k]?.[j] ?? Number.NaN,
              (j) => b[j],
            ),
          says: 'Rows and columns of W have changed places: row j holds the weights into unit j, so it is W[j][k].',
        },
        {
          of: (A: Rows, W: Rows, b: readonly number[]) =>
            A.map((a) => W.map((w, j) => a.reduce((sum, value, k) => sum + w[k] * value + b[j], 0))),
          says: 'The bias is added once for each input: it belongs to the sum only once.',
        },
      ],
      hint: 'Each number is a sum over k of W[j][k] times A[i][k], and b[j] once.',
    },
  ],
};
