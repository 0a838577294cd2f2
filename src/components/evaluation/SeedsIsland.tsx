import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import type { Trial } from '../../lib/training/trials.ts';
import { formatCount } from '../../explain/numbers.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { describeAccuracy } from './accuracy.ts';
import { FRESH, JUDGED, SEEDS, describeLuck, luckiest, trySeeds } from './seeds.ts';
import { TaskButton } from './TaskButton.tsx';
import { TaskRow } from './TaskRow.tsx';
import { createTask } from './task.ts';

/** The best of many seeds, chosen by a few test images, and what is left of its luck on the others. */
export function SeedsIsland() {
  const trials = useSignal<readonly Trial[]>([]);
  const task = useMemo(
    () =>
      createTask(
        (_: undefined, said, isWanted) =>
          trySeeds(
            (all) => {
              trials.value = all;
            },
            said,
            isWanted,
          ),
        'The seeds could not be tried',
      ),
    [],
  );
  const done = task.result.value;
  const so = trials.value;
  const best = so.length > 0 ? luckiest(so) : undefined;
  return (
    <>
      <TaskRow
        task={task}
        doing="Networks learn, one seed after the other"
        found={done && `All ${done.length} seeds have been tried.`}
      >
        <TaskButton
          task={task}
          isPrimary
          canStop
          isDone={done !== undefined}
          onBegin={() => void task.begin(undefined)}
        >
          Try {SEEDS} seeds
        </TaskButton>
      </TaskRow>
      <p class="run-sentence">
        {best &&
          `The best so far is seed ${best.seed}: ${describeAccuracy(best.judged, JUDGED)} of the test images that choose.`}
      </p>
      <Prediction
        id="evaluation/the-luck"
        question={
          <p>
            The best of all is chosen by {JUDGED} test images. How many of the {formatCount(FRESH)} others
            will it read right?
          </p>
        }
        min={80}
        max={100}
        step={0.5}
        unit="%"
        near={1}
        actual={done && (100 * luckiest(done).fresh) / FRESH}
        afterwards={<p>Nobody trained on the test images here. What was done with them that was too much?</p>}
      >
        {done && (
          <>
            <SeedChart trials={done} />
            <p role="status">{describeLuck(done)}</p>
          </>
        )}
      </Prediction>
    </>
  );
}

function SeedChart({ trials }: { trials: readonly Trial[] }) {
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const points = trials.map(({ judged, fresh }) => ({ judged: judged / JUDGED, fresh: fresh / FRESH }));
      const best = luckiest(trials);
      const chosen = [{ judged: best.judged / JUDGED, fresh: best.fresh / FRESH }];
      return {
        marginLeft: 50,
        x: { label: 'right of the 200 that choose', tickFormat: '.1%', grid: true, ticks: 5 },
        y: { label: 'right of the 9,800 others', tickFormat: '.1%', grid: true },
        marks: [
          plot.dot(points, { x: 'judged', y: 'fresh', fill: curveColour(0), fillOpacity: 0.5, r: 3 }),
          plot.dot(chosen, { x: 'judged', y: 'fresh', stroke: curveColour(4), strokeWidth: 3, r: 8 }),
        ],
      };
    },
    [trials],
  );
  return (
    <Chart
      draw={draw}
      height={280}
      label={`Each seed's accuracy on the images that choose, and on the others; the chosen one has a ring. ${describeLuck(trials)}`}
    />
  );
}
