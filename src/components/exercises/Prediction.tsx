import './exercise.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useKeptAnswer } from './ExerciseFrame.tsx';
import { formatDecimals } from '../../explain/numbers.ts';

interface Props {
  /** `chapter/prediction`, the same for ever: the guess is remembered under it. */
  id: string;
  question: ComponentChildren;
  /** Of the guesses, in `unit`. */
  min: number;
  max: number;
  step: number;
  unit: string;
  /** What is really so; nothing while it is being computed. */
  actual: number | undefined;
  /** Decimals in which guess and truth are said. */
  decimals?: number;
  /** How near still counts as seen coming. */
  near: number;
  /** Shown with the truth: the question why. */
  afterwards: ComponentChildren;
  onReveal?: () => void;
  /** The result, which is hidden until there is a guess. */
  children?: ComponentChildren;
}

/** Predict, then reveal: a guess is asked for before the result, and the gap between the two is said. */
export function Prediction(props: Props) {
  const { id, question, min, max, step, unit, actual, near, afterwards, onReveal, children } = props;
  const { kept, keep } = useKeptAnswer(id);
  const [guess, setGuess] = useState((min + max) / 2);
  const [isRevealed, setRevealed] = useState(false);
  const field = useId();
  const slider = useRef<HTMLInputElement>(null);
  // It may have been moved before the page was alive.
  useEffect(() => setGuess(slider.current!.valueAsNumber), []);
  useEffect(() => {
    if (kept && !isRevealed) setGuess(kept.given);
  }, [kept]);
  const reveal = () => {
    if (actual === undefined) return;
    setRevealed(true);
    keep({ given: guess, isRight: Math.abs(guess - actual) <= near });
    onReveal?.();
  };
  return (
    <article class="exercise" aria-label="Guess first">
      <p class="exercise-kind">
        Guess first{' '}
        <span class="exercise-mark">{kept ? `your last guess: ${kept.given}\u00a0${unit}` : ''}</span>
      </p>
      <div class="exercise-question">{question}</div>
      <div class="exercise-fields needs-script">
        <label for={field}>Your guess</label>
        <input
          ref={slider}
          id={field}
          type="range"
          min={min}
          max={max}
          step={step}
          value={guess}
          aria-disabled={isRevealed}
          onInput={(event) => setGuess(event.currentTarget.valueAsNumber)}
        />
        <output for={field}>
          {guess}&nbsp;{unit}
        </output>
        <button type="button" onClick={reveal} aria-disabled={isRevealed || actual === undefined}>
          Reveal
        </button>
      </div>
      <div role="status" class="exercise-verdict">
        {isRevealed && actual !== undefined && <p class="verdict">{describeGap(guess, actual, props)}</p>}
      </div>
      {isRevealed && (
        <>
          {children}
          {afterwards}
        </>
      )}
    </article>
  );
}

function describeGap(guess: number, actual: number, { unit, near, decimals = 1 }: Props): string {
  const gap = formatDecimals(Math.abs(guess - actual), decimals);
  const truth = `You said ${guess}\u00a0${unit}, and it is ${formatDecimals(actual, decimals)}\u00a0${unit}`;
  if (Math.abs(guess - actual) <= near) return `${truth}: you saw it coming.`;
  // Between two shares lie points: 30 % more than 50 % would be 65 %.
  return `${truth}: ${gap} ${unit === '%' ? 'points' : unit} ${guess < actual ? 'more' : 'less'} than you thought.`;
}
