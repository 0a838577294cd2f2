import './RunCurves.css';
import './race-key.css';
import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import type { EpochRecord } from '../../lib/training/trainer.ts';
import { formatShare, formatSignificant } from '../../explain/numbers.ts';
import { type CurvePoint, legible, pointAt, shownEpochs } from '../../explain/run-curves.ts';
import { Chart } from './Chart.tsx';
import { CurveReader, type CurveReading, useEpochCursor } from './CurveReader.tsx';
import { useSlowed } from './useSlowed.ts';

type Plot = typeof import('@observablehq/plot');

const LEARNT = 'var(--ink-soft)';
const HELD = 'var(--hand)';

/** Up to so many points are drawn as dots, too. */
const FEW_POINTS = 60;

/** Epochs in which all that there is of a run is shown. */
const FIRST_MOMENTS = 0.1;

interface Props {
  points: readonly CurvePoint[];
  epochs: readonly EpochRecord[];
}

/** Loss and accuracy over the epochs: a line over the batches, and dots for the images held back. */
export function RunCurves(props: Props) {
  const slow = useSlowed(props.points, 400);
  const points = useMemo(() => legible(slow), [slow]);
  const epochs = useSlowed(props.epochs, 400);
  const charts = useMemo(
    () => ({ loss: draw(points, epochs, 'loss'), accuracy: draw(points, epochs, 'accuracy') }),
    [points, epochs],
  );
  const last = points.at(-1);
  const cursor = useEpochCursor(last?.epoch ?? 0);
  if (!last)
    return <p class="run-curves-none quiet">The curves of loss and accuracy begin with the first batches.</p>;
  const held = epochs.some(({ validation }) => validation);
  return (
    <>
      <p class="run-legend quiet">
        <span class="race-key run-key-learnt" /> images that it learns from, while the weights change
        {held && (
          <>
            {' '}
            <span class="race-key run-key-held" /> images held back, after each epoch
          </>
        )}
      </p>
      <div class="run-curves">
        <Chart
          draw={charts.loss}
          cursor={cursor}
          height={210}
          label={`Loss over the epochs; now ${formatSignificant(last.loss)}`}
        />
        <Chart
          draw={charts.accuracy}
          cursor={cursor}
          height={210}
          label={`Share read right over the epochs; now ${formatShare(last.accuracy)}`}
        />
      </div>
      <CurveReader
        cursor={cursor}
        readings={[
          reading('learnt from', LEARNT, pointAt(points, cursor.at)),
          ...(held ? [reading('held back', HELD, pointAt(epochs, cursor.at)?.validation)] : []),
        ]}
      />
    </>
  );
}

function reading(
  label: string,
  colour: string,
  score: { readonly loss: number; readonly accuracy: number } | undefined,
): CurveReading {
  const value =
    score && `loss ${formatSignificant(score.loss)}, ${formatShare(score.accuracy, 2)} read right`;
  return { label, colour, value };
}

function draw(points: readonly CurvePoint[], epochs: readonly EpochRecord[], what: 'loss' | 'accuracy') {
  const isShare = what === 'accuracy';
  const scale = isShare ? 100 : 1;
  const training = points.flatMap((point) =>
    Number.isFinite(point[what])
      ? [{ epoch: point.epoch, value: scale * point[what], set: 'learnt from' }]
      : [],
  );
  const validation = epochs.flatMap(({ epoch, validation }) =>
    validation && Number.isFinite(validation[what])
      ? [{ epoch, value: scale * validation[what], set: 'held back' }]
      : [],
  );
  const channels = { x: 'epoch', y: 'value', stroke: 'set' } as const;
  return (plot: Plot): PlotOptions => ({
    marginLeft: 48,
    x: { label: 'epoch', grid: true, domain: [0, shownEpochs(points.at(-1)?.epoch ?? 0)] },
    y: {
      label: isShare ? 'read right, %' : 'loss (nats)',
      grid: true,
      // Late in a run all that happens, happens near the end of the scale.
      ...(isShare
        ? { domain: [Math.min(95, Math.floor(lowest(training, validation))), 100] }
        : { type: 'log', tickFormat: '.3~g' }),
    },
    color: {
      domain: ['learnt from', 'held back'],
      range: [LEARNT, HELD],
      legend: false,
    },
    marks: [
      plot.lineY(training, { ...channels, strokeWidth: 1.5, clip: true }),
      // A line of one point is not to be seen.
      plot.dot(training.length > FEW_POINTS ? [] : training, {
        x: 'epoch',
        y: 'value',
        fill: 'set',
        r: 2.5,
        clip: true,
      }),
      plot.lineY(validation, { ...channels, strokeWidth: 2, clip: true }),
      plot.dot(validation, { x: 'epoch', y: 'value', fill: 'set', r: 2.5, clip: true }),
    ],
  });
}

/** Where the scale begins: the first moments of a run would squeeze all the others together. */
function lowest(...sets: readonly (readonly { epoch: number; value: number }[])[]): number {
  const all = sets.flat();
  const end = Math.max(...all.map(({ epoch }) => epoch));
  const late = all.filter(({ epoch }) => end < FIRST_MOMENTS || epoch > Math.min(0.25, end / 2));
  return Math.min(...late.map(({ value }) => value));
}
