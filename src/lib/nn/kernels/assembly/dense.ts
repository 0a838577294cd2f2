import { PANEL } from '../layout.ts';
import { madd, panelBytes, panelOf, sumsOfLanes } from './simd.ts';

/*
 * The layers in the middle: products of dense matrices, a tile of the result at a time in registers. Batches have room
 * for a multiple of 4 rows, and matrices of weights for a multiple of 4 inputs, so that tiles need no edge on that side.
 *
 * A strip is a copy of 8 (or the last 4) columns, row after row without gaps: read again and again, it stays in the
 * first-level cache.
 */

/**
 * Z = A·Wᵀ + b
 *
 * @param A (batch × inputs), its rows `inputBytes` apart
 * @param W (inputs × units) in panels, b (units), Z (batch × units), rows of `rowBytes`
 * @param strip scratch, inputs × 32 bytes
 */
export function affine(
  A: usize,
  inputBytes: i32,
  batch: i32,
  W: usize,
  inputs: i32,
  b: usize,
  Z: usize,
  rowBytes: i32,
  strip: usize,
): void {
  let column = 0;
  for (; column + 32 <= rowBytes; column += 32) {
    pack8(
      weightAt(W, inputs, rowBytes, 0, column),
      panelBytes(rowBytes, column & ~(PANEL - 1)),
      inputs,
      strip,
    );
    for (let i = 0; i < batch; i += 4) {
      affine4x8(
        A + i * inputBytes,
        inputBytes,
        strip,
        inputs,
        b + column,
        Z + i * rowBytes + column,
        rowBytes,
      );
    }
  }
  if (column < rowBytes) {
    pack4(
      weightAt(W, inputs, rowBytes, 0, column),
      panelBytes(rowBytes, column & ~(PANEL - 1)),
      inputs,
      strip,
    );
    for (let i = 0; i < batch; i += 4) {
      affine4x4(
        A + i * inputBytes,
        inputBytes,
        strip,
        inputs,
        b + column,
        Z + i * rowBytes + column,
        rowBytes,
      );
    }
  }
}

/** The address of the weights from input k into the units from `column` (in bytes of a row) on. */
// @inline
function weightAt(W: usize, inputs: i32, rowBytes: i32, k: i32, column: i32): usize {
  const start = column & ~(PANEL - 1);
  return panelOf(W, inputs, start) + k * panelBytes(rowBytes, start) + (column - start);
}

// @inline
function pack8(from: usize, rowBytes: i32, rows: i32, strip: usize): void {
  for (let k = 0; k < rows; k++) {
    v128.store(strip, v128.load(from));
    v128.store(strip, v128.load(from, 16), 16);
    from += rowBytes;
    strip += 32;
  }
}

// @inline
function pack4(from: usize, rowBytes: i32, rows: i32, strip: usize): void {
  for (let k = 0; k < rows; k++) {
    v128.store(strip, v128.load(from));
    from += rowBytes;
    strip += 16;
  }
}

// @inline
function affine4x8(
  A: usize,
  stride: i32,
  strip: usize,
  inputs: i32,
  b: usize,
  Z: usize,
  rowBytes: i32,
): void {
  let z00 = v128.load(b);
  let z01 = v128.load(b, 16);
  let z10 = z00;
  let z11 = z01;
  let z20 = z00;
  let z21 = z01;
  let z30 = z00;
  let z31 = z01;
  const A1 = A + stride;
  const A2 = A1 + stride;
  const A3 = A2 + stride;
  for (let k = 0; k < inputs << 2; k += 4) {
    const w0 = v128.load(strip);
    const w1 = v128.load(strip, 16);
    strip += 32;
    const a0 = v128.load32_splat(A + k);
    z00 = madd(a0, w0, z00);
    z01 = madd(a0, w1, z01);
    const a1 = v128.load32_splat(A1 + k);
    z10 = madd(a1, w0, z10);
    z11 = madd(a1, w1, z11);
    const a2 = v128.load32_splat(A2 + k);
    z20 = madd(a2, w0, z20);
    z21 = madd(a2, w1, z21);
    const a3 = v128.load32_splat(A3 + k);
    z30 = madd(a3, w0, z30);
    z31 = madd(a3, w1, z31);
  }
  v128.store(Z, z00);
  v128.store(Z, z01, 16);
  v128.store(Z + rowBytes, z10);
  v128.store(Z + rowBytes, z11, 16);
  v128.store(Z + 2 * rowBytes, z20);
  v128.store(Z + 2 * rowBytes, z21, 16);
  v128.store(Z + 3 * rowBytes, z30);
  v128.store(Z + 3 * rowBytes, z31, 16);
}

