import { PANEL } from '../layout.ts';

/*
 * Four float32 at a time: the few operations that WebAssembly does not have. In every file here a `usize` is an address,
 * and a row of n numbers takes a multiple of 16 bytes: its last vector is filled up with zeros.
 *
 * Weights lie input-major and in panels: first the rows (one an input) of the first 32 units, then those of the next 32,
 * and so on; the last panel is as wide as what is left. So what one pass over the inputs reads is one stretch of
 * memory; columns of a wide matrix would share a few places of the cache, and chase each other out.
 */

/** Where the panel begins that has the units from `column` (in bytes of a row) on. */
// @inline
export function panelOf(W: usize, inputs: i32, column: i32): usize {
  return W + column * ((inputs + 3) & ~3);
}

/** Bytes of this panel's rows. */
// @inline
export function panelBytes(rowBytes: i32, column: i32): i32 {
  return min(PANEL, rowBytes - column);
}

/** a·b + c: rounded once in the relaxed build where the machine can, else twice. */
// @inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** (Σa, Σb, Σc, Σd) of four vectors. */
// @inline
export function sumsOfLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** All bits set in the lanes below `count`, which is 1 to 4. */
// @inline
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/**
 * eˣ to 2e-7 relative: x = n·ln 2 + r with |r| ≤ ½ ln 2, the Taylor polynomial of eʳ, then a scaling by 2ⁿ in two
 * factors, since 2ⁿ alone may be out of range where eˣ is not. NaN stays NaN.
 */
// @inline
export function exponential(x: v128): v128 {
  // The bounds come second, so that a NaN is what is kept; adding 1.5·2²³ leaves the nearest integer in the last bits.
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-105)), f32x4.splat(89));
  const shifted = madd(bounded, f32x4.splat(1.4426950408889634), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  // ln 2 in two parts, the first with so few bits that n times it is exact.
  let r = madd(n, f32x4.splat(-0.693359375), bounded);
  r = madd(n, f32x4.splat(2.1219444e-4), r);
  let p = madd(r, f32x4.splat(1.0 / 5040), f32x4.splat(1.0 / 720));
  p = madd(r, p, f32x4.splat(1.0 / 120));
  p = madd(r, p, f32x4.splat(1.0 / 24));
  p = madd(r, p, f32x4.splat(1.0 / 6));
  p = madd(r, p, f32x4.splat(0.5));
  p = madd(r, p, f32x4.splat(1));
  p = madd(r, p, f32x4.splat(1));
  const exponent = i32x4.sub(shifted, i32x4.splat(0x4b400000));
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

// @inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** ln x of a normal x > 0 to 1e-15: x = m·2ᵏ with m in [√½, √2], then the series of 2·artanh((m − 1)/(m + 1)). */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  if (!(x > 0) || bits >= 0x7ff0000000000000) return x > 0 ? x : NaN;
  let k = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let sum: f64 = 1.0 / 21;
  sum = sum * s2 + 1.0 / 19;
  sum = sum * s2 + 1.0 / 17;
  sum = sum * s2 + 1.0 / 15;
  sum = sum * s2 + 1.0 / 13;
  sum = sum * s2 + 1.0 / 11;
  sum = sum * s2 + 1.0 / 9;
  sum = sum * s2 + 1.0 / 7;
  sum = sum * s2 + 1.0 / 5;
  sum = sum * s2 + 1.0 / 3;
  sum = sum * s2 + 1;
  return <f64>k * 0.6931471805599453 + 2 * s * sum;
}
