import { PANEL, madd, panelBytes, panelOf } from './simd';
import { entryBytes, gradientRow, packDelta, stepRow } from './sparse';

/*
 * One step of an optimiser, in place, on any stretch of parameters: a row of weights, a whole matrix, a bias.
 *
 * A rule is these float64 in a row: learning rate, momentum, β₁, β₂, ε, 1 − β₁ᵗ, 1 − β₂ᵗ, what weight decay leaves of a
 * weight, then the penalty's λ₂/m and λ₁/m.
 */
const SGD = 0;
const MOMENTUM = 1;
const RMSPROP = 2;

/** The smallest normal float32: averages below it become 0, since arithmetic on denormals is a hundred times slower. */
const SMALLEST: f32 = 1.1754944e-38;

// @ts-ignore: decorator
@inline
function setting(rule: usize, index: i32): f64 {
  return load<f64>(rule + (index << 3));
}

// @ts-ignore: decorator
@inline
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
  if (optimizer == SGD) sgd(rule, theta, g, length);
  else if (optimizer == MOMENTUM) withMomentum(rule, theta, g, first, length);
  else if (optimizer == RMSPROP) rmsprop(rule, theta, g, first, length);
  else adam(rule, theta, g, first, second, length);
}

function sgd(rule: usize, theta: usize, g: usize, length: i32): void {
  const rate = f32x4.splat(<f32>-setting(rule, 0));
  for (let n = 0; n < length << 2; n += 16) sgdStep(rate, theta + n, g + n);
}

// @ts-ignore: decorator
@inline
function sgdStep(rate: v128, theta: usize, g: usize): void {
  v128.store(theta, madd(rate, v128.load(g), v128.load(theta)));
}

function withMomentum(rule: usize, theta: usize, g: usize, first: usize, length: i32): void {
  const rate = f32x4.splat(<f32>-setting(rule, 0));
  const momentum = f32x4.splat(<f32>setting(rule, 1));
  for (let n = 0; n < length << 2; n += 16) {
    const mean = flush(madd(momentum, v128.load(first + n), v128.load(g + n)));
    v128.store(first + n, mean);
    v128.store(theta + n, madd(rate, mean, v128.load(theta + n)));
  }
}

function rmsprop(rule: usize, theta: usize, g: usize, first: usize, length: i32): void {
  const rate = f32x4.splat(<f32>-setting(rule, 0));
  const beta = f32x4.splat(<f32>setting(rule, 3));
  const rest = f32x4.splat(<f32>(1 - setting(rule, 3)));
  const epsilon = f32x4.splat(<f32>setting(rule, 4));
  for (let n = 0; n < length << 2; n += 16) {
    const gradient = v128.load(g + n);
    const square = flush(madd(beta, v128.load(first + n), f32x4.mul(f32x4.mul(rest, gradient), gradient)));
    v128.store(first + n, square);
    const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.sqrt(f32x4.add(square, epsilon)));
    v128.store(theta + n, f32x4.add(v128.load(theta + n), step));
  }
}

function adam(rule: usize, theta: usize, g: usize, first: usize, second: usize, length: i32): void {
  const rate = f32x4.splat(<f32>(-setting(rule, 0) / setting(rule, 5)));
  const beta1 = f32x4.splat(<f32>setting(rule, 2));
  const rest1 = f32x4.splat(<f32>(1 - setting(rule, 2)));
  const beta2 = f32x4.splat(<f32>setting(rule, 3));
  const rest2 = f32x4.splat(<f32>(1 - setting(rule, 3)));
  const epsilon = f32x4.splat(<f32>setting(rule, 4));
  const correction2 = f32x4.splat(<f32>(1 / setting(rule, 6)));
  const kept = f32x4.splat(<f32>setting(rule, 7));
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
  const l2 = f32x4.splat(<f32>setting(rule, 8));
  const l1 = f32x4.splat(<f32>setting(rule, 9));
  for (let n = 0; n < length << 2; n += 16) addPenalty(l2, l1, W + n, g + n);
}

