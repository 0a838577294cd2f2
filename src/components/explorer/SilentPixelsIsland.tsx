import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { SIDE } from '../../lib/data/dataset.ts';
import { type PixelStatistics, silentPixels } from '../../lib/data/statistics.ts';
import { type Collection, describeTrain } from '../../state/digits/collection.ts';
import type { FirstGradient } from './first-gradient.ts';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { CollectionChoice } from './CollectionChoice.tsx';
import { useFiguresData } from './figures-data.ts';
import { formatCount, formatMagnitude } from '../../explain/numbers.ts';

/** The pixels that no digit touches, and the gradient that their weights get. */
export function SilentPixelsIsland({ still, said }: { still?: ComponentChildren; said?: ComponentChildren }) {
  const { from, counted } = useFiguresData();
  const [pixel, setPixel] = useState<number | undefined>(undefined);
  const [gradient, setGradient] = useState<FirstGradient | undefined>(undefined);
  const [gradientOf, setGradientOf] = useState<Collection | undefined>(undefined);
  const silent = useMemo(() => (counted ? silentPixels(counted) : []), [counted]);
  const inTest = useMemo(() => from && describeTest(from, silent), [from, silent]);
  const current = gradientOf === from ? gradient : undefined;
  const compute = async () => {
    if (!from) return;
    const { firstGradient } = await import('./first-gradient.ts');
    setGradient(firstGradient(from.train));
    setGradientOf(from);
  };
  return (
    <div class="silent">
      <CollectionChoice from={from} who="This figure looks at" />
      {counted ? (
        <Pictures {...{ counted, silent, current, pixel, setPixel }} />
      ) : (
        // Astro looks for the island's box to see whether it is in sight: what is still has none of its own.
        <div>{still}</div>
      )}
      <p class="needs-script">
        <button
          type="button"
          onClick={() => void compute()}
          aria-disabled={!counted || current !== undefined}
        >
          One forward and backward pass
        </button>
      </p>
      {from && counted ? (
        <>
          <p class="silent-text" role="status">
            {pixel === undefined
              ? `${silent.length} of the 784 pixels are 0 in ${describeTrain(from)}.`
              : describePixel(pixel, counted, current)}
          </p>
          {inTest && <p class="quiet">{inTest}</p>}
        </>
      ) : (
        <div>{said}</div>
      )}
    </div>
  );
}

interface PicturesProps {
  counted: PixelStatistics;
  silent: readonly number[];
  current: FirstGradient | undefined;
  pixel: number | undefined;
  setPixel: (pixel: number | undefined) => void;
}

function Pictures({ counted, silent, current, pixel, setPixel }: PicturesProps) {
  const marks = silent.map((n) => (
    <path key={n} d={`M${n % SIDE} ${Math.floor(n / SIDE)}l1 1m0-1l-1 1`} class="silent-mark" />
  ));
  return (
    <div class="silent-pair">
      <div>
        <p class="quiet">The largest value that each pixel ever has; ✕ where it is always 0</p>
        <DigitImage
          image={counted.largest}
          label="The largest value of each pixel. The arrow keys move from pixel to pixel."
          pointed={pixel}
          onPoint={setPixel}
        >
          {marks}
        </DigitImage>
      </div>
      <div>
        <p class="quiet">The largest gradient among each pixel's 32 weights</p>
        <HeatImage
          values={current?.sizes}
          rows={SIDE}
          columns={SIDE}
          scale="gradient"
          full={current ? Math.max(...current.sizes) : 1}
          label="The largest gradient of each pixel's weights. The arrow keys move from pixel to pixel."
          pointed={pixel}
          onPoint={setPixel}
        >
          {current && marks}
        </HeatImage>
      </div>
    </div>
  );
}

function describePixel(
  pixel: number,
  { largest, count }: PixelStatistics,
  gradient: FirstGradient | undefined,
): string {
  const where = `Pixel ${pixel}, row ${Math.floor(pixel / SIDE)}, column ${pixel % SIDE}`;
  const said =
    largest[pixel] === 0
      ? `${where}, is 0 in all ${formatCount(count)} images.`
      : `${where}, reaches ${largest[pixel]}.`;
  if (!gradient) return said;
  const size = gradient.sizes[pixel];
  const amount = size === 0 ? 'exactly 0' : formatMagnitude(size, 3);
  return `${said} The largest gradient among its 32 weights, over ${formatCount(gradient.images)} images, is ${amount}.`;
}

/** How many of the pixels that training never saw are used by a test digit. */
function describeTest({ test }: Collection, silent: readonly number[]): string | undefined {
  if (!test) return undefined;
  const { values, count, width } = test;
  let surprises = 0;
  for (const pixel of silent) {
    for (let i = 0; i < count; i++) {
      if (values[i * width + pixel] === 0) continue;
      surprises++;
      break;
    }
  }
  return `Among the ${formatCount(count)} test digits there is ink in ${surprises} of these ${silent.length} pixels: whatever weights they began with then have their say.`;
}
