import './GapChart.css';
import '../figures/race-key.css';
import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { formatShare } from '../../explain/numbers.ts';
import type { Examined } from '../../lib/training/examined-runs.ts';
import { Chart } from '../figures/Chart.tsx';
import { useSlowed } from '../figures/useSlowed.ts';

type Plot = typeof import('@observablehq/plot');

const LEARNT = 'var(--ink-soft)';
const TEST = 'var(--hand)';

interface Props {
  title: string;
  looks: readonly Examined[];
  epochs: number;
  /** Where the scale begins, the same for charts side by side. */
  from: number;
  /** The epoch whose weights the run ends with, where it is not its last. */
  kept?: number | undefined;
}

/** What a run reads of its own images and of the test images, over the epochs; the gap between them is filled. */
export function GapChart({ title, looks: latest, epochs, from, kept }: Props) {
  const looks = useSlowed(latest, 300);
  const draw = useMemo(() => drawGap(looks, epochs, from, kept), [looks, epochs, from, kept]);
  const last = looks.at(-1);
  return (
    <div>
      <p class="gap-title">{title}</p>
      <Chart
        draw={draw}
        height={220}
        label={
          last
            ? `${title}: read right over the epochs; at epoch ${last.epoch} ${formatShare(last.training)} of what it learns from and ${formatShare(last.test)} of the test images`
            : `${title}: nothing yet`
        }
      />
    </div>
  );
}

/** What the lines and the filling mean. */
export function GapKey() {
  return (
    <p class="quiet gap-key">
      <span class="race-key" style={{ background: LEARNT }} aria-hidden="true" /> images that it learns from{' '}
      <span class="race-key" style={{ background: TEST }} aria-hidden="true" /> test images{' '}
      <span class="race-key gap-filling" aria-hidden="true" /> the gap
    </p>
  );
}

function drawGap(looks: readonly Examined[], epochs: number, from: number, kept: number | undefined) {
  const shares = looks.map(({ epoch, training, test }) => ({
    epoch,
    training: 100 * training,
    test: 100 * test,
  }));
  return (plot: Plot): PlotOptions => ({
    marginLeft: 44,
    x: { label: 'epoch', domain: [0, epochs] },
    y: { label: 'read right, %', domain: [from, 100], grid: true },
    marks: [
      plot.areaY(shares, {
        x: 'epoch',
        y1: 'test',
        y2: 'training',
        fill: TEST,
        fillOpacity: 0.16,
        clip: true,
      }),
      plot.lineY(shares, { x: 'epoch', y: 'training', stroke: LEARNT, strokeWidth: 2, clip: true }),
      plot.lineY(shares, {
        x: 'epoch',
        y: 'test',
        stroke: TEST,
        strokeWidth: 2,
        strokeDasharray: '6 3',
        clip: true,
      }),
      plot.ruleX(kept === undefined ? [] : [kept], { stroke: 'currentColor', strokeDasharray: '2 3' }),
    ],
  });
}
