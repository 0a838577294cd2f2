import { exponential } from '../nn/elementary.ts';

/**
 * Softmax as its formula stands, in float32 and without subtracting the maximum first: what a first attempt does.
 *
 * From about 88.7 on, e to that power is beyond the largest float32, and ∞ over ∞ is not a number. Shown beside the
 * real one (kernels/reference.ts), which nothing but the order of its steps sets apart.
 *
 * @param logits (classes)
 * @returns the exponentials and the quotients, as float32 holds them
 */
export function naiveSoftmax(logits: ArrayLike<number>): {
  exponentials: Float32Array;
  quotients: Float32Array;
} {
  const exponentials = Float32Array.from(logits, exponential);
  const sum = exponentials.reduce((total, value) => Math.fround(total + value), 0);
  return { exponentials, quotients: exponentials.map((value) => value / sum) };
}
