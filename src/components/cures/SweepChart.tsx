import '../figures/race-key.css';
import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import type { SweepPoint } from '../../explain/sweep-words.ts';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { useSlowed } from '../figures/useSlowed.ts';

type Plot = typeof import('@observablehq/plot');

export interface SweepLine {
  readonly label: string;
  readonly points: readonly SweepPoint[];
}

interface Props {
  /** What differs from point to point. */
  axis: string;
  /** The first and the last size. */
  domain: readonly [number, number];
  lines: readonly SweepLine[];
  /** Whether the training images are drawn too. */
  hasTraining: boolean;
  /** All that the chart says, for those who do not see it. */
  said: string;
}

const DASHES = ['none', '6 3'];

/** The test error over the size of something, each seed a dot, on logarithmic scales. */
export function SweepChart({ axis, domain, lines: latest, hasTraining, said }: Props) {
  const lines = useSlowed(latest, 300);
  const draw = useMemo(() => drawSweep(axis, domain, lines, hasTraining), [axis, lines, hasTraining]);
  return (
    <>
      <Chart draw={draw} height={280} label={`Read wrong, by ${axis}. ${said}`} />
      <p class="quiet">
        {lines.map(({ label }, n) => (
          <span key={label}>
            <span class="race-key" style={{ background: curveColour(n) }} aria-hidden="true" /> test images,{' '}
            {label}{' '}
          </span>
        ))}
        {hasTraining && (
          <span>
            <span class="race-key" style={{ background: 'var(--ink-soft)' }} aria-hidden="true" /> images that
            it learns from
          </span>
        )}
      </p>
    </>
  );
}

function drawSweep(
  axis: string,
  domain: readonly [number, number],
  lines: readonly SweepLine[],
  hasTraining: boolean,
) {
  const wrong = (share: number) => 100 * (1 - share);
  return (plot: Plot): PlotOptions => ({
    marginLeft: 44,
    x: { label: axis, type: 'log', domain: [...domain], tickFormat: '~s' },
    y: { label: 'read wrong, %', grid: true, zero: true },
    marks: [
      plot.ruleY([0]),
      ...(hasTraining
        ? [
            plot.lineY(
              lines[0].points.map(({ size, training }) => ({ size, wrong: wrong(training.mean) })),
              { x: 'size', y: 'wrong', stroke: 'var(--ink-soft)', strokeDasharray: '2 3', strokeWidth: 2 },
            ),
          ]
        : []),
      ...lines.flatMap(({ points }, n) => [
        plot.lineY(
          points.map(({ size, test }) => ({ size, wrong: wrong(test.mean) })),
          { x: 'size', y: 'wrong', stroke: curveColour(n), strokeDasharray: DASHES[n], strokeWidth: 2 },
        ),
        plot.dot(
          points.flatMap(({ size, test }) => test.values.map((value) => ({ size, wrong: wrong(value) }))),
          { x: 'size', y: 'wrong', fill: curveColour(n), fillOpacity: 0.6, r: 3 },
        ),
      ]),
    ],
  });
}
