import { predictedClass } from '../nn/losses.ts';

/** One image as a network reads it. */
export interface HardReading {
  readonly row: number;
  readonly label: number;
  readonly read: number;
  /** The probability of what is read. */
  readonly sure: number;
  /** How far it is ahead of the next best. */
  readonly margin: number;
}

/** Each image's reading, from (count × classes) probabilities. */
export function readingsOf(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): HardReading[] {
  return Array.from({ length: labels.length }, (_, row) => {
    const read = predictedClass(probabilities, classes, row);
    const sure = probabilities[row * classes + read];
    let second = 0;
    for (let k = 0; k < classes; k++) {
      if (k !== read) second = Math.max(second, probabilities[row * classes + k]);
    }
    return { row, label: labels[row], read, sure, margin: sure - second };
  });
}

/** Wrong answers, the surest first. */
export function confidentMistakes(readings: readonly HardReading[], count: number): HardReading[] {
  return readings
    .filter(({ label, read }) => label !== read)
    .sort((a, b) => b.sure - a.sure)
    .slice(0, count);
}

/** Images between whose best two answers there is the least to choose; right or wrong. */
export function leastSure(readings: readonly HardReading[], count: number): HardReading[] {
  return [...readings].sort((a, b) => a.margin - b.margin).slice(0, count);
}
