import { formatCount, formatShare } from './numbers.ts';

/** A runner that has arrived: what it is called, and the share that it reads right; nothing where it diverged. */
export interface Arrival {
  readonly label: string;
  readonly accuracy: number | undefined;
}

/**
 * How far the runners of a race are apart, as what goes on from naming the first: made from what was measured, so that
 * it is true of whatever rates were set.
 *
 * @param images how many each was measured by
 */
export function describeLead(arrivals: readonly Arrival[], images: number): string {
  const right = (accuracy: number) => Math.round(accuracy * images);
  const ranked = arrivals
    .flatMap(({ label, accuracy }) => (accuracy === undefined ? [] : [{ label, right: right(accuracy) }]))
    .sort((a, b) => b.right - a.right);
  const [first, second] = ranked;
  if (!first || !second) return '';
  const last = ranked.at(-1)!;
  const gap = (other: { readonly right: number }) => first.right - other.right;
  const digits = `${formatCount(gap(second))} ${gap(second) === 1 ? 'digit' : 'digits'}`;
  const ahead =
    gap(second) === 0
      ? `level with ${second.label}`
      : `ahead of ${second.label} by ${digits}, which is ${formatShare(gap(second) / images, 2)} of them`;
  return ranked.length === 2
    ? ahead
    : `${ahead}; ahead of ${last.label}, the last, by ${formatShare(gap(last) / images, 2)}`;
}
