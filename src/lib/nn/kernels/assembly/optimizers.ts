import {
  BETA1,
  BETA2,
  CORRECTION1,
  CORRECTION2,
  EPSILON,
  L1_SHARE,
  L2_SHARE,
  LEARNING_RATE,
  MOMENTUM,
  MOMENTUM_KEPT,
  RMSPROP,
  SGD,
  SGDW,
  WEIGHT_KEPT,
} from '../layout.ts';
import { madd } from './simd.ts';

/*
 * One step of an optimiser, in place, on any stretch of parameters: a row of weights, a whole matrix, a bias.
 *
 * A rule is float64 in a row, in the order that layout.ts says.
 */

/** The smallest normal float32: averages below it become 0, since arithmetic on denormals is a hundred times slower. */
const SMALLEST: f32 = 1.1754944e-38;

// @inline
export function setting(rule: usize, index: i32): f64 {
  return load<f64>(rule + (index << 3));
}

// @inline
function flush(a: v128): v128 {
  return v128.and(a, v128.not(f32x4.lt(f32x4.abs(a), f32x4.splat(SMALLEST))));
}

/** θ −= step of the rule. All of `length` numbers, a multiple of 4. */
export function update(
  optimizer: i32,
  rule: usize,
  theta: usize,
  g: usize,
  first: usize,
  second: usize,
  length: i32,
): void {
  if (optimizer === SGD) sgd(rule, theta, g, length);
  else if (optimizer === SGDW) sgdw(rule, theta, g, length);
  else if (optimizer === MOMENTUM) withMomentum(rule, theta, g, first, length);
  else if (optimizer === RMSPROP) rmsprop(rule, theta, g, first, length);
  else adam(rule, theta, g, first, second, length);
}

function sgd(rule: usize, theta: usize, g: usize, length: i32): void {
  const rate = f32x4.splat(<f32>-setting(rule, LEARNING_RATE));
  for (let n = 0; n < length << 2; n += 16) sgdStep(rate, theta + n, g + n);
}

// @inline
export function sgdStep(rate: v128, theta: usize, g: usize): void {
  v128.store(theta, madd(rate, v128.load(g), v128.load(theta)));
}

function sgdw(rule: usize, theta: usize, g: usize, length: i32): void {
  const rate = f32x4.splat(<f32>-setting(rule, LEARNING_RATE));
  const kept = f32x4.splat(<f32>setting(rule, WEIGHT_KEPT));
  for (let n = 0; n < length << 2; n += 16) {
    v128.store(theta + n, madd(rate, v128.load(g + n), f32x4.mul(kept, v128.load(theta + n))));
  }
}

function withMomentum(rule: usize, theta: usize, g: usize, first: usize, length: i32): void {
  const rate = f32x4.splat(<f32>-setting(rule, LEARNING_RATE));
  const momentum = f32x4.splat(<f32>setting(rule, MOMENTUM_KEPT));
  for (let n = 0; n < length << 2; n += 16) {
    const mean = flush(madd(momentum, v128.load(first + n), v128.load(g + n)));
    v128.store(first + n, mean);
    v128.store(theta + n, madd(rate, mean, v128.load(theta + n)));
  }
}

function rmsprop(rule: usize, theta: usize, g: usize, first: usize, length: i32): void {
  const rate = f32x4.splat(<f32>-setting(rule, LEARNING_RATE));
  const beta = f32x4.splat(<f32>setting(rule, BETA2));
  const rest = f32x4.splat(<f32>(1 - setting(rule, BETA2)));
  const epsilon = f32x4.splat(<f32>setting(rule, EPSILON));
  for (let n = 0; n < length << 2; n += 16) {
    const gradient = v128.load(g + n);
    const square = flush(madd(beta, v128.load(first + n), f32x4.mul(f32x4.mul(rest, gradient), gradient)));
    v128.store(first + n, square);
    const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.sqrt(f32x4.add(square, epsilon)));
    v128.store(theta + n, f32x4.add(v128.load(theta + n), step));
  }
}

