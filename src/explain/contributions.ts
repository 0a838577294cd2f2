import { predictedClass } from '../lib/nn/losses.ts';
import { type Cell, combine } from '../lib/nn/origin.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';

/** One term of a sum: its factors, and what they come to. */
export interface Contribution {
  readonly cells: readonly Cell[];
  readonly values: readonly number[];
  readonly product: number;
}

/** The terms that a weighted sum is made of, those that matter most first. */
export function contributions(pass: Trace, terms: readonly (readonly Cell[])[]): Contribution[] {
  const value = (cell: Cell) => pass.value(cell);
  return terms
    .map((cells) => ({
      cells,
      values: cells.map(value),
      product: combine({ kind: 'sum-of-products', terms: [cells] }, value),
    }))
    .sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
}

/** What some contributions add up to. */
export function sumOf(parts: readonly Contribution[]): number {
  return parts.reduce((sum, { product }) => sum + product, 0);
}

/** For a unit of the first layer: its weights, the digit, and their products, each (784). */
export function productPictures(
  pass: Trace,
  unit: number,
): Record<'weights' | 'pixels' | 'products', ArrayLike<number>> {
  const inputs = pass.shape('weight', 1)[1];
  const pixels = pass.values('activation', 0);
  const weights = pass.values('weight', 1).slice(unit * inputs, (unit + 1) * inputs);
  return { weights, pixels, products: weights.map((weight, k) => weight * pixels[k]) };
}

/** The largest size among some numbers, above 0: what a picture of them takes for its full colour. */
export function largestSize(values: ArrayLike<number>): number {
  let largest = Number.MIN_VALUE;
  for (let n = 0; n < values.length; n++) largest = Math.max(largest, Math.abs(values[n]));
  return largest;
}

/** The place of the number that is largest in size. */
export function indexOfLargestSize(values: ArrayLike<number>): number {
  return predictedClass(Array.from(values, Math.abs), values.length);
}

/** What an update goes against: the gradients, and where weights are charged their prices with them. */
export function slopesOfUpdate(
  pass: Trace,
  quantity: 'updatedWeight' | 'updatedBias',
  layer: number,
): ArrayLike<number> {
  if (quantity === 'updatedBias') return pass.values('biasGradient', layer);
  const gradient = pass.values('weightGradient', layer);
  if (!isCharged(pass)) return gradient;
  const prices = pass.values('penaltyGradient', layer);
  return gradient.map((slope, n) => slope + prices[n]);
}

/** Whether the penalty on the weights takes part in a pass. */
export function isCharged(pass: Trace): boolean {
  return pass.steps.some(({ quantity }) => quantity === 'penaltyGradient');
}

/** Of the numbers that a step computes, the one to look at first: the largest in size, or after an update the one that moved most. */
export function mostTelling(pass: Trace, { quantity, layer, columns }: TraceStep): Cell {
  const isUpdate = quantity === 'updatedWeight' || quantity === 'updatedBias';
  const index = indexOfLargestSize(
    isUpdate ? slopesOfUpdate(pass, quantity, layer) : pass.values(quantity, layer),
  );
  return { quantity, layer, row: Math.floor(index / columns), column: index % columns };
}
