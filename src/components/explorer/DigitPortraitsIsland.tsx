import type { ComponentChildren } from 'preact';
import { DIGITS, PIXELS, SIDE } from '../../lib/data/dataset.ts';
import { type PixelStatistics, distancesFromMean } from '../../lib/data/statistics.ts';
import { type ReadByMeans, describeTrain, nearestToOwnMean } from '../../state/digits/collection.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { useFiguresData } from './figures-data.ts';
import { FULL_DEVIATION, Portrait } from './Portrait.tsx';
import { formatCount, formatShare } from '../../explain/numbers.ts';

/** Of each digit: how many there are, the mean of its images, and how far they are from it. */
export function DigitPortraitsIsland({ still }: { still?: ComponentChildren }) {
  const { from, counted } = useFiguresData();
  return (
    <div>
      {counted && from ? <Portraits counted={counted} /> : still}
      <p class="quiet portraits-of" role="status">
        {counted && from
          ? `Of ${describeTrain(from)}. ${describeFarthest(counted)} ${describeNearest(nearestToOwnMean.value)}`
          : 'Counting…'}
      </p>
    </div>
  );
}

function Portraits({ counted }: { counted: PixelStatistics }) {
  const picture = (values: Float64Array, digit: number, full: number, label: string) => (
    <HeatImage
      values={values.subarray(digit * PIXELS, (digit + 1) * PIXELS)}
      rows={SIDE}
      columns={SIDE}
      scale="ink"
      full={full}
      label={label}
    />
  );
  return (
    <ul class="portraits">
      {Array.from({ length: DIGITS }, (_, digit) => (
        <Portrait
          key={digit}
          digit={digit}
          labels={counted.labels}
          mean={picture(counted.means, digit, 255, `The mean ${digit}`)}
          deviation={picture(
            counted.deviations,
            digit,
            FULL_DEVIATION,
            `The deviation of the ${digit}s from their mean`,
          )}
        />
      ))}
    </ul>
  );
}

/** Whose images differ most, and whose least. */
function describeFarthest(counted: PixelStatistics): string {
  const distances = distancesFromMean(counted);
  const order = Array.from(counted.labels.keys())
    .filter((digit) => counted.labels[digit] > 0)
    .sort((a, b) => distances[b] - distances[a]);
  return `The ${order[0]}s stray furthest from their mean, the ${order[order.length - 1]}s least.`;
}

function describeNearest(read: ReadByMeans | undefined): string {
  if (!read) return '';
  return `Of ${formatCount(read.count)} test digits, ${formatShare(read.right / read.count)} are nearest to the mean of their own digit.`;
}
