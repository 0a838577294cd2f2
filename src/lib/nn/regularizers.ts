import type { Random } from './random.ts';
import type { Real } from './examples.ts';
import type { Matrix } from './matrix.ts';

/**
 * What large weights cost: (λ₂/2 · Σw² + λ₁ · Σ|w|) / m on a batch of m examples, biases free.
 *
 * The division by m makes the penalty shrink beside a larger batch; it is the convention of the recipe that the
 * site's `original` network follows.
 */
export interface Penalty {
  readonly l2: number;
  readonly l1: number;
}

export const noPenalty: Penalty = { l2: 0, l1: 0 };

/** The penalty itself, from a layer's Σw² and Σ|w|; `batch` is m. */
export function penaltyLoss(
  penalty: Penalty,
  sums: { squares: number; magnitudes: number },
  batch: number,
): number {
  return ((penalty.l2 / 2) * sums.squares + penalty.l1 * sums.magnitudes) / batch;
}

/** dW += (λ₂·W + λ₁·sign W) / m. Both (units × inputs). */
export function addPenaltyGradient(penalty: Penalty, W: Matrix, batch: number, dW: Matrix): void {
  if (penalty.l2 === 0 && penalty.l1 === 0) return;
  // #region penalty-gradient
  for (let n = 0; n < W.values.length; n++) {
    const w = W.values[n]!;
    dW.values[n]! += (penalty.l2 * w + penalty.l1 * Math.sign(w)) / batch;
  }
  // #endregion
}

/**
 * Inverted dropout (Srivastava et al. 2014): each value is 0 with probability `rate`, and 1/(1 − rate) otherwise, so
 * that the mean stays what it was and nothing need be changed when the network is used.
 */
export function drawDropoutMask(mask: Real, count: number, rate: number, random: Random): void {
  const kept = 1 / (1 - rate);
  for (let n = 0; n < count; n++) mask[n] = random.uniform() < rate ? 0 : kept;
}

/** A = A ⊙ mask, over the rows in use. */
export function applyMask(A: Matrix, mask: Matrix): void {
  const count = A.rows * A.columns;
  for (let n = 0; n < count; n++) A.values[n]! *= mask.values[n]!;
}
