import type { ComponentChildren } from 'preact';
import { DIGITS, PIXELS, SIDE } from '../../lib/data/dataset.ts';
import type { PixelStatistics } from '../../lib/data/statistics.ts';
import { collection, describeTrain, statistics } from '../../state/collection.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { useCollection } from './CollectionChoice.tsx';
import { FULL_DEVIATION, Portrait } from './Portrait.tsx';

/** Of each digit: how many there are, the mean of its images, and how far they are from it. */
export function DigitPortraitsIsland({ still }: { still?: ComponentChildren }) {
  useCollection();
  const counted = statistics.value;
  const from = collection.value;
  return (
    <div>
      {counted && from ? <Portraits counted={counted} /> : still}
      <p class="quiet portraits-of" role="status">
        {counted && from ? `Of ${describeTrain(from)}.` : 'Counting…'}
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