// @inline
function affine4x4(
  A: usize,
  stride: i32,
  strip: usize,
  inputs: i32,
  b: usize,
  Z: usize,
  rowBytes: i32,
): void {
  let z0 = v128.load(b);
  let z1 = z0;
  let z2 = z0;
  let z3 = z0;
  const A1 = A + stride;
  const A2 = A1 + stride;
  const A3 = A2 + stride;
  for (let k = 0; k < inputs << 2; k += 4) {
    const w = v128.load(strip);
    strip += 16;
    z0 = madd(v128.load32_splat(A + k), w, z0);
    z1 = madd(v128.load32_splat(A1 + k), w, z1);
    z2 = madd(v128.load32_splat(A2 + k), w, z2);
    z3 = madd(v128.load32_splat(A3 + k), w, z3);
  }
  v128.store(Z, z0);
  v128.store(Z + rowBytes, z1);
  v128.store(Z + 2 * rowBytes, z2);
  v128.store(Z + 3 * rowBytes, z3);
}

/**
 * dW = δᵀ·A / m, laid out as W.
 *
 * @param delta (batch × units), A (batch × inputs)
 * @param strips scratch, batch × (rowBytes + 16) bytes
 */
export function weightGradient(
  delta: usize,
  batch: i32,
  A: usize,
  inputBytes: i32,
  inputs: i32,
  dW: usize,
  rowBytes: i32,
  strips: usize,
): void {
  let column = 0;
  let strip = strips;
  for (; column + 32 <= rowBytes; column += 32) {
    pack8(delta + column, rowBytes, batch, strip);
    strip += batch << 5;
  }
  if (column < rowBytes) {
    pack4(delta + column, rowBytes, batch, strip);
    strip += batch << 4;
  }
  const mean = f32x4.splat(1 / <f32>batch);
  for (let k = 0; k < inputs; k += 4) {
    pack4(A + (k << 2), inputBytes, batch, strip);
    let deltas = strips;
    for (column = 0; column + 32 <= rowBytes; column += 32) {
      const stride = panelBytes(rowBytes, column & ~(PANEL - 1));
      gradient4x8(strip, deltas, batch, mean, weightAt(dW, inputs, rowBytes, k, column), stride);
      deltas += batch << 5;
    }
    if (column < rowBytes) {
      const stride = panelBytes(rowBytes, column & ~(PANEL - 1));
      gradient4x4(strip, deltas, batch, mean, weightAt(dW, inputs, rowBytes, k, column), stride);
    }
  }
}

// @inline
function gradient4x8(A: usize, delta: usize, batch: i32, mean: v128, dW: usize, rowBytes: i32): void {
  let g00 = f32x4.splat(0);
  let g01 = g00;
  let g10 = g00;
  let g11 = g00;
  let g20 = g00;
  let g21 = g00;
  let g30 = g00;
  let g31 = g00;
  for (let i = 0; i < batch; i++) {
    const d0 = v128.load(delta);
    const d1 = v128.load(delta, 16);
    const a0 = v128.load32_splat(A);
    g00 = madd(a0, d0, g00);
    g01 = madd(a0, d1, g01);
    const a1 = v128.load32_splat(A, 4);
    g10 = madd(a1, d0, g10);
    g11 = madd(a1, d1, g11);
    const a2 = v128.load32_splat(A, 8);
    g20 = madd(a2, d0, g20);
    g21 = madd(a2, d1, g21);
    const a3 = v128.load32_splat(A, 12);
    g30 = madd(a3, d0, g30);
    g31 = madd(a3, d1, g31);
    delta += 32;
    A += 16;
  }
  v128.store(dW, f32x4.mul(g00, mean));
  v128.store(dW, f32x4.mul(g01, mean), 16);
  v128.store(dW + rowBytes, f32x4.mul(g10, mean));
  v128.store(dW + rowBytes, f32x4.mul(g11, mean), 16);
  v128.store(dW + 2 * rowBytes, f32x4.mul(g20, mean));
  v128.store(dW + 2 * rowBytes, f32x4.mul(g21, mean), 16);
  v128.store(dW + 3 * rowBytes, f32x4.mul(g30, mean));
  v128.store(dW + 3 * rowBytes, f32x4.mul(g31, mean), 16);
}

