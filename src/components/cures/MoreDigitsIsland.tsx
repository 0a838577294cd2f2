import '../figures/segments.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { cureLabel } from '../../explain/cure-words.ts';
import { formatCount } from '../../explain/numbers.ts';
import { describeSizes } from '../../explain/sweep-words.ts';
import { type CureName, SIZES, cureNames } from '../../lib/training/cures.ts';
import { createRunQueue } from '../../state/run/run-queue.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { QueueControls } from './QueueControls.tsx';
import { SeedsSlider } from './SeedsSlider.tsx';
import { SweepChart } from './SweepChart.tsx';
import { ENDS, USUAL_SEEDS, codedSweep, pointsSoFar, sizeSweep } from './sweep.ts';

/** More images against a cure. */
export function MoreDigitsIsland() {
  const queue = useMemo(() => createRunQueue(), []);
  const cure = useSignal<CureName>('augmentation');
  const seeds = useSignal(USUAL_SEEDS);
  const end = useSignal(ENDS.at(-1)!);
  const most = end.value;
  const sweep = useMemo(() => sizeSweep(cure.value, seeds.value, most), [cure.value, seeds.value, most]);
  const [plain, cured] = [0, 1].map((line) => pointsSoFar(sweep, queue.runs.value, line));
  const isDone = queue.status.value === 'finished';
  const said = isDone ? describeSizes(plain, cured, cureLabel(cure.value)) : '';
  return (
    <>
      <QueueControls
        queue={queue}
        action={isDone ? 'Measure again' : 'Measure'}
        onBegin={() => void queue.run(sweep.map(({ run }) => run))}
        runs={() => codedSweep(sweep, 'images', ['nothing', cureLabel(cure.value)])}
      >
        <label class="run-speed">
          Beside nothing
          <select
            value={cure.value}
            onChange={(event) => {
              cure.value = event.currentTarget.value as CureName;
              queue.clear();
            }}
          >
            {cureNames.map((name) => (
              <option key={name} value={name}>
                {cureLabel(name)}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="segments">
          <legend>Up to so many images</legend>
          {ENDS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === most}
              onClick={() => {
                end.value = each;
                queue.clear();
              }}
            >
              {formatCount(each)}
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
      <Prediction
        key={most}
        id={`regularization/more-digits-${most}`}
        question={
          <p>
            With 500 images and nothing against learning by heart the network read what you have seen. How
            many test images will it read with {formatCount(most)}, and still nothing?
          </p>
        }
        min={80}
        max={100}
        step={0.5}
        unit="%"
        near={0.5}
        actual={isDone ? 100 * plain.at(-1)!.test.mean : undefined}
        afterwards={<p>What does a new image bring that a bent old one does not?</p>}
      >
        <SweepChart
          axis="images to learn from"
          domain={[SIZES[0], most]}
          lines={[
            { label: 'nothing', points: plain },
            { label: cureLabel(cure.value), points: cured },
          ]}
          hasTraining={false}
          said={said}
        />
        <p role="status" class="run-sentence">
          {said}
        </p>
      </Prediction>
    </>
  );
}
