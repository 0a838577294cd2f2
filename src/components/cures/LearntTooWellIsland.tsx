import { useMemo } from 'preact/hooks';
import { describeGap } from '../../explain/cure-words.ts';
import { formatCount } from '../../explain/numbers.ts';
import { curedRun, lessons, looksOver } from '../../lib/training/cures.ts';
import { createRunQueue } from '../../state/run/run-queue.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { GapChart, GapKey } from './GapChart.tsx';
import { QueueControls } from './QueueControls.tsx';

const { setup } = curedRun(lessons.clean, [], 1);
const { epochs } = setup;

/** Overfitting on purpose: few images, many epochs. */
export function LearntTooWellIsland() {
  const queue = useMemo(() => createRunQueue(), []);
  const run = queue.runs.value[0];
  const end = run?.end?.last;
  return (
    <>
      <QueueControls
        queue={queue}
        action={end ? 'Learn them again' : `Learn ${formatCount(lessons.clean.images)} images by heart`}
        onBegin={() => void queue.run([curedRun(lessons.clean, [], 1, looksOver(epochs))])}
        runs={() => [{ name: 'no cure', ...curedRun(lessons.clean, [], 1) }]}
      />
      <Prediction
        id="regularization/by-heart"
        question={
          <p>
            A network {setup.layers.join('-')} sees {formatCount(lessons.clean.images)} images{' '}
            {formatCount(epochs)} times over, until it reads every one of them right. How many of the 10,000
            test images does it read then?
          </p>
        }
        min={50}
        max={100}
        step={1}
        unit="%"
        near={2}
        actual={end && 100 * end.test}
        afterwards={
          <p>
            The two lines part early. From where on does what it still learns about its own images no longer
            help it with others?
          </p>
        }
      >
        {run && (
          <>
            <GapChart
              title={`${setup.layers.join('-')}, no cure`}
              looks={run.looks}
              epochs={epochs}
              from={60}
            />
            <GapKey />
            <p role="status" class="run-sentence">
              {end && describeGap(end)}
            </p>
          </>
        )}
      </Prediction>
    </>
  );
}
