import { L1_SHARE, L2_SHARE, LEARNING_RATE, PANEL, SGD } from '../layout.ts';
import { addPenalty, setting, sgdStep, update } from './optimizers.ts';
import { panelBytes, panelOf } from './simd.ts';
import { entryBytes, gradientRow, packDelta, stepRow } from './sorted.ts';

/**
 * dW of a layer whose inputs are sorted, (inputs × units) in panels, out of the entries of `sortByInput`.
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
 * Gradient and step of a layer whose inputs are sorted, row by row, while the row is at hand.
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
  const rate = f32x4.splat(<f32>-setting(rule, LEARNING_RATE));
  const l2 = f32x4.splat(<f32>setting(rule, L2_SHARE));
  const l1 = f32x4.splat(<f32>setting(rule, L1_SHARE));
  const kinked = setting(rule, L1_SHARE) !== 0;
  const factor = f32x4.mul(rate, mean);
  const room = entryBytes(batch);
  for (let column = 0; column < rowBytes; column += PANEL) {
    const bytes = panelBytes(rowBytes, column);
    packDelta(delta + column, batch, rowBytes, bytes, panel);
    const offset = panelOf(0, inputs, column);
    for (let k = 0; k < inputs; k++) {
      const begin = entries + k * room;
      const end: usize = load<u32>(ends + (k << 2));
      if (begin !== end) store<u8>(seen + k, 1);
      else if (skips && (optimizer === SGD || load<u8>(seen + k) === 0)) continue;
      const row = offset + k * bytes;
      const w = W + row;
      if (optimizer === SGD && !penalized && bytes === PANEL) {
        stepRow(begin, end, panel, factor, w);
        continue;
      }
      const g = penalized ? dW + row : dW;
      gradientRow(begin, end, panel, mean, false, g, bytes);
      if (optimizer === SGD) {
        for (let n = 0; n < bytes; n += 16) {
          if (penalized) addPenalty(l2, l1, kinked, w + n, g + n);
          sgdStep(rate, w + n, g + n);
        }
      } else {
        if (penalized) {
          for (let n = 0; n < bytes; n += 16) addPenalty(l2, l1, kinked, w + n, g + n);
        }
        update(optimizer, rule, w, g, first + row, second + row, bytes >> 2);
      }
    }
  }
}
