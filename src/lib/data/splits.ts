import type { Random } from '../nn/random.ts';
import { DIGITS, type Dataset, DataError, countLabels } from './dataset.ts';

/**
 * Picks `size` images at random, each digit in the share that it has in the whole.
 *
 * @returns the picked and the remaining images' indices, both in rising order
 * @throws DataError when there are not so many images
 */
export function stratifiedSplit(
  dataset: Pick<Dataset, 'name' | 'count' | 'labels'>,
  size: number,
  random: Random,
): { picked: Uint32Array; rest: Uint32Array } {
  if (!Number.isInteger(size) || size < 0 || size > dataset.count) {
    throw new DataError(`${size} images cannot be taken out of the ${dataset.count} of ${dataset.name}`);
  }
  const quotas = shareOut(countLabels(dataset), size);
  const order = random.shuffle(Uint32Array.from({ length: dataset.count }, (_, i) => i));
  const isPicked = new Uint8Array(dataset.count);
  for (const index of order) {
    const label = dataset.labels[index];
    if (quotas[label] > 0) {
      quotas[label]--;
      isPicked[index] = 1;
    }
  }
  const indices = order.sort();
  return { picked: indices.filter((i) => isPicked[i] === 1), rest: indices.filter((i) => isPicked[i] === 0) };
}

/** Whole numbers in the proportions of the counts that sum to `size`: largest remainders first. */
function shareOut(counts: readonly number[], size: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (total === 0 ? 0 : (count * size) / total));
  const quotas = exact.map(Math.floor);
  const byRemainder = Array.from({ length: DIGITS }, (_, digit) => digit).sort(
    (a, b) => exact[b] - quotas[b] - (exact[a] - quotas[a]) || a - b,
  );
  let missing = size - quotas.reduce((sum, quota) => sum + quota, 0);
  for (const digit of byRemainder) {
    if (missing === 0) break;
    quotas[digit]++;
    missing--;
  }
  return quotas;
}
