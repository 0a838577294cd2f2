import { formatCount } from '../../explain/numbers.ts';
import { type DoubtfulLabel, doubtfulLabels } from '../../lib/data/doubtful-labels.ts';
import type { HardReading } from '../../lib/experiments/hardest.ts';
import { describeAccuracy } from './accuracy.ts';

/** What is known of a test image whose label is in doubt. */
export function doubtAbout(row: number): DoubtfulLabel {
  return doubtfulLabels.find((each) => each.row === row)!;
}

/** What the five people saw in it. */
export function describeVotes({ label, guessed, votes }: DoubtfulLabel): string {
  const each = [
    [votes.label, `a ${label}`],
    [votes.guessed, `a ${guessed}`],
    [votes.neither, 'neither'],
  ] as const;
  return each.flatMap(([count, what]) => (count > 0 ? [`${count} saw ${what}`] : [])).join(', ');
}

/**
 * Reader, network and labels side by side, and what becomes of the accuracy without those images.
 *
 * @param images those in doubt, in the order in which they were read
 * @param all of the test set
 */
export function describeDoubt(
  images: readonly HardReading[],
  answers: readonly number[],
  all: readonly HardReading[],
): string {
  const asLabelled = (reads: (n: number) => number) =>
    images.filter(({ label }, n) => reads(n) === label).length;
  const yours = asLabelled((n) => answers[n]);
  const its = asLabelled((n) => images[n].read);
  const agreed = images.filter(({ label, read }, n) => answers[n] !== label && answers[n] === read).length;
  const right = all.filter(({ label, read }) => label === read).length;
  return `Of ${formatCount(images.length)} images whose label is in doubt you read ${formatCount(yours)} as they are labelled, the network ${formatCount(its)}; on ${formatCount(agreed)} you agree with the network against the label. With them it reads ${describeAccuracy(right, all.length)} right, without them ${describeAccuracy(right - its, all.length - images.length)}: whoever reads every digit as most people would is marked wrong on such labels.`;
}
