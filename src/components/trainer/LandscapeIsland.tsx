import '../figures/controls.css';
import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useMemo } from 'preact/hooks';
import { SLICE_IMAGES, type PlaneName, type Slice, createLandscape } from '../../state/run/landscape.ts';
import { formatCount, formatShare, formatSignificant } from '../../explain/numbers.ts';
import { Chart } from '../figures/Chart.tsx';
import { useAlive } from '../figures/useAlive.ts';

type Plot = typeof import('@observablehq/plot');

/** A slice of the loss landscape, with the path that training took. */
export function LandscapeIsland() {
  const landscape = useMemo(() => createLandscape(), []);
  const isAlive = useAlive();
  useEffect(() => {
    void landscape.run.restore();
  }, []);
  const { slice, plane, seed, progress, loading, failure, run } = landscape;
  const shown = slice.value;
  const contours = useMemo(() => shown && draw(shown), [shown]);
  const epochs = isAlive ? run.snapshots.value.length - 1 : 0;
  const isBusy = progress.value !== undefined;
  return (
    <div class="landscape">
      <div class="run-controls needs-script">
        <label class="run-speed">
          Directions
          <select
            value={plane.value}
            aria-disabled={epochs < 2 || isBusy}
            onChange={(event) => landscape.choose(event.currentTarget.value as PlaneName)}
          >
            <option value="path">the two along which training moved most</option>
            <option value="random">two at random, unit by unit as long as the weights</option>
          </select>
        </label>
        {isBusy ? (
          <button type="button" onClick={landscape.cancel}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            aria-disabled={epochs < 2}
            onClick={() => void landscape.measure()}
          >
            Measure the slice
          </button>
        )}
        <button
          type="button"
          aria-disabled={epochs < 2 || isBusy || plane.value !== 'random'}
          onClick={() => landscape.choose('random', seed.value + 1)}
        >
          Other directions
        </button>
      </div>
      {(isBusy || loading.value !== undefined) && (
        <progress
          value={loading.value ?? progress.value}
          max={1}
          aria-label={loading.value === undefined ? 'Points measured' : 'Digits fetched'}
        />
      )}
      {contours ? (
        <Chart draw={contours} height={420} label={describeSlice(shown!)} />
      ) : (
        <p class="landscape-none quiet">
          {epochs < 2
            ? 'Train at least two epochs in the console above: a path needs them.'
            : 'Nothing is measured yet.'}
        </p>
      )}
      <p role="status" class="run-sentence">
        {shown ? describeSlice(shown) : ' '}
      </p>
      {failure.value && (
        <p class="run-trouble" role="alert">
          {failure.value}
        </p>
      )}
    </div>
  );
}

function describeSlice({ losses, path, share, plane }: Slice): string {
  const finite = losses.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const of =
    plane === 'path'
      ? `The plane holds ${formatShare(share!, 0)} of the path's way.`
      : 'Of the path only its shadow is seen: it hardly moved in these directions.';
  return `Loss on ${formatCount(SLICE_IMAGES)} training images, from ${formatSignificant(low, 2)} to ${formatSignificant(high, 2)}; the path has ${path.length} networks and ends at 0, 0. ${of}`;
}

function draw({ across, along, losses, path }: Slice) {
  const finite = losses.filter((loss) => Number.isFinite(loss) && loss > 0);
  const [low, high] = [Math.log10(Math.min(...finite)), Math.log10(Math.max(...finite))];
  const thresholds = Array.from({ length: 18 }, (_, n) => low + ((high - low) * n) / 18);
  const [x1, x2, y1, y2] = [across[0], across.at(-1)!, along[0], along.at(-1)!];
  // The contours' values belong to the middles of their cells, so the grid reaches half a cell further out.
  const [halfA, halfB] = [(x2 - x1) / (across.length - 1) / 2, (y2 - y1) / (along.length - 1) / 2];
  const points = along.flatMap((b, row) =>
    across.map((a, column) => ({ a, b, loss: losses[row * across.length + column] })),
  );
  // Outside of the slice nothing was measured: a random plane may miss most of the path's shadow.
  const inside = path.filter(({ a, b }) => a >= x1 && a <= x2 && b >= y1 && b <= y2);
  return (plot: Plot): PlotOptions => ({
    marginLeft: 50,
    x: { label: 'steps along the first direction', domain: [x1, x2] },
    y: { label: 'along the second', domain: [y1, y2] },
    marks: [
      plot.contour(
        Array.from(losses, (loss) => (loss > 0 ? Math.log10(loss) : high)),
        {
          width: across.length,
          height: along.length,
          x1: x1 - halfA,
          x2: x2 + halfA,
          y1: y1 - halfB,
          y2: y2 + halfB,
          clip: true,
          thresholds,
          stroke: 'var(--ink-faint)',
          strokeWidth: 0.8,
          fill: 'none',
        },
      ),
      plot.line(inside, { x: 'a', y: 'b', stroke: 'var(--hand)', strokeWidth: 2 }),
      plot.dot(inside, { x: 'a', y: 'b', fill: 'var(--hand)', r: 3 }),
      plot.text(
        inside.filter((_, n) => n === 0 || n === inside.length - 1),
        {
          x: 'a',
          y: 'b',
          text: ({ epoch }) => `epoch ${epoch}`,
          dy: -10,
          fill: 'var(--ink)',
          stroke: 'var(--paper)',
          strokeWidth: 4,
        },
      ),
      plot.tip(
        points,
        plot.pointer({
          x: 'a',
          y: 'b',
          title: ({ loss }: { loss: number }) => `loss ${formatSignificant(loss)}`,
          fill: 'var(--sheet)',
          stroke: 'var(--ink-faint)',
        }),
      ),
    ],
  });
}
