import { predictedClass } from '../nn/losses.ts';

/**
 * Whether a network says “I can’t tell”: its likeliest digit is less likely than the threshold. A rule for networks that were shown
 * drawings that are no digit, with the target that no digit is likelier than another (label `NONE`); others are nearly always sure.
 */
export function cannotTell(probabilities: ArrayLike<number>, threshold: number): boolean {
  return !(largest(probabilities, probabilities.length, 0) >= threshold);
}

/** A network cannot tell where no class has at least half of all the probability: the rule that needs no tuning. */
export const HALF = 0.5;

/** What a threshold costs: the share refused of each collection of pictures, in [0, 1], by the collection's name. */
export interface RefusalPrice {
  readonly threshold: number;
  readonly refused: Readonly<Record<string, number>>;
}

/** The thresholds that a card tells the price of. */
const REFUSAL_THRESHOLDS = [
  0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98,
] as const;

/**
 * @param outputs probabilities (count × classes) of each collection
 * @param thresholds in the order in which the prices come
 */
export function refusalPrices(
  outputs: Readonly<Record<string, ArrayLike<number>>>,
  classes: number,
  thresholds: readonly number[] = REFUSAL_THRESHOLDS,
): RefusalPrice[] {
  return thresholds.map((threshold) => ({
    threshold,
    refused: Object.fromEntries(
      Object.entries(outputs).map(([name, rows]) => [name, refusedShare(rows, classes, threshold)]),
    ),
  }));
}

/** Which share of the rows is refused. */
function refusedShare(outputs: ArrayLike<number>, classes: number, threshold: number): number {
  let refused = 0;
  for (let row = 0; row * classes < outputs.length; row++) {
    if (!(largest(outputs, classes, row) >= threshold)) refused++;
  }
  return (refused * classes) / outputs.length;
}

function largest(outputs: ArrayLike<number>, classes: number, row: number): number {
  return outputs[row * classes + predictedClass(outputs, classes, row)];
}
