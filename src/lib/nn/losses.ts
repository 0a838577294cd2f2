import { exponential, logarithm } from './elementary.ts';
import { NONE } from './examples.ts';
import type { Block } from './kernels/block.ts';
import { Matrix } from './matrix.ts';

export const lossNames = ['cross-entropy', 'mean-squared-error'] as const;
export type LossName = (typeof lossNames)[number];

/** Which derivative a backward pass starts from: ∂loss/∂a, or ∂loss/∂z where loss and activation were taken together. */
export type GradientOf = 'activation' | 'preActivation';

/** Of some examples: the sum of their losses, and how many were read right. */
export interface LossSum {
  /** Σ of the examples' losses, in nats for cross-entropy; without any penalty on the weights. */
  readonly sum: number;
  /** Examples whose largest output is at their label. */
  readonly correct: number;
}

/** The loss at an output layer, of the batch that the layer has just computed. */
export interface OutputLoss {
  readonly gradientOf: GradientOf;
  /** Compares the outputs with the labels, one for each row. */
  measure(labels: Uint8Array): LossSum;
  /** The gradient of each example's loss, (batch × classes): of the kind that `gradientOf` says. */
  gradient(labels: Uint8Array): Block;
}

/** What a loss looks at: the output layer's Z and A = g(Z), both (batch × classes). */
export interface Outputs {
  readonly Z: Matrix;
  readonly A: Matrix;
}

/**
 * The target for class k of an example whose label is y: 1 or 0, drawn towards 1/classes by label smoothing. Of an example in
 * none of the classes it is 1/classes for each: no answer is better than any other (Lee et al. 2018; Hendrycks et al. 2019).
 */
export function target(label: number, k: number, classes: number, smoothing: number): number {
  if (label === NONE) return 1 / classes;
  return (label === k ? 1 - smoothing : 0) + smoothing / classes;
}

/**
 * Cross-entropy of a softmax output: −Σ yₖ log pₖ, which without label smoothing is −log p at the label.
 *
 * Computed from the logits, log pₖ = zₖ − log Σ eᶻ, so that neither overflow nor log 0 can happen. The derivatives of
 * loss and softmax are taken together: δ = p − y (Bishop 2006, section 4.3.4).
 */
export class CrossEntropy implements OutputLoss {
  readonly gradientOf: GradientOf = 'preActivation';
  readonly #output: Outputs;
  readonly #smoothing: number;
  readonly #delta: Matrix;

  constructor(output: Outputs, smoothing: number) {
    this.#output = output;
    this.#smoothing = smoothing;
    this.#delta = new Matrix(output.A.precision, 0, output.A.columns);
  }

  measure(labels: Uint8Array): LossSum {
    const { Z, A: P } = this.#output;
    const classes = Z.columns;
    let lossSum = 0;
    // #region cross-entropy
    for (let i = 0; i < Z.rows; i++) {
      const z = Z.values.subarray(i * classes, (i + 1) * classes);
      let max = -Infinity;
      for (let k = 0; k < classes; k++) max = Math.max(max, z[k]);
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += exponential(z[k] - max);
      const logSum = max + logarithm(sum);
      for (let k = 0; k < classes; k++) {
        lossSum += target(labels[i], k, classes, this.#smoothing) * (logSum - z[k]);
      }
    }
    // #endregion
    return { sum: lossSum, correct: countCorrect(P, labels) };
  }

  gradient(labels: Uint8Array): Matrix {
    const { A: P } = this.#output;
    const delta = this.#delta;
    const classes = P.columns;
    delta.resize(P.rows);
    // #region cross-entropy-gradient
    for (let i = 0; i < P.rows; i++) {
      for (let k = 0; k < classes; k++) {
        const y = target(labels[i], k, classes, this.#smoothing);
        delta.values[i * classes + k] = P.values[i * classes + k] - y;
      }
    }
    // #endregion
    return delta;
  }
}

/** Mean squared error over the classes: Σ (aₖ − yₖ)² / classes for each example, with the label one-hot. */
export class MeanSquaredError implements OutputLoss {
  readonly gradientOf: GradientOf = 'activation';
  readonly #output: Outputs;
  readonly #smoothing: number;
  readonly #dA: Matrix;

  constructor(output: Outputs, smoothing: number) {
    this.#output = output;
    this.#smoothing = smoothing;
    this.#dA = new Matrix(output.A.precision, 0, output.A.columns);
  }

  measure(labels: Uint8Array): LossSum {
    const { A } = this.#output;
    const classes = A.columns;
    let sum = 0;
    // #region mean-squared-error
    for (let i = 0; i < A.rows; i++) {
      for (let k = 0; k < classes; k++) {
        const error = A.values[i * classes + k] - target(labels[i], k, classes, this.#smoothing);
        sum += (error * error) / classes;
      }
    }
    // #endregion
    return { sum, correct: countCorrect(A, labels) };
  }

  gradient(labels: Uint8Array): Matrix {
    const { A } = this.#output;
    const dA = this.#dA;
    const classes = A.columns;
    dA.resize(A.rows);
    // #region mean-squared-error-gradient
    for (let i = 0; i < A.rows; i++) {
      for (let k = 0; k < classes; k++) {
        const error = A.values[i * classes + k] - target(labels[i], k, classes, this.#smoothing);
        dA.values[i * classes + k] = (2 * error) / classes;
      }
    }
    // #endregion
    return dA;
  }
}

/** The class with the largest output, the first of equals; −1 when the outputs are not numbers. */
export function predictedClass(outputs: ArrayLike<number>, classes: number, row = 0): number {
  let best = -1;
  let largest = -Infinity;
  for (let k = 0; k < classes; k++) {
    const value = outputs[row * classes + k];
    if (value > largest) {
      largest = value;
      best = k;
    }
  }
  return best;
}

function countCorrect(A: Matrix, labels: Uint8Array): number {
  let correct = 0;
  for (let i = 0; i < A.rows; i++) {
    if (predictedClass(A.values, A.columns, i) === labels[i]) correct++;
  }
  return correct;
}
