import { formatCount, formatDecimals, formatShare } from '../../explain/numbers.ts';
import type { PushedRow } from '../../lib/training/review.ts';
import { loadDataset } from '../../state/site/datasets.ts';
import type { Dataset } from '../../lib/data/dataset.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { candidate, reviewerWith } from './examination.ts';

/** How many test images are pushed, and how many at a time: few enough that it can be stopped. */
export const PUSHED = 500;
const A_CALL = 10;
/** As the page's push along the gradient: √Σ of a step's squares, and how many of them are tried. */
export const STEPS = { step: 0.05, most: 300 } as const;

export interface SmallestPushes {
  readonly test: Dataset;
  /** Of the images that are read right; all of them were changed by the push. */
  readonly pushes: readonly PushedRow[];
}

/** The smallest push of each of the first test images that is read right. */
export async function findSmallestPushes(
  name: NetworkName,
  said: (share: number) => void,
  isWanted: () => boolean,
): Promise<SmallestPushes> {
  const [review, asked] = await Promise.all([
    reviewerWith(['test'], (share) => said(share / 5)),
    candidate(name),
  ]);
  const pushes: PushedRow[] = [];
  for (let from = 0; from < PUSHED && isWanted(); from += A_CALL) {
    pushes.push(
      ...(await review.smallestPushes({ ...asked, ...STEPS, dataset: 'test', from, images: A_CALL })),
    );
    said(0.2 + (0.8 * (from + A_CALL)) / PUSHED);
  }
  return { test: await loadDataset('test'), pushes };
}

export interface Typical {
  readonly push: number;
  readonly own: number;
}

/** The medians of the pushes and of the digits themselves. */
export function typical(pushes: readonly PushedRow[]): Typical {
  return {
    push: quantile(
      pushes.map(({ length }) => length),
      0.5,
    ),
    own: quantile(
      pushes.map(({ own }) => own),
      0.5,
    ),
  };
}

/** The value that so large a share of the numbers stay below. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))];
}

export function describeSmallest(pushes: readonly PushedRow[]): string {
  const { push, own } = typical(pushes);
  const lengths = pushes.map(({ length }) => length);
  const say = (length: number) => formatDecimals(length, 2);
  return `${formatCount(pushes.length)} of the first ${formatCount(PUSHED)} test images are read right and were pushed. The push that changes the answer is ${say(push)} long in the median, from ${say(Math.min(...lengths))} to ${say(Math.max(...lengths))}; nine in ten need at most ${say(quantile(lengths, 0.9))}. A digit is ${say(own)} long in the median: the push is ${formatShare(push / own, 0)} of that.`;
}
