import { PANEL, madd, panelBytes, panelOf } from './simd';

/*
 * The first layer, whose inputs are bytes and mostly 0. An image is the list of its pairs (input, value): only they
 * cost anything. Weights lie input-major (see simd.ts), so a pair's weights into 32 units are one contiguous row.
 *
 * A pair is 16 bits: steps from the last pair's input << 8 | value. Where the next non-zero byte is more than 255 steps
 * away, pairs of value 0 stand on the way. A span (two addresses, begin and end) says where an image's pairs are.
 * `scale` is a table of the 256 values of a byte as numbers.
 */
const FARTHEST = 255;

/** How many of these bytes are not 0. */
export function countNonZeros(bytes: usize, length: i32): i32 {
  let count = 0;
  let n = 0;
  for (; n + 16 <= length; n += 16) count += popcnt(nonZeros(bytes + n));
  for (; n < length; n++) count += load<u8>(bytes + n) != 0 ? 1 : 0;
  return count;
}

/**
 * The pairs of each image, one after the other, and their spans.
 *
 * @param pairs room for 2 bytes a pair: the non-zero bytes, and for each image those on the way, at most width / 255
 */
export function findPairs(bytes: usize, images: i32, width: i32, pairs: usize, spans: usize): void {
  for (let i = 0; i < images; i++) {
    store<u32>(spans, pairs);
    let last = 0;
    let k = 0;
    for (; k + 16 <= width; k += 16) {
      for (let mask = nonZeros(bytes + k); mask != 0; mask &= mask - 1) {
        const input = k + ctz(mask);
        pairs = storePair(pairs, input - last, load<u8>(bytes + input));
        last = input;
      }
    }
    for (; k < width; k++) {
      if (load<u8>(bytes + k) == 0) continue;
      pairs = storePair(pairs, k - last, load<u8>(bytes + k));
      last = k;
    }
    store<u32>(spans, pairs, 4);
    spans += 8;
    bytes += width;
  }
}

// @ts-ignore: decorator
@inline
function nonZeros(bytes: usize): i32 {
  return i8x16.bitmask(i8x16.ne(v128.load(bytes), i8x16.splat(0)));
}

// @ts-ignore: decorator
@inline
function storePair(pairs: usize, steps: i32, value: u8): usize {
  for (; steps > FARTHEST; steps -= FARTHEST) {
    store<u16>(pairs, FARTHEST << 8);
    pairs += 2;
  }
  store<u16>(pairs, <u16>((steps << 8) | <i32>value));
  return pairs + 2;
}

/**
 * The spans of a batch, out of those of the whole data set.
 *
 * Reads a little of each cache line: the images lie scattered over a large memory, and what is asked for here, all at
 * once, has come when the pairs are needed.
 *
 * @returns nothing of use: it is there for the compiler to keep the reading
 */
export function gatherSpans(from: usize, rows: usize, batch: i32, spans: usize): u32 {
  for (let i = 0; i < batch; i++) {
    store<u64>(spans + (i << 3), load<u64>(from + <usize>load<u32>(rows + (i << 2)) * 8));
  }
  let touched: u32 = 0;
  for (let i = 0; i < batch; i++) {
    const end = load<u32>(spans + (i << 3), 4);
    for (let line: usize = load<u32>(spans + (i << 3)); line < end; line += 64) touched |= load<u16>(line);
  }
  return touched;
}

/**
 * Z = A·Wᵀ + b, a panel of 32 units at a time in registers.
 *
 * @param W (inputs × units) in panels, b (units), Z (batch × units)
 */
