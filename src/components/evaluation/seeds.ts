import { formatCount, formatDecimals, formatShare } from '../../explain/numbers.ts';
import type { Trial } from '../../lib/training/trials.ts';
import { describeAccuracy } from './accuracy.ts';
import { reviewerWith } from './examination.ts';

export const SEEDS = 200;
/** Test images that the best is chosen by, and those that had no part in it. */
export const JUDGED = 200;
export const FRESH = 9800;
const SEEDS_A_CALL = 5;

/** Trains the networks a few at a time; each answer is handed on, until it is not wanted any more. */
export async function trySeeds(
  take: (trials: readonly Trial[]) => void,
  said: (share: number) => void,
  isWanted: () => boolean,
): Promise<readonly Trial[]> {
  const review = await reviewerWith(['sample-train', 'test'], (share) => said(share / 10));
  const all: Trial[] = [];
  while (all.length < SEEDS && isWanted()) {
    const seeds = Array.from({ length: SEEDS_A_CALL }, (_, n) => all.length + n + 1);
    all.push(...(await review.trials({ train: 'sample-train', test: 'test', seeds, judged: JUDGED })));
    if (!isWanted()) break;
    take([...all]);
    said(0.1 + (0.9 * all.length) / SEEDS);
  }
  return all;
}

/** The first of the best on the images that judge. */
export function luckiest(trials: readonly Trial[]): Trial {
  return trials.reduce((best, trial) => (trial.judged > best.judged ? trial : best));
}

/**
 * What is left of the luck. The images that choose may be easier or harder than the others for all seeds alike: so the chosen one is
 * compared with the mean of all on the same images.
 */
export function describeLuck(trials: readonly Trial[]): string {
  const best = luckiest(trials);
  const better = trials.filter(({ fresh }) => fresh > best.fresh).length;
  const mean = (of: (trial: Trial) => number, images: number) =>
    trials.reduce((sum, trial) => sum + of(trial), 0) / trials.length / images;
  const [here, elsewhere] = [mean(({ judged }) => judged, JUDGED), mean(({ fresh }) => fresh, FRESH)];
  const ahead = (share: number, of: number) => `${formatDecimals(100 * (share - of), 1)} points`;
  return `Seed ${best.seed}, the best of ${formatCount(trials.length)} on the images that chose it, reads ${describeAccuracy(best.judged, JUDGED)} of those, and ${describeAccuracy(best.fresh, FRESH)} of the others. All seeds together read ${formatShare(here, 2)} and ${formatShare(elsewhere, 2)}: where it was chosen it is ${ahead(best.judged / JUDGED, here)} ahead of the mean, elsewhere ${ahead(best.fresh / FRESH, elsewhere)}, and there ${formatCount(better)} seeds are better.`;
}
