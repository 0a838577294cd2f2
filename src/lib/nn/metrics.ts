/** How one class fares in a confusion matrix. */
export interface ClassMetrics {
  /** Examples with this label. */
  readonly count: number;
  /** Examples read as this class, and of those how many are. */
  readonly read: number;
  readonly right: number;
  /** Of those read as this class, the share that are; NaN where none was. */
  readonly precision: number;
  /** Of those with this label, the share read as it; NaN where there are none. */
  readonly recall: number;
  /** Their harmonic mean, 2·right / (read + count); NaN where there is neither. */
  readonly f1: number;
}

/** @param confusion (classes × classes): row = label, column = what was read */
export function classMetrics(confusion: ArrayLike<number>, classes: number): ClassMetrics[] {
  return Array.from({ length: classes }, (_, k) => {
    let [labelled, read] = [0, 0];
    for (let other = 0; other < classes; other++) {
      labelled += confusion[k * classes + other];
      read += confusion[other * classes + k];
    }
    const right = confusion[k * classes + k];
    return {
      count: labelled,
      read,
      right,
      precision: right / read,
      recall: right / labelled,
      f1: (2 * right) / (read + labelled),
    };
  });
}
