import { ENTRY, PANEL, SPAN } from '../layout.ts';
import { madd } from './simd.ts';

/*
 * A batch's inputs that are not 0, sorted by input: for each its entries (offset of the example's row in a panel of δ,
 * value as a number), so that the gradient of a row of weights is summed in registers and stored once.
 */

/**
 * From one input's entries to the next one's: 8 bytes an example, and in all an odd number of cache lines, so that the
 * inputs' entries do not all fall on the same few places of the cache.
 */
export function entryBytes(batch: i32): i32 {
  return ((batch * ENTRY + 63) & ~63) | 64;
}

/**
 * The batch's pairs again, sorted by input.
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
    const end: usize = load<u32>(spans + i * SPAN, 4);
    const offset = i * PANEL;
    let cursor = ends;
    for (let pair: usize = load<u32>(spans + i * SPAN); pair < end; pair += 2) {
      cursor += (<usize>load<u8>(pair, 1)) << 2;
      const entry: usize = load<u32>(cursor);
      store<u32>(entry, offset);
      store<u32>(entry, load<u32>(scale + ((<usize>load<u8>(pair)) << 2)), 4);
      store<u32>(cursor, entry + ENTRY);
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
// @inline
export function gradientRow(
  begin: usize,
  end: usize,
  delta: usize,
  mean: v128,
  adds: bool,
  g: usize,
  bytes: i32,
): void {
  if (bytes === PANEL) {
    sum8(begin, end, delta, mean, adds, g);
    return;
  }
  let n = 0;
  for (; n + 64 <= bytes; n += 64) sum4(begin, end, delta + n, mean, adds, g + n);
  for (; n < bytes; n += 16) sum1(begin, end, delta + n, mean, adds, g + n);
}

// @inline
function storeSum(sum: v128, mean: v128, adds: bool, g: usize): void {
  const product = f32x4.mul(sum, mean);
  v128.store(g, adds ? f32x4.add(product, v128.load(g)) : product);
}

// @inline
function sum8(begin: usize, end: usize, delta: usize, mean: v128, adds: bool, g: usize): void {
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  let g4 = g0;
  let g5 = g0;
  let g6 = g0;
  let g7 = g0;
  for (let entry = begin; entry < end; entry += ENTRY) {
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
// @inline
export function stepRow(begin: usize, end: usize, delta: usize, factor: v128, W: usize): void {
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  let g4 = g0;
  let g5 = g0;
  let g6 = g0;
  let g7 = g0;
  for (let entry = begin; entry < end; entry += ENTRY) {
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

// @inline
function sum4(begin: usize, end: usize, delta: usize, mean: v128, adds: bool, g: usize): void {
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  for (let entry = begin; entry < end; entry += ENTRY) {
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

// @inline
function sum1(begin: usize, end: usize, delta: usize, mean: v128, adds: bool, g: usize): void {
  let sum = f32x4.splat(0);
  for (let entry = begin; entry < end; entry += ENTRY) {
    sum = madd(v128.load32_splat(entry, 4), v128.load(delta + load<u32>(entry)), sum);
  }
  storeSum(sum, mean, adds, g);
}
