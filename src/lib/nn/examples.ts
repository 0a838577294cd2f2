/**
 * What a network is given to learn from or to read: one example a row.
 *
 * `Uint8Array` values are pixels, bytes that stand for byte / 255; `Float32Array` and `Float64Array` values are
 * taken as they are. A data set keeps its bytes: only the rows of the batch at hand become real numbers.
 */
export interface Examples {
  readonly count: number;
  /** Values per example: 784 for a digit. */
  readonly width: number;
  /** (count × width), row-major */
  readonly values: Uint8Array | Float32Array | Float64Array;
  /** (count), integers from 0; in what is learnt from, `NONE` too */
  readonly labels: Uint8Array;
}

/** The label of an example that is in none of the classes: a network is to learn that each is as likely as any other. */
export const NONE = 255;

/** The numbers of a network at one of two precisions: float32 to train, float64 to check gradients. */
export type Real = Float32Array | Float64Array;
export type Precision = 'float32' | 'float64';

/** `length` zeros. */
export function allocate(precision: Precision, length: number): Real {
  return precision === 'float32' ? new Float32Array(length) : new Float64Array(length);
}
