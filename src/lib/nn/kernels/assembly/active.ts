import { BLOCK, ENTRY, PANEL } from '../layout.ts';
import { madd, panelBytes, panelOf } from './simd.ts';
import { entryBytes } from './sorted.ts';

/*
 * The layers behind a ReLU, about half of whose inputs are exactly 0. What is not 0 is listed twice, once by example
 * and once by input: the latter as the sorted pairs of images are (see sorted.ts), so that the update is the same.
 *
 * The list of an example comes in blocks of 256 inputs, whose rows in one panel of the weights take 32 KB: they stay in
 * the first-level cache while the whole batch passes. An entry is the offset of the input's row from the beginning of
 * the block's rows, and the value. A place says where an example's entries are: for each block the address at which
 * they begin, which is where those of the block before it end; and then the end of all.
 */

/** Bytes of a place. */
export function placeBytes(inputs: i32): i32 {
  return ((inputs + BLOCK - 1) / BLOCK + 1) << 2;
}

/**
 * Lists what is not 0 in each example: its entries and its place.
 *
 * @param A (batch × inputs), its rows `inputBytes` apart
 * @param entries room for one more than there are numbers in A
 * @returns how many there are
 */
export function listByExample(
  A: usize,
  batch: i32,
  inputs: i32,
  inputBytes: i32,
  entries: usize,
  places: usize,
): i32 {
  let cursor = entries;
  for (let i = 0; i < batch; i++) {
    for (let start = 0; start < inputs; start += BLOCK) {
      store<u32>(places, cursor);
      places += 4;
      const size = min(BLOCK, inputs - start);
      const block = A + (start << 2);
      let offset = 0;
      for (let k = 0; k < size << 2; k += 16) {
        const a = v128.load(block + k);
        const bits = i32x4.bitmask(f32x4.ne(a, f32x4.splat(0)));
        const second = cursor + ((bits & 1) << 3);
        const third = second + ((bits & 2) << 2);
        const fourth = third + ((bits & 4) << 1);
        store<u32>(cursor, offset);
        v128.store_lane<f32>(cursor, a, 0, 4);
        store<u32>(second, offset + PANEL);
        v128.store_lane<f32>(second, a, 1, 4);
        store<u32>(third, offset + 2 * PANEL);
        v128.store_lane<f32>(third, a, 2, 4);
        store<u32>(fourth, offset + 3 * PANEL);
        v128.store_lane<f32>(fourth, a, 3, 4);
        cursor = fourth + (bits & 8);
        offset += 4 * PANEL;
      }
    }
    store<u32>(places, cursor);
    places += 4;
    A += inputBytes;
  }
  return <i32>(cursor - entries) / ENTRY;
}

/**
 * Lists what is not 0 in each input: entries (offset of the example's row in a panel of δ, value).
 *
 * @param ends (inputs, in whole fours), filled here: where each input's entries end
 * @param entries for each input, in whole fours, `entryBytes` of room
 */
export function listByInput(
  A: usize,
  batch: i32,
  inputs: i32,
  inputBytes: i32,
  ends: usize,
  entries: usize,
): void {
  const room = entryBytes(batch);
  for (let k = 0; k < inputs; k += 4) {
    // Nothing branches on a value, here and above: each is written, and the cursor goes on only where it counts.
    let first = entries;
    let second = first + room;
    let third = second + room;
    let fourth = third + room;
    let column = A + (k << 2);
    for (let i = 0; i < batch; i++) {
      const offset = i * PANEL;
      const a = v128.load(column);
      const bits = i32x4.bitmask(f32x4.ne(a, f32x4.splat(0)));
      store<u32>(first, offset);
      v128.store_lane<f32>(first, a, 0, 4);
      store<u32>(second, offset);
      v128.store_lane<f32>(second, a, 1, 4);
      store<u32>(third, offset);
      v128.store_lane<f32>(third, a, 2, 4);
      store<u32>(fourth, offset);
      v128.store_lane<f32>(fourth, a, 3, 4);
      first += (bits & 1) << 3;
      second += (bits & 2) << 2;
      third += (bits & 4) << 1;
      fourth += bits & 8;
      column += inputBytes;
    }
    store<u32>(ends, first);
    store<u32>(ends, second, 4);
    store<u32>(ends, third, 8);
    store<u32>(ends, fourth, 12);
    ends += 16;
    entries += room << 2;
  }
}

/**
 * Z = A·Wᵀ + b over what is not 0, for layers of whole panels and a narrower last one.
 *
 * @param W (inputs × units) in panels, b (units), Z (batch × units)
 */
export function affineOfEntries(
  places: usize,
  batch: i32,
  W: usize,
  inputs: i32,
  b: usize,
  Z: usize,
  rowBytes: i32,
): void {
  const step = placeBytes(inputs);
  for (let column = 0; column < rowBytes; column += PANEL) {
    const bytes = panelBytes(rowBytes, column);
    let block = panelOf(W, inputs, column);
    for (let n = 0; n < step - 4; n += 4) {
      let place = places + n;
      let z = Z + column;
      for (let i = 0; i < batch; i++) {
        const begin: usize = load<u32>(place);
        const end: usize = load<u32>(place, 4);
        // What the sums begin with: the bias, and then what the blocks before have come to.
        const start = n === 0 ? b + column : z;
        if (bytes === PANEL) affine8(begin, end, block, start, z);
        else affineRest(begin, end, block, bytes, start, z);
        place += step;
        z += rowBytes;
      }
      block += BLOCK * bytes;
    }
  }
}

// @inline
function affine8(begin: usize, end: usize, W: usize, start: usize, Z: usize): void {
  let z0 = v128.load(start);
  let z1 = v128.load(start, 16);
  let z2 = v128.load(start, 32);
  let z3 = v128.load(start, 48);
  let z4 = v128.load(start, 64);
  let z5 = v128.load(start, 80);
  let z6 = v128.load(start, 96);
  let z7 = v128.load(start, 112);
  for (let entry = begin; entry < end; entry += ENTRY) {
    const row = W + load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
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

/** The same in a last panel, whose rows have fewer bytes. */
function affineRest(begin: usize, end: usize, W: usize, bytes: i32, start: usize, Z: usize): void {
  for (let n = 0; n < bytes; n += 16) {
    let z = v128.load(start + n);
    for (let entry = begin; entry < end; entry += ENTRY) {
      const row = W + (load<u32>(entry) / PANEL) * bytes;
      z = madd(v128.load32_splat(entry, 4), v128.load(row + n), z);
    }
    v128.store(Z + n, z);
  }
}