// @inline
function gradient4x4(A: usize, delta: usize, batch: i32, mean: v128, dW: usize, rowBytes: i32): void {
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  for (let i = 0; i < batch; i++) {
    const d = v128.load(delta);
    g0 = madd(v128.load32_splat(A), d, g0);
    g1 = madd(v128.load32_splat(A, 4), d, g1);
    g2 = madd(v128.load32_splat(A, 8), d, g2);
    g3 = madd(v128.load32_splat(A, 12), d, g3);
    delta += 16;
    A += 16;
  }
  v128.store(dW, f32x4.mul(g0, mean));
  v128.store(dW + rowBytes, f32x4.mul(g1, mean));
  v128.store(dW + 2 * rowBytes, f32x4.mul(g2, mean));
  v128.store(dW + 3 * rowBytes, f32x4.mul(g3, mean));
}

/** db = the mean of δ's rows. delta (batch × units), db (units). */
export function biasGradient(delta: usize, batch: i32, db: usize, rowBytes: i32): void {
  const mean = f32x4.splat(1 / <f32>batch);
  const bytes = batch * rowBytes;
  let column = 0;
  for (; column + 64 <= rowBytes; column += 64) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    const rows = delta + column;
    for (let row = 0; row < bytes; row += rowBytes) {
      s0 = f32x4.add(s0, v128.load(rows + row));
      s1 = f32x4.add(s1, v128.load(rows + row, 16));
      s2 = f32x4.add(s2, v128.load(rows + row, 32));
      s3 = f32x4.add(s3, v128.load(rows + row, 48));
    }
    v128.store(db + column, f32x4.mul(s0, mean));
    v128.store(db + column, f32x4.mul(s1, mean), 16);
    v128.store(db + column, f32x4.mul(s2, mean), 32);
    v128.store(db + column, f32x4.mul(s3, mean), 48);
  }
  for (; column < rowBytes; column += 16) {
    let sum = f32x4.splat(0);
    for (let row = 0; row < bytes; row += rowBytes) sum = f32x4.add(sum, v128.load(delta + row + column));
    v128.store(db + column, f32x4.mul(sum, mean));
  }
}

/**
 * dA = δ·W
 *
 * @param delta (batch × units), W (inputs × units) in panels, rows of `rowBytes`
 * @param dA (batch × inputs), its rows `inputBytes` apart
 */
export function inputGradient(
  delta: usize,
  rowBytes: i32,
  batch: i32,
  W: usize,
  inputs: i32,
  dA: usize,
  inputBytes: i32,
): void {
  for (let k = 0; k < inputs; k += 4) {
    for (let i = 0; i < batch; i += 2) {
      const row = dA + i * inputBytes + (k << 2);
      inputGradient2x4(delta + i * rowBytes, W, inputs, k, rowBytes, row, inputBytes);
    }
  }
}

// @inline
function inputGradient2x4(
  delta: usize,
  W: usize,
  inputs: i32,
  k: i32,
  rowBytes: i32,
  dA: usize,
  inputBytes: i32,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s02 = s00;
  let s03 = s00;
  let s10 = s00;
  let s11 = s00;
  let s12 = s00;
  let s13 = s00;
  for (let column = 0; column < rowBytes; column += PANEL) {
    const bytes = panelBytes(rowBytes, column);
    const W0 = panelOf(W, inputs, column) + k * bytes;
    const W1 = W0 + bytes;
    const W2 = W1 + bytes;
    const W3 = W2 + bytes;
    const delta0 = delta + column;
    const delta1 = delta0 + rowBytes;
    for (let n = 0; n < bytes; n += 16) {
      const d0 = v128.load(delta0 + n);
      const d1 = v128.load(delta1 + n);
      const w0 = v128.load(W0 + n);
      s00 = madd(d0, w0, s00);
      s10 = madd(d1, w0, s10);
      const w1 = v128.load(W1 + n);
      s01 = madd(d0, w1, s01);
      s11 = madd(d1, w1, s11);
      const w2 = v128.load(W2 + n);
      s02 = madd(d0, w2, s02);
      s12 = madd(d1, w2, s12);
      const w3 = v128.load(W3 + n);
      s03 = madd(d0, w3, s03);
      s13 = madd(d1, w3, s13);
    }
  }
  v128.store(dA, sumsOfLanes(s00, s01, s02, s03));
  v128.store(dA + inputBytes, sumsOfLanes(s10, s11, s12, s13));
}
