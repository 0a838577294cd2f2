import type { Random } from './random.ts';
import type { Real } from './examples.ts';
import type { Matrix } from './matrix.ts';

/**
 * What large weights cost: (λ₂/2 · Σw² + λ₁ · Σ|w|) / m, biases free.
 *
 * m is the batch size that the run asks for, also on an epoch's last batch, which may hold a single example. The division by m makes the penalty shrink beside a larger batch; it
 * is the convention of the recipe that the site's `original` network follows.
 */
export interface Penalty {
  readonly l2: number;
  readonly l1: number;
  /** m; `fit` fills it in. Where nobody does, each batch that the network is handed counts as a full one. */
  readonly batchSize?: number;
}

export const noPenalty: Penalty = { l2: 0, l1: 0 };

/** The penalty's m, on a batch of so many examples. */
export function penaltyBatch(penalty: Penalty, examples: number): number {
  return penalty.batchSize ?? examples;
}

/** The penalty itself, from a layer's Σw² and Σ|w|, on a batch of so many examples. */
export function penaltyLoss(
  penalty: Penalty,
  sums: { squares: number; magnitudes: number },
  examples: number,
): number {
  const m = penaltyBatch(penalty, examples);
  return ((penalty.l2 / 2) * sums.squares + penalty.l1 * sums.magnitudes) / m;
}

/** dW += (λ₂·W + λ₁·sign W) / m, on a batch of so many examples. Both (units × inputs). */
export function addPenaltyGradient(penalty: Penalty, W: Matrix, examples: number, dW: Matrix): void {
  if (penalty.l2 === 0 && penalty.l1 === 0) return;
  const m = penaltyBatch(penalty, examples);
  // #region add-penalty-gradient
  for (let n = 0; n < W.values.length; n++) {
    dW.values[n] += penaltySlope(penalty, m, W.values[n], dW.values[n]);
  }
  // #endregion
}

/**
 * The penalty's slope at a weight. |w| has a kink at 0: there every slope from −λ₁/m to λ₁/m is one of it, and the one is taken that
 * leaves least of the gradient (Andrew and Gao 2007). So a weight stays at 0 unless its gradient pulls harder than λ₁/m.
 *
 * @param m what the penalty is divided by
 * @param gradient of the loss without penalty, by this weight
 */
export function penaltySlope(
  { l2, l1 }: Pick<Penalty, 'l2' | 'l1'>,
  m: number,
  w: number,
  gradient: number,
): number {
  // #region penalty-slope
  if (w !== 0) return (l2 * w + l1 * Math.sign(w)) / m;
  return -Math.max(-l1 / m, Math.min(l1 / m, gradient));
  // #endregion
}

/**
 * What makes weights exactly 0 under L1: one that a step would carry past 0 stops there, and is free to go on from there with the next.
 * Steps alone would carry it from side to side for ever (Tsuruoka, Tsujii and Ananiadou 2009; for any optimiser as Andrew and Gao 2007).
 *
 * @param before the weights before the step, all (units × inputs)
 * @param dW the gradient of that step, the penalty's share in it: it says to which side a weight at 0 is sent
 */
export function stopAtZero(before: Real, dW: Matrix, W: Matrix): void {
  for (let n = 0; n < W.values.length; n++) {
    W.values[n] = stoppedAtZero(before[n], dW.values[n], W.values[n]);
  }
}

/** What becomes of one weight: `after`, or 0 where that is not on the side that it was on, or was sent to from 0. */
export function stoppedAtZero(before: number, gradient: number, after: number): number {
  const side = before === 0 ? -gradient : before;
  return side * after <= 0 ? 0 : after;
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
  for (let n = 0; n < count; n++) A.values[n] *= mask.values[n];
}