function adam(rule: usize, theta: usize, g: usize, first: usize, second: usize, length: i32): void {
  const rate = f32x4.splat(<f32>(-setting(rule, LEARNING_RATE) / setting(rule, CORRECTION1)));
  const beta1 = f32x4.splat(<f32>setting(rule, BETA1));
  const rest1 = f32x4.splat(<f32>(1 - setting(rule, BETA1)));
  const beta2 = f32x4.splat(<f32>setting(rule, BETA2));
  const rest2 = f32x4.splat(<f32>(1 - setting(rule, BETA2)));
  const epsilon = f32x4.splat(<f32>setting(rule, EPSILON));
  const correction2 = f32x4.splat(<f32>(1 / setting(rule, CORRECTION2)));
  const kept = f32x4.splat(<f32>setting(rule, WEIGHT_KEPT));
  for (let n = 0; n < length << 2; n += 16) {
    const gradient = v128.load(g + n);
    const mean = flush(madd(beta1, v128.load(first + n), f32x4.mul(rest1, gradient)));
    const square = flush(madd(beta2, v128.load(second + n), f32x4.mul(f32x4.mul(rest2, gradient), gradient)));
    v128.store(first + n, mean);
    v128.store(second + n, square);
    const spread = f32x4.add(f32x4.sqrt(f32x4.mul(square, correction2)), epsilon);
    const step = f32x4.div(f32x4.mul(rate, mean), spread);
    v128.store(theta + n, madd(kept, v128.load(theta + n), step));
  }
}

/** g += (λ₂·W + λ₁·sign W) / m. All of `length` numbers, a multiple of 4. */
export function addPenaltyGradient(rule: usize, W: usize, g: usize, length: i32): void {
  const l2 = f32x4.splat(<f32>setting(rule, L2_SHARE));
  const l1 = f32x4.splat(<f32>setting(rule, L1_SHARE));
  const kinked = setting(rule, L1_SHARE) !== 0;
  for (let n = 0; n < length << 2; n += 16) addPenalty(l2, l1, kinked, W + n, g + n);
}

/** @param kinked whether λ₁ is not 0 */
// @inline
export function addPenalty(l2: v128, l1: v128, kinked: bool, W: usize, g: usize): void {
  const w = v128.load(W);
  const gradient = v128.load(g);
  const zero = f32x4.splat(0);
  let share = f32x4.mul(l2, w);
  if (kinked) {
    const sign = f32x4.sub(v128.and(f32x4.gt(w, zero), l1), v128.and(f32x4.lt(w, zero), l1));
    // At 0 the slope that leaves least of the gradient.
    const least = f32x4.max(f32x4.neg(l1), f32x4.min(l1, gradient));
    share = f32x4.sub(f32x4.add(share, sign), v128.and(f32x4.eq(w, zero), least));
  }
  v128.store(g, f32x4.add(gradient, share));
}

/** W = 0 where a step carried it past 0. All of `length` numbers, a multiple of 4. @param before W before the step */
export function stopAtZero(before: usize, g: usize, W: usize, length: i32): void {
  const zero = f32x4.splat(0);
  for (let n = 0; n < length << 2; n += 16) {
    const was = v128.load(before + n);
    const w = v128.load(W + n);
    const side = v128.bitselect(f32x4.neg(v128.load(g + n)), was, f32x4.eq(was, zero));
    // What is not a number is on no side, and stays for whoever looks for it.
    const past = v128.or(
      f32x4.eq(side, zero),
      v128.or(
        v128.and(f32x4.gt(side, zero), f32x4.le(w, zero)),
        v128.and(f32x4.lt(side, zero), f32x4.ge(w, zero)),
      ),
    );
    v128.store(W + n, v128.andnot(w, past));
  }
}

/** Σw² of `length` numbers, a multiple of 4; in the second place of `sums`, Σ|w|. */
export function weightSums(W: usize, length: i32, sums: usize): void {
  let squares: f64 = 0;
  let magnitudes: f64 = 0;
  const end = W + (length << 2);
  while (W < end) {
    // Float32 sums of a few thousand numbers at a time, in several lanes: short enough to lose nothing that matters.
    const stop = min(end, W + 16384);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let m0 = s0;
    let m1 = s0;
    for (; W + 32 <= stop; W += 32) {
      const w0 = v128.load(W);
      const w1 = v128.load(W, 16);
      s0 = madd(w0, w0, s0);
      s1 = madd(w1, w1, s1);
      m0 = f32x4.add(m0, f32x4.abs(w0));
      m1 = f32x4.add(m1, f32x4.abs(w1));
    }
    if (W < stop) {
      const w = v128.load(W);
      s0 = madd(w, w, s0);
      m0 = f32x4.add(m0, f32x4.abs(w));
      W += 16;
    }
    squares += sumOfLanes(f32x4.add(s0, s1));
    magnitudes += sumOfLanes(f32x4.add(m0, m1));
  }
  store<f64>(sums, squares);
  store<f64>(sums, magnitudes, 8);
}

// @inline
function sumOfLanes(a: v128): f64 {
  return (
    <f64>f32x4.extract_lane(a, 0) +
    <f64>f32x4.extract_lane(a, 1) +
    (<f64>f32x4.extract_lane(a, 2) + <f64>f32x4.extract_lane(a, 3))
  );
}
