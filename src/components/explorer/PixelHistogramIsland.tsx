import '../figures/segments.css';
import type { ComponentChildren } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { type PixelStatistics, shareOfValues } from '../../lib/data/statistics.ts';
import { type Collection, describeTrain } from '../../state/digits/collection.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart } from '../figures/Chart.tsx';
import { useFiguresData } from './figures-data.ts';
import { formatShare } from '../../explain/numbers.ts';

interface Props {
  question?: ComponentChildren;
  afterwards?: ComponentChildren;
}

/** How often each value from 0 to 255 comes among the pixels: guessed first. */
export function PixelHistogramIsland({ question, afterwards }: Props) {
  const { from, counted } = useFiguresData();
  return (
    <Prediction
      id="data/share-of-paper"
      question={question}
      min={0}
      max={100}
      step={1}
      unit="%"
      near={5}
      actual={counted && 100 * shareOfValues(counted, 0, 0)}
      afterwards={afterwards}
    >
      {from && counted && <Histogram from={from} counted={counted} />}
    </Prediction>
  );
}

function Histogram({ from, counted }: { from: Collection; counted: PixelStatistics }) {
  const [withZeros, setWithZeros] = useState(true);
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const bars = Array.from(counted.histogram, (pixels, value) => ({ value, pixels })).slice(
        withZeros ? 0 : 1,
      );
      return {
        marginLeft: 60,
        x: { label: 'value of the pixel', domain: [-4, 260] },
        y: { label: 'pixels', grid: true, tickFormat: 's' },
        marks: [
          plot.rectY(bars, {
            x1: 'value',
            x2: ({ value }: { value: number }) => value + 1,
            y: 'pixels',
            fill: 'currentColor',
            // A hair at least, so that the one tall bar is seen on a narrow screen too.
            stroke: 'currentColor',
            strokeWidth: 1,
            inset: 0,
          }),
          plot.ruleY([0]),
        ],
      };
    },
    [counted, withZeros],
  );
  const share = (low: number, high: number) => formatShare(shareOfValues(counted, low, high));
  const sentence = `Of the pixels of ${describeTrain(from)}, ${share(0, 0)} are 0, ${share(1, 127)} lie from 1 to 127, ${share(128, 254)} from 128 to 254, and ${share(255, 255)} are 255.`;
  return (
    <div class="histogram">
      <fieldset class="segments">
        <legend>Values</legend>
        <button type="button" aria-pressed={withZeros} onClick={() => setWithZeros(true)}>
          all
        </button>
        <button type="button" aria-pressed={!withZeros} onClick={() => setWithZeros(false)}>
          without the zeros
        </button>
      </fieldset>
      <Chart
        draw={draw}
        height={260}
        label={`How many pixels have each value${withZeros ? '' : ', without the zeros'}`}
      />
      <p class="quiet">{sentence}</p>
    </div>
  );
}
