import type { Random } from '../nn/random.ts';
import { DIGITS, type Dataset } from './dataset.ts';

/**
 * The same images, a share of them under the label of another digit, each of the nine others as likely. Which ones, and which
 * digit, is drawn from `random`.
 *
 * @param share from 0 to 1; so many are wrong, to the nearest whole image
 * @throws RangeError when the share is none
 */
export function withWrongLabels(dataset: Dataset, share: number, random: Random): Dataset {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share must be from 0 to 1, not ${share}`);
  const order = random.shuffle(Uint32Array.from({ length: dataset.count }, (_, i) => i));
  const labels = dataset.labels.slice();
  for (const row of order.subarray(0, Math.round(share * dataset.count))) {
    labels[row] = (labels[row] + 1 + random.below(DIGITS - 1)) % DIGITS;
  }
  return { ...dataset, labels };
}
