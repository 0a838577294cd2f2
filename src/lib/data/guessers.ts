import type { Random } from '../nn/random.ts';
import { DIGITS } from './dataset.ts';

/** The best of many who guess, chosen by some images: how it does on these, and on others. */
export interface LuckiestGuesser {
  /** Images read right by the best of them, of those that it was chosen by. */
  readonly right: number;
  /** And of the others, which had no part in the choice. */
  readonly rightElsewhere: number;
}

/**
 * Lets readers that know nothing, and name a digit at random for each image, compete: the one that is right most often
 * wins. That is what choosing by the test images does, and why a score that chose is no longer a measurement.
 *
 * @param labels of the images that the winner is chosen by
 * @param others labels of images that are looked at afterwards
 * @param guessers how many compete, at least 1; of two that are equally good the first wins
 */
export function luckiestGuesser(
  labels: Uint8Array,
  others: Uint8Array,
  guessers: number,
  random: Random,
): LuckiestGuesser {
  let best: LuckiestGuesser = { right: -1, rightElsewhere: -1 };
  for (let guesser = 0; guesser < guessers; guesser++) {
    const right = rightByChance(labels, random);
    const rightElsewhere = rightByChance(others, random);
    if (right > best.right) best = { right, rightElsewhere };
  }
  return best;
}

function rightByChance(labels: Uint8Array, random: Random): number {
  let right = 0;
  for (const label of labels) if (random.below(DIGITS) === label) right++;
  return right;
}
