import { FARTHEST, PANEL, SPAN } from '../layout.ts';
import { madd, panelBytes, panelOf } from './simd.ts';

/*
 * The first layer, whose inputs are bytes and mostly 0. An image is the list of its pairs (input, value): only they
 * cost anything. Weights lie input-major (see simd.ts), so a pair's weights into 32 units are one contiguous row.
 *
 * A pair is 16 bits: steps from the last pair's input << 8 | value. Where the next non-zero byte is more than 255 steps
 * away, pairs of value 0 stand on the way. A span (two addresses, begin and end) says where an image's pairs are.
 * `scale` is a table of the 256 values of a byte as numbers.
 */

/** How many of these bytes are not 0. */
export function countNonZeros(bytes: usize, length: i32): i32 {
  let count = 0;
  let n = 0;
  for (; n + 16 <= length; n += 16) count += popcnt(nonZeros(bytes + n));
  for (; n < length; n++) count += load<u8>(bytes + n) !== 0 ? 1 : 0;
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
      for (let mask = nonZeros(bytes + k); mask !== 0; mask &= mask - 1) {
        const input = k + ctz(mask);
        pairs = storePair(pairs, input - last, load<u8>(bytes + input));
        last = input;
      }
    }
    for (; k < width; k++) {
      if (load<u8>(bytes + k) === 0) continue;
      pairs = storePair(pairs, k - last, load<u8>(bytes + k));
      last = k;
    }
    store<u32>(spans, pairs, 4);
    spans += SPAN;
    bytes += width;
  }
}

// @inline
function nonZeros(bytes: usize): i32 {
  return i8x16.bitmask(i8x16.ne(v128.load(bytes), i8x16.splat(0)));
}

// @inline
function storePair(pairs: usize, steps: i32, value: u8): usize {
  for (; steps > FARTHEST; steps -= FARTHEST) {
    store<u16>(pairs, FARTHEST << 8);
    pairs += 2;
  }
  store<u16>(pairs, <u16>((steps << 8) | (<i32>value)));
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
    store<u64>(spans + i * SPAN, load<u64>(from + <usize>load<u32>(rows + (i << 2)) * SPAN));
  }
  let touched: u32 = 0;
  for (let i = 0; i < batch; i++) {
    const end = load<u32>(spans + i * SPAN, 4);
    for (let line: usize = load<u32>(spans + i * SPAN); line < end; line += 64) touched |= load<u16>(line);
  }
  return touched;
}

/**
 * Z = A·Wᵀ + b, a panel of 32 units at a time in registers.
 *
 * @param W (inputs × units) in panels, b (units), Z (batch × units)
 */
export function affineOfPairs(
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
      const span = spans + i * SPAN;
      const z = Z + i * rowBytes + column;
      if (bytes === PANEL) {
        affine8(span, scale, panel, b + column, z);
      } else {
        let n = 0;
        for (; n + 64 <= bytes; n += 64) affine4(span, scale, panel + n, b + column + n, z + n, bytes);
        for (; n < bytes; n += 16) affine1(span, scale, panel + n, b + column + n, z + n, bytes);
      }
    }
  }
}

// @inline
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

// @inline
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

// @inline
function affine1(span: usize, scale: usize, W: usize, b: usize, Z: usize, rowBytes: i32): void {
  let z = v128.load(b);
  const end = load<u32>(span, 4);
  let row = W;
  for (let pair: usize = load<u32>(span); pair < end; pair += 2) {
    row += <usize>load<u8>(pair, 1) * rowBytes;
    z = madd(v128.load32_splat(scale + ((<usize>load<u8>(pair)) << 2)), v128.load(row), z);
  }
  v128.store(Z, z);
}
