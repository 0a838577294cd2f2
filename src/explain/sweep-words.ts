import { type OverSeeds, secondDescent } from '../lib/experiments/over-seeds.ts';
import { published } from '../lib/training/cures.ts';
import { formatOverSeeds } from './cure-words.ts';
import { formatCount, formatDecimals, formatDuration, formatShare } from './numbers.ts';

/** What was measured at one size of the training set, or of the network. */
export interface SweepPoint {
  /** Images, or hidden units. */
  readonly size: number;
  readonly training: OverSeeds;
  readonly test: OverSeeds;
}

/** What more images do, beside what a cure does with few. */
export function describeSizes(
  plain: readonly SweepPoint[],
  cured: readonly SweepPoint[],
  cure: string,
): string {
  const [least, most] = [plain[0], plain.at(-1)!];
  const first = `From ${formatCount(least.size)} images it learns to read ${formatOverSeeds(least.test)} of the test images, from ${formatCount(most.size)} ${formatOverSeeds(most.test)}.`;
  const gap = (point: SweepPoint) =>
    `${formatDecimals(100 * (point.training.mean - point.test.mean), 1)} points`;
  const closing = `The gap goes from ${gap(least)} to ${gap(most)}.`;
  const worth = cured.flatMap((point) => {
    const needed = imagesFor(plain, point.test.mean);
    return needed ? [{ size: point.size, needed, times: needed / point.size }] : [];
  });
  if (worth.length === 0) return `${first} ${closing}`;
  const best = worth.reduce((a, b) => (b.times > a.times ? b : a));
  const [small, large] = [cured[0], cured.at(-1)!];
  const gain = (point: SweepPoint) =>
    formatDecimals(100 * (point.test.mean - plain.find(({ size }) => size === point.size)!.test.mean), 1);
  return `${first} ${closing} With ${cure} it reads ${gain(small)} points more after ${formatCount(small.size)} images, and ${gain(large)} points more after ${formatCount(large.size)}. At its best the cure is worth about ${formatDecimals(best.times, 1)} times as many images: ${formatCount(best.size)} with it do as much as ${formatCount(roundish(best.needed))} without.`;
}

/** How many images without a cure read as many: in between two sizes, along a straight line over the logarithm. */
function imagesFor(plain: readonly SweepPoint[], test: number): number | undefined {
  for (let n = 1; n < plain.length; n++) {
    const [below, above] = [plain[n - 1], plain[n]];
    if (below.test.mean > test || above.test.mean < test) continue;
    const share = (test - below.test.mean) / (above.test.mean - below.test.mean);
    return below.size * (above.size / below.size) ** share;
  }
  return undefined;
}

/** To two digits: what was read off a line is not known better. */
function roundish(count: number): number {
  const step = 10 ** (Math.floor(Math.log10(count)) - 1);
  return Math.round(count / step) * step;
}

/** What wider networks do: whether the error, having risen, falls a second time. */
export function describeWidths(points: readonly SweepPoint[]): string {
  const error = ({ test }: SweepPoint) => ({ ...test, mean: 1 - test.mean });
  const knows = points.find(({ training }) => training.mean >= 0.999);
  const heart = knows
    ? `From ${formatCount(knows.size)} units on a network can learn all of it by heart.`
    : 'None of these networks learns all of it by heart.';
  const isOneSeed = points.every(({ test }) => test.values.length < 2);
  const found = isOneSeed ? undefined : secondDescent(points.map(error));
  const at = (n: number) => `${formatOverSeeds(error(points[n]))} at ${formatCount(points[n].size)} units`;
  if (found) {
    const isBeyond = knows && points[found.second].size > knows.size;
    const moral = isBeyond ? ', though narrower ones already know everything by heart' : '';
    return `${heart} The test error falls to ${at(found.valley)}, rises to ${at(found.peak)}, and falls a second time, to ${at(found.second)}${moral}.`;
  }
  const best = points.reduce((a, b, n) => (b.test.mean > points[a].test.mean ? n : a), 0);
  const last = points.length - 1;
  const after = best === last ? 'it is still falling at the end' : `it is ${at(last)} at the end`;
  return `${heart} ${
    isOneSeed
      ? 'With one seed a second descent of the test error could not be told from luck'
      : 'There is no second descent of the test error to be seen here'
  }: it is least with ${at(best)}, and ${after}.`;
}

/** Our run beside the published one. */
export function describeReference(
  ours: { readonly training: number; readonly test: number; readonly epochs: number },
  seconds: number,
  testImages: number,
): string {
  const apart = Math.round(Math.abs(ours.test - published.test) * testImages);
  // Two runs of the same recipe, each image read right with the chance p, independently: their difference has variance 2np(1 − p).
  const chance = 2 * Math.sqrt(2 * testImages * published.test * (1 - published.test));
  const verdict =
    apart <= chance
      ? `within what chance alone may do: up to about ${formatCount(chance)}`
      : `more than chance alone would do: up to about ${formatCount(chance)}`;
  return `After ${formatCount(ours.epochs)} ${ours.epochs === 1 ? 'epoch' : 'epochs'} and ${formatDuration(seconds)} ours reads ${formatShare(ours.training, 2)} of the training images and ${formatShare(ours.test, 2)} of the test images. Published were ${formatShare(published.training, 2)} and ${formatShare(published.test, 2)}, after ${formatCount(published.epochs)} epochs and ${formatCount(published.minutes)} minutes. On the test images the two are ${formatCount(apart)} of ${formatCount(testImages)} apart, ${verdict}.`;
}
