import { DIGITS } from '../../lib/data/dataset.ts';
import type { HardReading } from '../../lib/experiments/hardest.ts';
import { classMetrics } from '../../lib/nn/metrics.ts';
import { describeAccuracy } from './accuracy.ts';

/** (10 × 10): row = label, column = what was read. */
export function confusionOf(readings: readonly Pick<HardReading, 'label' | 'read'>[]): Uint32Array {
  const confusion = new Uint32Array(DIGITS * DIGITS);
  for (const { label, read } of readings) confusion[label * DIGITS + read]++;
  return confusion;
}

/** The pair that is confused most often. */
function worstPair(confusion: ArrayLike<number>): { label: number; read: number; count: number } {
  let worst = { label: 0, read: 1, count: -1 };
  for (let n = 0; n < DIGITS * DIGITS; n++) {
    const [label, read] = [Math.floor(n / DIGITS), n % DIGITS];
    if (label !== read && confusion[n] > worst.count) worst = { label, read, count: confusion[n] };
  }
  return worst;
}

/** What a confusion matrix comes to, in a few sentences. */
export function describeConfusion(confusion: ArrayLike<number>): string {
  const metrics = classMetrics(confusion, DIGITS);
  const right = metrics.reduce((sum, each) => sum + each.right, 0);
  const count = metrics.reduce((sum, each) => sum + each.count, 0);
  // A digit that no image is has no recall.
  const there = metrics.flatMap(({ count: images }, digit) => (images > 0 ? [digit] : []));
  const hardest = there.reduce((low, digit) => (metrics[digit].recall < metrics[low].recall ? digit : low));
  const { label, read, count: times } = worstPair(confusion);
  const { count: labelled, right: found } = metrics[hardest];
  return `It reads ${describeAccuracy(right, count)} right. It finds the ${hardest}s worst: ${describeAccuracy(found, labelled)}. The mistake that it makes most often, ${times} times, is to read ${label} as ${read}.`;
}
