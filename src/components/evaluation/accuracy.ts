import { formatCount, formatShare } from '../../explain/numbers.ts';
import { wilsonInterval } from '../../lib/experiments/intervals.ts';

/** `9,764 of 10,000, 97.64 % (97.32 % to 97.92 %)`: never a share without what it was counted on. */
export function describeAccuracy(right: number, count: number): string {
  const { low, high } = wilsonInterval(right, count);
  return `${formatCount(right)} of ${formatCount(count)}, ${formatShare(right / count, 2)} (${formatShare(low, 2)} to ${formatShare(high, 2)})`;
}
