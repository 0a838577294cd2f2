/** The standard normal's two-sided 95 % point. */
const Z95 = 1.959963984540054;

/** From `low` to `high`, both included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Where a share may really lie that was counted on some examples: Wilson's interval at 95 % (Wilson 1927). Unlike share ± error it
 * stays within [0, 1], and says something also where all were right.
 *
 * @param right how many of `count`
 * @throws RangeError when nothing was counted, or more were right than there are
 */
export function wilsonInterval(right: number, count: number): Interval {
  if (!(count > 0) || !(right >= 0 && right <= count)) {
    throw new RangeError(`${right} of ${count} is no share`);
  }
  const share = right / count;
  const z2 = Z95 * Z95;
  const middle = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z95 / (1 + z2 / count)) * Math.sqrt((share * (1 - share) + z2 / (4 * count)) / count);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Two networks on the same images, counted by which of them is right. */
export interface Paired {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** @throws RangeError when the readings are not of the same examples */
export function pairReadings(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): Paired {
  if (first.length !== labels.length || second.length !== labels.length) {
    throw new RangeError(`${first.length} and ${second.length} readings of ${labels.length} examples`);
  }
  let [both, onlyFirst, onlySecond, neither] = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    const [a, b] = [first[i] === labels[i], second[i] === labels[i]];
    if (a && b) both++;
    else if (a) onlyFirst++;
    else if (b) onlySecond++;
    else neither++;
  }
  return { both, onlyFirst, onlySecond, neither };
}

/**
 * McNemar's test in its exact form (1947): how often a fair coin, tossed once for each image that only one network reads right,
 * would fall at least as unevenly. Images that both read alike say nothing about which is better.
 *
 * @returns p in (0, 1], two-sided
 */
export function mcnemar({ onlyFirst, onlySecond }: Pick<Paired, 'onlyFirst' | 'onlySecond'>): number {
  const tosses = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // log of (tosses choose k) / 2^tosses, term by term: the numbers themselves would overflow.
  let logTerm = -tosses * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((tosses - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
