import { type ElementwiseName, activations } from '../activations.ts';
import type { Examples, Real } from '../examples.ts';
import { exponential } from '../elementary.ts';
import type { Matrix } from '../matrix.ts';

/*
 * The network's arithmetic in plain loops, one function an equation: what the chapters show and what every other
 * kernel is tested against. Each operation has its backward right after it: the weighted sums (`affine`, then its
 * gradients by W, b and A), the activation, softmax. Sums are kept in float64 (a JavaScript number) and rounded once,
 * when they are stored.
 */

/**
 * The examples of one batch as real numbers: bytes become [0, 1].
 *
 * @param rows (batch), which examples
 * @param X (batch × width), filled here
 */
export function gatherBatch(examples: Examples, rows: Uint32Array, X: Matrix): void {
  const { values, width } = examples;
  const scale = values instanceof Uint8Array ? 255 : 1;
  X.resize(rows.length);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < width; k++) {
      X.values[i * width + k] = values[rows[i] * width + k] / scale;
    }
  }
}

/**
 * Z = A·Wᵀ + b
 *
 * @param A (batch × inputs)
 * @param W (units × inputs)
 * @param b (units)
 * @param Z (batch × units), filled here
 */
export function affine(A: Matrix, W: Matrix, b: Real, Z: Matrix): void {
  const [inputs, units] = [W.columns, W.rows];
  Z.resize(A.rows);
  // #region affine
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < units; j++) {
      let sum = b[j];
      for (let k = 0; k < inputs; k++) {
        sum += W.values[j * inputs + k] * A.values[i * inputs + k];
      }
      Z.values[i * units + j] = sum;
    }
  }
  // #endregion
}

/**
 * dW = δᵀ·A / m: the mean over the batch of the outer products δ aᵀ.
 *
 * @param delta (batch × units)
 * @param A (batch × inputs), the layer's input
 * @param dW (units × inputs), filled here
 * @param sums (inputs), scratch
 */
export function weightGradient(delta: Matrix, A: Matrix, dW: Matrix, sums: Float64Array): void {
  const [m, units, inputs] = [delta.rows, delta.columns, A.columns];
  // #region weight-gradient
  for (let j = 0; j < units; j++) {
    sums.fill(0);
    for (let i = 0; i < m; i++) {
      const blame = delta.values[i * units + j];
      for (let k = 0; k < inputs; k++) sums[k] += blame * A.values[i * inputs + k];
    }
    for (let k = 0; k < inputs; k++) dW.values[j * inputs + k] = sums[k] / m;
  }
  // #endregion
}

/** db = the mean of δ's rows. delta (batch × units), db (units). */
export function biasGradient(delta: Matrix, db: Real): void {
  const [m, units] = [delta.rows, delta.columns];
  // #region bias-gradient
  for (let j = 0; j < units; j++) {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += delta.values[i * units + j];
    db[j] = sum / m;
  }
  // #endregion
}

/**
 * dA = δ·W: each input's blame, gathered from all the units that it feeds.
 *
 * @param delta (batch × units)
 * @param W (units × inputs)
 * @param dA (batch × inputs), filled here
 * @param sums (inputs), scratch
 */
export function inputGradient(delta: Matrix, W: Matrix, dA: Matrix, sums: Float64Array): void {
  const [units, inputs] = [W.rows, W.columns];
  dA.resize(delta.rows);
  // #region input-gradient
  for (let i = 0; i < delta.rows; i++) {
    sums.fill(0);
    for (let j = 0; j < units; j++) {
      const blame = delta.values[i * units + j];
      for (let k = 0; k < inputs; k++) sums[k] += W.values[j * inputs + k] * blame;
    }
    for (let k = 0; k < inputs; k++) dA.values[i * inputs + k] = sums[k];
  }
  // #endregion
}

/** A = g(Z), element by element. Both (batch × units). */
export function activate(name: ElementwiseName, Z: Matrix, A: Matrix): void {
  const g = activations[name].value;
  A.resize(Z.rows);
  // #region activate
  const count = Z.rows * Z.columns;
  for (let n = 0; n < count; n++) {
    A.values[n] = g(Z.values[n]);
  }
  // #endregion
}

/** δ = dA ⊙ g′(Z), element by element. All (batch × units). */
export function activationBackward(
  name: ElementwiseName,
  dA: Matrix,
  Z: Matrix,
  A: Matrix,
  delta: Matrix,
): void {
  const derivative = activations[name].derivative;
  delta.resize(Z.rows);
  // #region activation-backward
  const count = Z.rows * Z.columns;
  for (let n = 0; n < count; n++) {
    delta.values[n] = dA.values[n] * derivative(Z.values[n], A.values[n]);
  }
  // #endregion
}

/**
 * P = softmax(Z), row by row. Both (batch × classes).
 *
 * The row's maximum is subtracted first: it changes nothing in the quotient and keeps the exponential from overflowing.
 */
export function softmax(Z: Matrix, P: Matrix): void {
  const classes = Z.columns;
  P.resize(Z.rows);
  // #region softmax
  for (let i = 0; i < Z.rows; i++) {
    let max = -Infinity;
    for (let k = 0; k < classes; k++) max = Math.max(max, Z.values[i * classes + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += exponential(Z.values[i * classes + k] - max);
    for (let k = 0; k < classes; k++) {
      P.values[i * classes + k] = exponential(Z.values[i * classes + k] - max) / sum;
    }
  }
  // #endregion
}

/** δₖ = pₖ (dpₖ − Σ dpₗ pₗ): softmax's Jacobian times dP, row by row. All (batch × classes). */
export function softmaxBackward(dP: Matrix, P: Matrix, delta: Matrix): void {
  const classes = P.columns;
  delta.resize(P.rows);
  // #region softmax-backward
  for (let i = 0; i < P.rows; i++) {
    let mean = 0;
    for (let k = 0; k < classes; k++) mean += dP.values[i * classes + k] * P.values[i * classes + k];
    for (let k = 0; k < classes; k++) {
      delta.values[i * classes + k] = P.values[i * classes + k] * (dP.values[i * classes + k] - mean);
    }
  }
  // #endregion
}
