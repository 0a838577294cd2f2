import { LEAKY_RELU, LINEAR, RELU, SIGMOID } from '../layout.ts';
import { exponential, firstLanes, logarithm, madd } from './simd.ts';

/* Activations and their derivatives, on a whole batch. Matrices are (batch × units), rows of `rowBytes`. */

/** A = g(Z). */
export function activate(
  name: i32,
  leak: f32,
  Z: usize,
  A: usize,
  batch: i32,
  units: i32,
  rowBytes: i32,
): void {
  const bytes = batch * rowBytes;
  if (name === LINEAR) {
    memory.copy(A, Z, bytes);
  } else if (name === RELU) {
    // Taken away where z ≤ 0, rather than kept where z > 0: so NaN stays NaN.
    for (let n = 0; n < bytes; n += 16) {
      const z = v128.load(Z + n);
      v128.store(A + n, v128.andnot(z, f32x4.le(z, f32x4.splat(0))));
    }
  } else if (name === LEAKY_RELU) {
    for (let n = 0; n < bytes; n += 16) {
      const z = v128.load(Z + n);
      const leaked = f32x4.mul(z, f32x4.splat(leak));
      v128.store(A + n, v128.bitselect(z, leaked, f32x4.gt(z, f32x4.splat(0))));
    }
  } else if (name === SIGMOID) {
    for (let n = 0; n < bytes; n += 16) v128.store(A + n, sigmoid(v128.load(Z + n)));
  } else {
    for (let n = 0; n < bytes; n += 16) v128.store(A + n, tanh(v128.load(Z + n)));
  }
  clearEdge(A, batch, units, rowBytes);
}

/** δ = dA ⊙ g′(Z). */
export function activationBackward(
  name: i32,
  leak: f32,
  dA: usize,
  Z: usize,
  A: usize,
  delta: usize,
  batch: i32,
  units: i32,
  rowBytes: i32,
): void {
  const bytes = batch * rowBytes;
  const one = f32x4.splat(1);
  if (name === LINEAR) {
    memory.copy(delta, dA, bytes);
  } else if (name === RELU || name === LEAKY_RELU) {
    const below = f32x4.splat(name === RELU ? 0 : leak);
    for (let n = 0; n < bytes; n += 16) {
      const slope = v128.bitselect(one, below, f32x4.gt(v128.load(Z + n), f32x4.splat(0)));
      v128.store(delta + n, f32x4.mul(v128.load(dA + n), slope));
    }
  } else if (name === SIGMOID) {
    for (let n = 0; n < bytes; n += 16) {
      const a = v128.load(A + n);
      v128.store(delta + n, f32x4.mul(v128.load(dA + n), f32x4.mul(a, f32x4.sub(one, a))));
    }
  } else {
    for (let n = 0; n < bytes; n += 16) {
      const a = v128.load(A + n);
      v128.store(delta + n, f32x4.mul(v128.load(dA + n), f32x4.sub(one, f32x4.mul(a, a))));
    }
  }
  clearEdge(delta, batch, units, rowBytes);
}

/** to = from ⊙ mask. */
export function multiply(from: usize, mask: usize, to: usize, bytes: i32): void {
  for (let n = 0; n < bytes; n += 16) {
    v128.store(to + n, f32x4.mul(v128.load(from + n), v128.load(mask + n)));
  }
}

/** P = softmax(Z) row by row, of which the maximum is subtracted first; and log Σ eᶻ of each row, as float64. */
export function softmax(Z: usize, P: usize, logSums: usize, batch: i32, units: i32, rowBytes: i32): void {
  const edge = firstLanes(units - ((rowBytes >> 2) - 4));
  const last = rowBytes - 16;
  const lowest = f32x4.splat(-Infinity);
  for (let i = 0; i < batch; i++) {
    let maxima = v128.bitselect(v128.load(Z + last), lowest, edge);
    for (let n = 0; n < last; n += 16) maxima = f32x4.pmax(maxima, v128.load(Z + n));
    maxima = f32x4.pmax(maxima, v128.shuffle<f32>(maxima, maxima, 2, 3, 0, 1));
    maxima = f32x4.pmax(maxima, v128.shuffle<f32>(maxima, maxima, 1, 0, 3, 2));
    let sums = f32x4.splat(0);
    for (let n = 0; n < last; n += 16) {
      const e = exponential(f32x4.sub(v128.load(Z + n), maxima));
      v128.store(P + n, e);
      sums = f32x4.add(sums, e);
    }
    const e = v128.and(exponential(f32x4.sub(v128.load(Z + last), maxima)), edge);
    sums = f32x4.add(sums, e);
    sums = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
    sums = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 1, 0, 3, 2));
    for (let n = 0; n < last; n += 16) v128.store(P + n, f32x4.div(v128.load(P + n), sums));
    v128.store(P + last, v128.and(f32x4.div(e, sums), edge));
    const sum: f64 = f32x4.extract_lane(sums, 0);
    store<f64>(logSums + (i << 3), <f64>f32x4.extract_lane(maxima, 0) + logarithm(sum));
    Z += rowBytes;
    P += rowBytes;
  }
}

/** δₖ = pₖ (dpₖ − Σ dpₗ pₗ), row by row. */
export function softmaxBackward(
  dP: usize,
  P: usize,
  delta: usize,
  batch: i32,
  units: i32,
  rowBytes: i32,
): void {
  for (let i = 0; i < batch; i++) {
    let mean: f64 = 0;
    for (let n = 0; n < units << 2; n += 4) mean += <f64>load<f32>(dP + n) * <f64>load<f32>(P + n);
    for (let n = 0; n < units << 2; n += 4) {
      store<f32>(delta + n, <f32>(<f64>load<f32>(P + n) * (<f64>load<f32>(dP + n) - mean)));
    }
    dP += rowBytes;
    P += rowBytes;
    delta += rowBytes;
  }
  clearEdge(delta - batch * rowBytes, batch, units, rowBytes);
}

/** Zeros behind each row's last unit, whatever was computed there. */
// @inline
function clearEdge(matrix: usize, batch: i32, units: i32, rowBytes: i32): void {
  if (units << 2 === rowBytes) return;
  const edge = firstLanes(units - ((rowBytes >> 2) - 4));
  let last = matrix + rowBytes - 16;
  for (let i = 0; i < batch; i++) {
    v128.store(last, v128.and(v128.load(last), edge));
    last += rowBytes;
  }
}

/** From the side on which the exponential cannot overflow. */
// @inline
function sigmoid(z: v128): v128 {
  const one = f32x4.splat(1);
  const e = exponential(f32x4.neg(f32x4.abs(z)));
  const numerator = v128.bitselect(one, e, f32x4.ge(z, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(one, e));
}

/** By its series near 0, where 1 − e⁻²ᶻ would cancel. */
// @inline
function tanh(z: v128): v128 {
  const one = f32x4.splat(1);
  const x = f32x4.abs(z);
  const z2 = f32x4.mul(z, z);
  let series = madd(z2, f32x4.splat(62.0 / 2835), f32x4.splat(-17.0 / 315));
  series = madd(z2, series, f32x4.splat(2.0 / 15));
  series = madd(z2, series, f32x4.splat(-1.0 / 3));
  series = madd(z2, series, one);
  const e = exponential(f32x4.mul(x, f32x4.splat(-2)));
  const far = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const signed = v128.or(far, v128.and(z, f32x4.splat(-0.0)));
  return v128.bitselect(f32x4.mul(z, series), signed, f32x4.lt(x, f32x4.splat(0.25)));
}
