import './Portrait.css';
import type { ComponentChildren } from 'preact';
import { formatCount, formatShare } from '../../explain/numbers.ts';

/** The largest deviation that bytes can have: half of them 0, half 255. */
export const FULL_DEVIATION = 127.5;

interface Props {
  digit: number;
  /** (10): images of each digit */
  labels: ArrayLike<number>;
  mean?: ComponentChildren;
  deviation?: ComponentChildren;
}

/** One digit of a collection: its count as a bar, its mean, its deviation. */
export function Portrait({ digit, labels, mean, deviation }: Props) {
  const counts = Array.from(labels);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const count = counts[digit];
  return (
    <li class="portrait">
      <span class="portrait-digit">{digit}</span>
      <span class="portrait-track" aria-hidden="true">
        <span class="portrait-bar" style={{ width: `${(100 * count) / Math.max(1, ...counts)}%` }} />
      </span>
      <span class="portrait-count">
        {formatCount(count)} <small>{formatShare(count / Math.max(1, total))}</small>
      </span>
      {mean}
      {deviation}
    </li>
  );
}
