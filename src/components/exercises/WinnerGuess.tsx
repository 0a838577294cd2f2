import './exercise.css';
import './WinnerGuess.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { ExerciseFrame, useKeptAnswer } from './ExerciseFrame.tsx';

interface Props {
  /** `chapter/guess`, the same for ever. */
  id: string;
  labels: readonly string[];
  /** Whether it has not begun: a guess can be made. */
  isOpen: boolean;
  /** The place of the first, once all have arrived. */
  winner: number | undefined;
  question: ComponentChildren;
  /** Said of the winner, after what was guessed. */
  verdict: ComponentChildren;
  /** Said when all have arrived: the question why. */
  afterwards: ComponentChildren;
}

/** Before the start: who will be ahead? Once all have arrived, the guess beside the truth. */
export function WinnerGuess(props: Props) {
  const { id, labels, isOpen, winner, question, verdict, afterwards } = props;
  const { isAlive, standing, keep } = useKeptAnswer(id);
  const [guess, setGuess] = useState<number | undefined>(undefined);
  const group = useId();
  useEffect(() => {
    if (winner === undefined || guess === undefined) return;
    keep({ given: guess, isRight: guess === winner, said: labels[guess], truth: labels[winner] });
  }, [winner]);
  return (
    <ExerciseFrame kind="Guess first" standing={standing} question={question} verdict={undefined}>
      <fieldset class="exercise-choices winner-guess" aria-disabled={!isAlive || !isOpen}>
        <legend class="visually-hidden">Your guess</legend>
        {labels.map((label, n) => (
          <label key={label}>
            <input type="radio" name={group} checked={guess === n} onChange={() => setGuess(n)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <div role="status">
        {verdict && (
          <p class="verdict">
            {winner !== undefined &&
              guess !== undefined &&
              `You said ${labels[guess]}${guess === winner ? ', and you saw it coming. ' : '. '}`}
            {verdict}
          </p>
        )}
      </div>
      {winner !== undefined && afterwards}
    </ExerciseFrame>
  );
}
