import '../figures/controls.css';
import './experiment.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createNudging } from './nudging.ts';
import { useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { Failure } from '../figures/Failure.tsx';
import { formatCount, formatMagnitude, formatMilliseconds, formatRatio } from '../../explain/numbers.ts';

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
      said: `${formatCount(guess)} times`,
      truth: `${formatCount(ratio)} times`,
    });
  }, [known]);
  return (
    <div class="experiment">
      <DigitPicker
        pick={nudging.digitPick}
        isPictured
        codes={({ nudgesCode }, of) => nudgesCode(of, 'original')}
      >
        <label>
          Your guess: how many times as long as backprop will the nudges take?
          <input
            type="number"
            min={1}
            value={text}
            aria-disabled={isRunning.value}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <span>{kept ? `last time you said ${formatRatio(Number(kept.given))}` : ' '}</span>
        </label>
      </DigitPicker>
      <Failure failure={nudging.failure.value} again={nudging.load} />
      <p class="run-controls needs-script">
        {isRunning.value ? (
          <button type="button" onClick={nudging.cancel}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            aria-disabled={!isReady || !(guess > 0)}
            onClick={() => void nudging.run()}
          >
            Nudge them all
          </button>
        )}
        <progress value={done.value} max={nudging.total() || 1} aria-label="Forward passes done" />
        <span class="quiet">
          {formatCount(done.value)} of {formatCount(nudging.total())} forward passes
        </span>
      </p>
      <p role="status" class="run-sentence">
        {known
          ? `${formatCount(known.parameters)} parameters by nudges: ${formatMilliseconds(known.milliseconds)}. The same by backprop: ${formatMilliseconds(known.backpropMilliseconds)}, ${formatRatio(known.milliseconds / known.backpropMilliseconds)} times less${guess > 0 ? `; you said ${formatRatio(guess)}` : ''}. The two differ by at most ${formatMagnitude(known.largestDifference, 2)}.`
          : 'First say what you expect; then watch the pictures fill.'}
      </p>
      <UnitPictures values={picture.value} units={32} scale="gradient" label="Nudged gradient of unit" />
    </div>
  );
}
