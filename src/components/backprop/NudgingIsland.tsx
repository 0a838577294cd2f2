import { useEffect, useMemo, useState } from 'preact/hooks';
import { createNudging } from '../../state/nudging.ts';
import { useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { DigitChoice } from './DigitChoice.tsx';

/** All 26,506 parameters nudged, one by one; then backprop. The reader says first how long each will take. */
export function NudgingIsland({ digit }: { digit: number }) {
  const nudging = useMemo(() => createNudging(digit), [digit]);
  const { kept, keep } = useKeptAnswer('backprop/how-long');
  const [text, setText] = useState('');
  useEffect(() => void nudging.load(), [nudging]);
  const { isRunning, result, done, picture } = nudging;
  const guess = Number.parseFloat(text);
  const isReady = nudging.pass.value !== undefined;
  const known = result.value;
  useEffect(() => {
    if (!known || !(guess > 0)) return;
    const ratio = known.milliseconds / known.backpropMilliseconds;
    keep({
      given: guess,
      isRight: guess > ratio / 3 && guess < ratio * 3,
      said: `${guess.toLocaleString('en')} times`,
      truth: `${Math.round(ratio).toLocaleString('en')} times`,
    });
  }, [known]);
  return (
    <div class="experiment">
      <DigitChoice blamed={nudging}>
        <label>
          Your guess: how many times as long as backprop will the nudges take?
          <input
            type="number"
            min={1}
            value={text}
            disabled={isRunning.value}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <span>{kept ? `last time you said ${kept.given}` : ' '}</span>
        </label>
      </DigitChoice>
      <p class="run-controls needs-script">
        {isRunning.value ? (
          <button type="button" onClick={nudging.cancel}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={!isReady || !(guess > 0)}
            onClick={() => void nudging.run()}
          >
            Nudge them all
          </button>
        )}
        <progress value={done.value} max={nudging.total() || 1} aria-label="Forward passes done" />
        <span class="quiet">
          {done.value.toLocaleString('en')} of {nudging.total().toLocaleString('en')} forward passes
        </span>
      </p>
      <p role="status" class="run-sentence">
        {known
          ? `${known.parameters.toLocaleString('en')} parameters by nudges: ${known.milliseconds.toFixed(0)} ms. The same by backprop: ${known.backpropMilliseconds.toFixed(2)} ms, ${(known.milliseconds / known.backpropMilliseconds).toFixed(0)} times less${guess > 0 ? `; you said ${guess}` : ''}. The two differ by at most ${known.largestDifference.toExponential(1)}.`
          : 'First say what you expect; then watch the pictures fill.'}
      </p>
      <UnitPictures values={picture.value} units={32} scale="gradient" label="Nudged gradient of unit" />
    </div>
  );
}
