import type { ComponentChildren } from 'preact';
import { DIGITS, PIXELS, SIDE, imageOf } from '../../lib/data/dataset.ts';
import { type PixelStatistics, nearestMean } from '../../lib/data/statistics.ts';
import { type Collection, describeTrain } from '../../state/collection.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { useFiguresData } from './figures-data.ts';
import { FULL_DEVIATION, Portrait } from './Portrait.tsx';

/** Of each digit: how many there are, the mean of its images, and how far they are from it. */
export function DigitPortraitsIsland({ still }: { still?: ComponentChildren }) {
  const { from, counted } = useFiguresData();
  return (
    <div>
      {counted && from ? <Portraits counted={counted} /> : still}
      <p class="quiet portraits-of" role="status">
        {counted && from ? `Of ${describeTrain(from)}. ${describeNearest(from, counted)}` : 'Counting…'}
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

/** Test digits that are read by the nearest mean: enough to tell, few enough to be quick. */
const READ = 1000;

function describeNearest({ test }: Collection, counted: PixelStatistics): string {
  if (!test) return '';
  const count = Math.min(READ, test.count);
  let right = 0;
  for (let i = 0; i < count; i++) {
    if (nearestMean(imageOf(test, i), counted) === test.labels[i]) right++;
  }
  return `Of ${count.toLocaleString('en')} test digits, ${((100 * right) / count).toFixed(1)} % are nearest to the mean of their own digit.`;
}
