import { formatCount, formatSignificant } from '../../explain/numbers.ts';
import { type Paired, mcnemar, pairReadings } from '../../lib/experiments/intervals.ts';
import type { Examination } from './examination.ts';

export interface Comparison extends Paired {
  readonly first: Examination;
  readonly second: Examination;
}

export function compare(first: Examination, second: Examination): Comparison {
  const reads = ({ readings }: Examination) => readings.map(({ read }) => read);
  return { first, second, ...pairReadings(reads(first), reads(second), first.test.labels) };
}

/** Whether two networks differ at all, in a sentence. */
export function describeComparison({ onlyFirst, onlySecond }: Paired): string {
  const differing = onlyFirst + onlySecond;
  if (differing === 0) return 'Both are right and wrong on the very same images: nothing tells them apart.';
  const p = mcnemar({ onlyFirst, onlySecond });
  const tosses = `${formatCount(onlyFirst)} images are read right by the first alone, ${formatCount(onlySecond)} by the second alone. A coin tossed ${formatCount(differing)} times falls at least so unevenly with a probability of ${formatSignificant(p, 2)}`;
  return p < 0.05
    ? `${tosses}: hardly chance. The ${onlyFirst > onlySecond ? 'first' : 'second'} is better.`
    : `${tosses}: it may well be chance. These images do not tell which is better.`;
}