// @ts-ignore: decorator
@inline
function addPenalty(l2: v128, l1: v128, W: usize, g: usize): void {
  const w = v128.load(W);
  const zero = f32x4.splat(0);
  const sign = f32x4.sub(v128.and(f32x4.gt(w, zero), l1), v128.and(f32x4.lt(w, zero), l1));
  v128.store(g, f32x4.add(v128.load(g), madd(l2, w, sign)));
}

/**
 * dW of a layer fed with pairs, (inputs × units) in panels, out of the entries of `sortByInput`.
 *
 * @param sorted how many examples these entries are of, out of the batch
 * @param adds whether to add to what is in dW already, from the examples before
 * @param panel scratch, `sorted` × `PANEL` bytes
 */
export function sparseGradient(
  ends: usize,
  entries: usize,
  inputs: i32,
  delta: usize,
  sorted: i32,
  batch: i32,
  adds: bool,
  dW: usize,
  rowBytes: i32,
  panel: usize,
): void {
  const mean = f32x4.splat(1 / <f32>batch);
  const room = entryBytes(sorted);
  for (let column = 0; column < rowBytes; column += PANEL) {
    const bytes = panelBytes(rowBytes, column);
    packDelta(delta + column, sorted, rowBytes, bytes, panel);
    let g = panelOf(dW, inputs, column);
    for (let k = 0; k < inputs; k++) {
      const begin = entries + k * room;
      gradientRow(begin, load<u32>(ends + (k << 2)), panel, mean, adds, g, bytes);
      g += bytes;
    }
  }
}

/**
 * Gradient and step of a layer fed with pairs, row by row, while the row is at hand.
 *
 * @param seen (inputs) bytes: whether an input was ever not 0; until then its gradient and averages are 0, and its
 *   weights stay as they are
 * @param skips whether that is so with this rule: not if weights decay
 * @param penalized whether the rule has a penalty; if so, the gradient is kept in dW
 * @param dW as W, or scratch for a row where the gradient is not kept
 * @param panel scratch, batch × `PANEL` bytes
 */
export function sparseUpdate(
  optimizer: i32,
  rule: usize,
  ends: usize,
  entries: usize,
  inputs: i32,
  delta: usize,
  batch: i32,
  W: usize,
  first: usize,
  second: usize,
  seen: usize,
  skips: bool,
  penalized: bool,
  dW: usize,
  rowBytes: i32,
  panel: usize,
): void {
  const mean = f32x4.splat(1 / <f32>batch);
  const rate = f32x4.splat(<f32>-setting(rule, 0));
  const l2 = f32x4.splat(<f32>setting(rule, 8));
  const l1 = f32x4.splat(<f32>setting(rule, 9));
  const factor = f32x4.mul(rate, mean);
  const room = entryBytes(batch);
  for (let column = 0; column < rowBytes; column += PANEL) {
    const bytes = panelBytes(rowBytes, column);
    packDelta(delta + column, batch, rowBytes, bytes, panel);
    const offset = panelOf(0, inputs, column);
    for (let k = 0; k < inputs; k++) {
      const begin = entries + k * room;
      const end: usize = load<u32>(ends + (k << 2));
      if (begin != end) store<u8>(seen + k, 1);
      else if (skips && (optimizer == SGD || load<u8>(seen + k) == 0)) continue;
      const row = offset + k * bytes;
      const w = W + row;
      if (optimizer == SGD && !penalized && bytes == PANEL) {
        stepRow(begin, end, panel, factor, w);
        continue;
      }
      const g = penalized ? dW + row : dW;
      gradientRow(begin, end, panel, mean, false, g, bytes);
      if (optimizer == SGD) {
        for (let n = 0; n < bytes; n += 16) {
          if (penalized) addPenalty(l2, l1, w + n, g + n);
          sgdStep(rate, w + n, g + n);
        }
      } else {
        if (penalized) {
          for (let n = 0; n < bytes; n += 16) addPenalty(l2, l1, w + n, g + n);
        }
        update(optimizer, rule, w, g, first + row, second + row, bytes >> 2);
      }
    }
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

// @ts-ignore: decorator
@inline
function sumOfLanes(a: v128): f64 {
  return (
    <f64>f32x4.extract_lane(a, 0) +
    <f64>f32x4.extract_lane(a, 1) +
    (<f64>f32x4.extract_lane(a, 2) + <f64>f32x4.extract_lane(a, 3))
  );
}
