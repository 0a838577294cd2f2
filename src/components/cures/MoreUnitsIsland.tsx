import '../figures/segments.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { nameLesson } from '../../explain/cure-words.ts';
import { formatCount } from '../../explain/numbers.ts';
import { describeWidths } from '../../explain/sweep-words.ts';
import { WIDTHS, lessons } from '../../lib/training/cures.ts';
import { createRunQueue } from '../../state/run/run-queue.ts';
import { WinnerGuess } from '../exercises/WinnerGuess.tsx';
import { QueueControls } from './QueueControls.tsx';
import { SeedsSlider } from './SeedsSlider.tsx';
import { SweepChart } from './SweepChart.tsx';
import { USUAL_SEEDS, codedSweep, pointsSoFar, widthSweep } from './sweep.ts';

/** Widths that the guess is between. */
const GUESSES = [4, 16, 64, 256, 1000];

/** Wider and wider networks, without a cure. */
export function MoreUnitsIsland() {
  const queue = useMemo(() => createRunQueue(), []);
  const name = useSignal<keyof typeof lessons>('noisy');
  const lesson = lessons[name.value];
  const seeds = useSignal(USUAL_SEEDS);
  const sweep = useMemo(() => widthSweep(lesson, seeds.value), [lesson, seeds.value]);
  const points = pointsSoFar(sweep, queue.runs.value, 0);
  const isDone = queue.status.value === 'finished';
  const said = isDone ? describeWidths(points) : '';
  const scores = isDone
    ? GUESSES.map((guess) => points.find(({ size }) => size === guess)!.test.mean)
    : undefined;
  return (
    <>
      <WinnerGuess
        id="regularization/more-units"
        labels={GUESSES.map((units) => `${formatCount(units)} units`)}
        isOpen={queue.status.value === 'idle'}
        winner={scores?.indexOf(Math.max(...scores))}
        question={
          <p>
            One hidden layer, nothing against learning by heart, and {nameLesson(lesson)}. Which width reads
            the most test images?
          </p>
        }
        verdict={said}
        afterwards={
          <p>A network of many units has far more weights than there are labels. Had you expected that?</p>
        }
      />
      <QueueControls
        queue={queue}
        action={isDone ? 'Measure again' : `Measure at ${WIDTHS.length} widths`}
        onBegin={() => void queue.run(sweep.map(({ run }) => run))}
        runs={() => codedSweep(sweep, 'hidden units', [nameLesson(lesson)])}
      >
        <fieldset class="segments">
          <legend>To learn</legend>
          {(['noisy', 'clean'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === name.value}
              onClick={() => {
                name.value = each;
                queue.clear();
              }}
            >
              {nameLesson(lessons[each])}
            </button>
          ))}
        </fieldset>
        <SeedsSlider
          seeds={seeds.value}
          onChange={(next) => {
            seeds.value = next;
            queue.clear();
          }}
        />
      </QueueControls>
      {points.length > 0 ? (
        <SweepChart
          axis="hidden units"
          domain={[WIDTHS[0], WIDTHS.at(-1)!]}
          lines={[{ label: nameLesson(lesson), points }]}
          hasTraining
          said={said}
        />
      ) : (
        <p class="race-none quiet">The curve begins with the first run.</p>
      )}
    </>
  );
}
