import { BLOCK, ENTRY, PANEL } from '../layout.ts';
import { placeBytes } from './active.ts';
import { madd, panelBytes, panelOf, sumsOfLanes } from './simd.ts';

/** Examples that share a block of a panel while it is at hand: as many as have their sums in the first-level cache. */
const GROUP = 16;

/** Bytes of scratch that `openInputGradient` needs. */
export function openScratch(): i32 {
  return GROUP * BLOCK * 16;
}

/**
 * dA = δ·W where the input was not 0, and 0 elsewhere: behind a ReLU its slope is 0 there, whatever arrives.
 *
 * A panel of an example's δ stays in registers while the rows of its open inputs pass by; each leaves four sums, in
 * lanes, which the next panel goes on with, and which are added up at the end.
 *
 * @param places of the entries that `listByExample` made
 * @param delta (batch × units), W (inputs × units) in panels, rows of `rowBytes`
 * @param dA (batch × inputs), its rows `inputBytes` apart
 * @param sums scratch
 */
export function openInputGradient(
  places: usize,
  delta: usize,
  rowBytes: i32,
  batch: i32,
  W: usize,
  inputs: i32,
  dA: usize,
  inputBytes: i32,
  sums: usize,
): void {
  const step = placeBytes(inputs);
  memory.fill(dA, 0, batch * inputBytes);
  for (let first = 0; first < batch; first += GROUP) {
    const last = min(batch, first + GROUP);
    for (let n = 0; n < step - 4; n += 4) {
      for (let column = 0; column < rowBytes; column += PANEL) {
        const bytes = panelBytes(rowBytes, column);
        const block = panelOf(W, inputs, column) + (n >> 2) * BLOCK * bytes;
        let to = sums;
        for (let i = first; i < last; i++) {
          const place = places + i * step + n;
          const begin: usize = load<u32>(place);
          const end: usize = load<u32>(place, 4);
          const row = delta + i * rowBytes + column;
          if (bytes < PANEL) addRows(begin, end, row, block, bytes, column === 0, to);
          else if (column === 0) addPanel(begin, end, row, block, true, to);
          else addPanel(begin, end, row, block, false, to);
          to += (end - begin) << 1;
        }
      }
      let from = sums;
      for (let i = first; i < last; i++) {
        const place = places + i * step + n;
        const begin: usize = load<u32>(place);
        const end: usize = load<u32>(place, 4);
        addUp(begin, end, from, dA + i * inputBytes + n * BLOCK);
        from += (end - begin) << 1;
      }
    }
  }
}

// @inline
function addPanel(begin: usize, end: usize, delta: usize, W: usize, fresh: bool, sums: usize): void {
  const d0 = v128.load(delta);
  const d1 = v128.load(delta, 16);
  const d2 = v128.load(delta, 32);
  const d3 = v128.load(delta, 48);
  const d4 = v128.load(delta, 64);
  const d5 = v128.load(delta, 80);
  const d6 = v128.load(delta, 96);
  const d7 = v128.load(delta, 112);
  for (let entry = begin; entry < end; entry += ENTRY) {
    const row = W + load<u32>(entry);
    let even = fresh ? f32x4.mul(d0, v128.load(row)) : madd(d0, v128.load(row), v128.load(sums));
    let odd = f32x4.mul(d1, v128.load(row, 16));
    even = madd(d2, v128.load(row, 32), even);
    odd = madd(d3, v128.load(row, 48), odd);
    even = madd(d4, v128.load(row, 64), even);
    odd = madd(d5, v128.load(row, 80), odd);
    even = madd(d6, v128.load(row, 96), even);
    odd = madd(d7, v128.load(row, 112), odd);
    v128.store(sums, f32x4.add(even, odd));
    sums += 16;
  }
}

/** The same of a last panel, whose rows have fewer bytes. */
function addRows(
  begin: usize,
  end: usize,
  delta: usize,
  W: usize,
  bytes: i32,
  fresh: bool,
  sums: usize,
): void {
  for (let entry = begin; entry < end; entry += ENTRY) {
    const row = W + (load<u32>(entry) / PANEL) * bytes;
    let sum = fresh ? f32x4.splat(0) : v128.load(sums);
    for (let n = 0; n < bytes; n += 16) sum = madd(v128.load(delta + n), v128.load(row + n), sum);
    v128.store(sums, sum);
    sums += 16;
  }
}

/** Adds up the lanes of each entry's sums, four entries at a time, and puts what comes out at its place in a row of dA. */
// @inline
function addUp(begin: usize, end: usize, sums: usize, dA: usize): void {
  let entry = begin;
  for (; entry + 4 * ENTRY <= end; entry += 4 * ENTRY) {
    const all = sumsOfLanes(v128.load(sums), v128.load(sums, 16), v128.load(sums, 32), v128.load(sums, 48));
    v128.store_lane<f32>(placeOf(dA, entry), all, 0);
    v128.store_lane<f32>(placeOf(dA, entry + ENTRY), all, 1);
    v128.store_lane<f32>(placeOf(dA, entry + 2 * ENTRY), all, 2);
    v128.store_lane<f32>(placeOf(dA, entry + 3 * ENTRY), all, 3);
    sums += 64;
  }
  for (; entry < end; entry += ENTRY) {
    const sum = v128.load(sums);
    v128.store_lane<f32>(placeOf(dA, entry), sumsOfLanes(sum, sum, sum, sum), 0);
    sums += 16;
  }
}

// @inline
function placeOf(dA: usize, entry: usize): usize {
  return dA + ((load<u32>(entry) / PANEL) << 2);
}