export function sparseAffine(
  spans: usize,
  batch: i32,
  scale: usize,
  W: usize,
  inputs: i32,
  b: usize,
  Z: usize,
  rowBytes: i32,
): void {
  for (let column = 0; column < rowBytes; column += PANEL) {
    const panel = panelOf(W, inputs, column);
    const bytes = panelBytes(rowBytes, column);
    for (let i = 0; i < batch; i++) {
      const span = spans + (i << 3);
      const z = Z + i * rowBytes + column;
      if (bytes == PANEL) {
        affine8(span, scale, panel, b + column, z);
      } else {
        let n = 0;
        for (; n + 64 <= bytes; n += 64) affine4(span, scale, panel + n, b + column + n, z + n, bytes);
        for (; n < bytes; n += 16) affine1(span, scale, panel + n, b + column + n, z + n, bytes);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function affine8(span: usize, scale: usize, W: usize, b: usize, Z: usize): void {
  let z0 = v128.load(b);
  let z1 = v128.load(b, 16);
  let z2 = v128.load(b, 32);
  let z3 = v128.load(b, 48);
  let z4 = v128.load(b, 64);
  let z5 = v128.load(b, 80);
  let z6 = v128.load(b, 96);
  let z7 = v128.load(b, 112);
  const end = load<u32>(span, 4);
  let row = W;
  for (let pair: usize = load<u32>(span); pair < end; pair += 2) {
    const both = <usize>load<u16>(pair);
    row += (both >> 8) * PANEL;
    const value = v128.load32_splat(scale + ((both & 255) << 2));
    z0 = madd(value, v128.load(row), z0);
    z1 = madd(value, v128.load(row, 16), z1);
    z2 = madd(value, v128.load(row, 32), z2);
    z3 = madd(value, v128.load(row, 48), z3);
    z4 = madd(value, v128.load(row, 64), z4);
    z5 = madd(value, v128.load(row, 80), z5);
    z6 = madd(value, v128.load(row, 96), z6);
    z7 = madd(value, v128.load(row, 112), z7);
  }
  v128.store(Z, z0);
  v128.store(Z, z1, 16);
  v128.store(Z, z2, 32);
  v128.store(Z, z3, 48);
  v128.store(Z, z4, 64);
  v128.store(Z, z5, 80);
  v128.store(Z, z6, 96);
  v128.store(Z, z7, 112);
}

// @ts-ignore: decorator
@inline
function affine4(span: usize, scale: usize, W: usize, b: usize, Z: usize, rowBytes: i32): void {
  let z0 = v128.load(b);
  let z1 = v128.load(b, 16);
  let z2 = v128.load(b, 32);
  let z3 = v128.load(b, 48);
  const end = load<u32>(span, 4);
  let row = W;
  for (let pair: usize = load<u32>(span); pair < end; pair += 2) {
    const both = <usize>load<u16>(pair);
    row += (both >> 8) * rowBytes;
    const value = v128.load32_splat(scale + ((both & 255) << 2));
    z0 = madd(value, v128.load(row), z0);
    z1 = madd(value, v128.load(row, 16), z1);
    z2 = madd(value, v128.load(row, 32), z2);
    z3 = madd(value, v128.load(row, 48), z3);
  }
  v128.store(Z, z0);
  v128.store(Z, z1, 16);
  v128.store(Z, z2, 32);
  v128.store(Z, z3, 48);
}

// @ts-ignore: decorator
@inline
function affine1(span: usize, scale: usize, W: usize, b: usize, Z: usize, rowBytes: i32): void {
  let z = v128.load(b);
  const end = load<u32>(span, 4);
  let row = W;
  for (let pair: usize = load<u32>(span); pair < end; pair += 2) {
    row += <usize>load<u8>(pair, 1) * rowBytes;
    z = madd(v128.load32_splat(scale + (<usize>load<u8>(pair) << 2)), v128.load(row), z);
  }
  v128.store(Z, z);
}

/**
 * From one input's entries to the next one's: 8 bytes an example, and in all an odd number of cache lines, so that the
 * inputs' entries do not all fall on the same few places of the cache.
 */
export function entryBytes(batch: i32): i32 {
  return (((batch << 3) + 63) & ~63) | 64;
}

/**
 * The batch's pairs again, sorted by input: for each input its entries (offset of the example's row in a panel of δ,
 * value as a number), so that the gradient of a row of weights is summed in registers and stored once.
 *
 * @param ends (inputs), filled here: where each input's entries end
 * @param entries for each input `entryBytes` of room
 */
export function sortByInput(
  spans: usize,
  batch: i32,
  scale: usize,
  inputs: i32,
  ends: usize,
  entries: usize,
): void {
  const room = entryBytes(batch);
  for (let k = 0; k < inputs; k++) store<u32>(ends + (k << 2), entries + k * room);
  for (let i = 0; i < batch; i++) {
    const end = load<u32>(spans + (i << 3), 4);
    const offset = i * PANEL;
    let cursor = ends;
    for (let pair: usize = load<u32>(spans + (i << 3)); pair < end; pair += 2) {
      cursor += <usize>load<u8>(pair, 1) << 2;
      const entry = load<u32>(cursor);
      store<u32>(entry, offset);
      store<u32>(entry, load<u32>(scale + (<usize>load<u8>(pair) << 2)), 4);
      store<u32>(cursor, entry + 8);
    }
  }
}

/** A panel of δ by itself: its rows `PANEL` bytes apart, however wide they are. */
export function packDelta(delta: usize, batch: i32, rowBytes: i32, bytes: i32, panel: usize): void {
  for (let i = 0; i < batch; i++) {
    for (let n = 0; n < bytes; n += 16) v128.store(panel + n, v128.load(delta + n));
    delta += rowBytes;
    panel += PANEL;
  }
}

/**
 * One input's row in a panel of dW: Σ value · δ over its entries, times `mean`; to what was there, if it `adds`.
 *
 * @param delta the packed panel of δ, of which `bytes` of each row are in use
 */
// @ts-ignore: decorator
@inline
export function gradientRow(
  begin: usize,
  end: usize,
  delta: usize,
  mean: v128,
  adds: bool,
  g: usize,
  bytes: i32,
): void {
  if (bytes == PANEL) return sum8(begin, end, delta, mean, adds, g);
  let n = 0;
  for (; n + 64 <= bytes; n += 64) sum4(begin, end, delta + n, mean, adds, g + n);
  for (; n < bytes; n += 16) sum1(begin, end, delta + n, mean, adds, g + n);
}

// @ts-ignore: decorator
@inline
function storeSum(sum: v128, mean: v128, adds: bool, g: usize): void {
  const product = f32x4.mul(sum, mean);
  v128.store(g, adds ? f32x4.add(product, v128.load(g)) : product);
}

// @ts-ignore: decorator
@inline
function sum8(begin: usize, end: usize, delta: usize, mean: v128, adds: bool, g: usize): void {
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  let g4 = g0;
  let g5 = g0;
  let g6 = g0;
  let g7 = g0;
  for (let entry = begin; entry < end; entry += 8) {
    const row = delta + load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
    g0 = madd(value, v128.load(row), g0);
    g1 = madd(value, v128.load(row, 16), g1);
    g2 = madd(value, v128.load(row, 32), g2);
    g3 = madd(value, v128.load(row, 48), g3);
    g4 = madd(value, v128.load(row, 64), g4);
    g5 = madd(value, v128.load(row, 80), g5);
    g6 = madd(value, v128.load(row, 96), g6);
    g7 = madd(value, v128.load(row, 112), g7);
  }
  storeSum(g0, mean, adds, g);
  storeSum(g1, mean, adds, g + 16);
  storeSum(g2, mean, adds, g + 32);
  storeSum(g3, mean, adds, g + 48);
  storeSum(g4, mean, adds, g + 64);
  storeSum(g5, mean, adds, g + 80);
  storeSum(g6, mean, adds, g + 96);
  storeSum(g7, mean, adds, g + 112);
}

/** One input's row of a full panel of W, less the rate times its gradient: `factor` is −η/m. */
// @ts-ignore: decorator
@inline
export function stepRow(begin: usize, end: usize, delta: usize, factor: v128, W: usize): void {
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  let g4 = g0;
  let g5 = g0;
  let g6 = g0;
  let g7 = g0;
  for (let entry = begin; entry < end; entry += 8) {
    const row = delta + load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
    g0 = madd(value, v128.load(row), g0);
    g1 = madd(value, v128.load(row, 16), g1);
    g2 = madd(value, v128.load(row, 32), g2);
    g3 = madd(value, v128.load(row, 48), g3);
    g4 = madd(value, v128.load(row, 64), g4);
    g5 = madd(value, v128.load(row, 80), g5);
    g6 = madd(value, v128.load(row, 96), g6);
    g7 = madd(value, v128.load(row, 112), g7);
  }
  v128.store(W, madd(factor, g0, v128.load(W)));
  v128.store(W, madd(factor, g1, v128.load(W, 16)), 16);
  v128.store(W, madd(factor, g2, v128.load(W, 32)), 32);
  v128.store(W, madd(factor, g3, v128.load(W, 48)), 48);
  v128.store(W, madd(factor, g4, v128.load(W, 64)), 64);
  v128.store(W, madd(factor, g5, v128.load(W, 80)), 80);
  v128.store(W, madd(factor, g6, v128.load(W, 96)), 96);
  v128.store(W, madd(factor, g7, v128.load(W, 112)), 112);
}

// @ts-ignore: decorator
@inline
function sum4(begin: usize, end: usize, delta: usize, mean: v128, adds: bool, g: usize): void {
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  for (let entry = begin; entry < end; entry += 8) {
    const row = delta + load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
    g0 = madd(value, v128.load(row), g0);
    g1 = madd(value, v128.load(row, 16), g1);
    g2 = madd(value, v128.load(row, 32), g2);
    g3 = madd(value, v128.load(row, 48), g3);
  }
  storeSum(g0, mean, adds, g);
  storeSum(g1, mean, adds, g + 16);
  storeSum(g2, mean, adds, g + 32);
  storeSum(g3, mean, adds, g + 48);
}

// @ts-ignore: decorator
@inline
function sum1(begin: usize, end: usize, delta: usize, mean: v128, adds: bool, g: usize): void {
  let sum = f32x4.splat(0);
  for (let entry = begin; entry < end; entry += 8) {
    sum = madd(v128.load32_splat(entry, 4), v128.load(delta + load<u32>(entry)), sum);
  }
  storeSum(sum, mean, adds, g);
}
