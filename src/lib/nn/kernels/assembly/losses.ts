import { firstLanes } from './simd.ts';

/* What the outputs cost, and the gradient with which the backward pass begins: (batch × classes), rows of `rowBytes`. */

/** The label of an example in none of the classes: all its targets are 1 / classes. */
const NONE: i32 = 255;

// @inline
function target(label: i32, k: i32, classes: i32, smoothing: f64): f64 {
  if (label === NONE) return 1 / <f64>classes;
  return (label === k ? 1 - smoothing : 0) + smoothing / <f64>classes;
}

/** Σ over the batch of −Σ yₖ log pₖ, with log pₖ = zₖ − log Σ eᶻ. */
export function crossEntropy(
  Z: usize,
  logSums: usize,
  labels: usize,
  batch: i32,
  classes: i32,
  rowBytes: i32,
  smoothing: f64,
): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < batch; i++) {
    const label = <i32>load<u8>(labels + i);
    const logSum = load<f64>(logSums + (i << 3));
    const evenly: f64 = label === NONE ? 1 : smoothing;
    if (label !== NONE) sum += (1 - smoothing) * (logSum - <f64>load<f32>(Z + (label << 2)));
    if (evenly !== 0) {
      let others: f64 = 0;
      for (let k = 0; k < classes; k++) others += logSum - <f64>load<f32>(Z + (k << 2));
      sum += (evenly / <f64>classes) * others;
    }
    Z += rowBytes;
  }
  return sum;
}

/** δ = p − y. */
export function crossEntropyGradient(
  P: usize,
  labels: usize,
  delta: usize,
  batch: i32,
  classes: i32,
  rowBytes: i32,
  smoothing: f64,
): void {
  memory.copy(delta, P, batch * rowBytes);
  for (let i = 0; i < batch; i++) {
    const label = <i32>load<u8>(labels + i);
    if (smoothing === 0 && label !== NONE) {
      store<f32>(delta + (label << 2), load<f32>(delta + (label << 2)) - 1);
    } else {
      for (let k = 0; k < classes; k++) {
        const p: f64 = load<f32>(delta + (k << 2));
        store<f32>(delta + (k << 2), <f32>(p - target(label, k, classes, smoothing)));
      }
    }
    delta += rowBytes;
  }
}

/** Σ over the batch of Σ (aₖ − yₖ)² / classes. */
export function squaredError(
  A: usize,
  labels: usize,
  batch: i32,
  classes: i32,
  rowBytes: i32,
  smoothing: f64,
): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < batch; i++) {
    const label = <i32>load<u8>(labels + i);
    for (let k = 0; k < classes; k++) {
      const error = <f64>load<f32>(A + (k << 2)) - target(label, k, classes, smoothing);
      sum += error * error;
    }
    A += rowBytes;
  }
  return sum / <f64>classes;
}

/** dA = 2 (a − y) / classes. */
export function squaredErrorGradient(
  A: usize,
  labels: usize,
  dA: usize,
  batch: i32,
  classes: i32,
  rowBytes: i32,
  smoothing: f64,
): void {
  for (let i = 0; i < batch; i++) {
    const label = <i32>load<u8>(labels + i);
    for (let k = 0; k < classes; k++) {
      const error = <f64>load<f32>(A + (k << 2)) - target(label, k, classes, smoothing);
      store<f32>(dA + (k << 2), <f32>((2 * error) / <f64>classes));
    }
    A += rowBytes;
    dA += rowBytes;
  }
}

/** Rows whose largest output, the first of equals, is at their label. Outputs that are not numbers are never largest. */
export function countCorrect(A: usize, labels: usize, batch: i32, classes: i32, rowBytes: i32): i32 {
  const edge = firstLanes(classes - ((rowBytes >> 2) - 4));
  const last = rowBytes - 16;
  const lanes = i32x4(0, 1, 2, 3);
  let correct = 0;
  for (let i = 0; i < batch; i++) {
    const label = <i32>load<u8>(labels + i);
    if (label === NONE) {
      A += rowBytes;
      continue;
    }
    const value = load<f32>(A + (label << 2));
    const own = f32x4.splat(value);
    let rivals = f32x4.splat(0);
    for (let n = 0; n <= last; n += 16) {
      const others = v128.load(A + n);
      const before = i32x4.lt_s(lanes, i32x4.splat(label - (n >> 2)));
      let ahead = v128.or(f32x4.gt(others, own), v128.and(before, f32x4.eq(others, own)));
      if (n === last) ahead = v128.and(ahead, edge);
      rivals = v128.or(rivals, ahead);
    }
    if (value > -Infinity && !v128.any_true(rivals)) correct++;
    A += rowBytes;
  }
  return correct;
}
