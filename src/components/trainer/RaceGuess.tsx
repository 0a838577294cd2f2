import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { HELD_BACK, type RunnersRace } from '../../state/race.ts';
import { ExerciseFrame, useKeptAnswer } from '../exercises/ExerciseFrame.tsx';

interface Props {
  /** `chapter/guess`, the same for ever. */
  id: string;
  race: RunnersRace;
  question: ComponentChildren;
  /** Said when all have arrived: the question why. */
  afterwards: ComponentChildren;
}

/** Before the start: who will be ahead? Once all have arrived, the guess beside the truth. */
export function RaceGuess({ id, race, question, afterwards }: Props) {
  const { isAlive, kept, keep } = useKeptAnswer(id);
  const [guess, setGuess] = useState<number | undefined>(undefined);
  const group = useId();
  const labels = race.lanes.value.map(({ label }) => label);
  const winner = race.winner.value;
  useEffect(() => {
    if (winner === undefined || guess === undefined) return;
    keep({ given: guess, isRight: guess === winner, said: labels[guess]!, truth: labels[winner]! });
  }, [winner]);
  return (
    <ExerciseFrame
      kind="Guess first"
      isSolved={kept?.isRight ?? false}
      question={question}
      verdict={undefined}
    >
      <fieldset class="exercise-choices race-guess" disabled={!isAlive || race.status.value !== 'idle'}>
        <legend class="visually-hidden">Your guess</legend>
        {labels.map((label, n) => (
          <label key={label}>
            <input type="radio" name={group} checked={guess === n} onChange={() => setGuess(n)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <div role="status">
        {winner === undefined && race.status.value === 'finished' && (
          <p class="verdict">There is no winner: the loss of each of them is no number any more.</p>
        )}
        {winner !== undefined && (
          <p class="verdict">
            {guess !== undefined &&
              `You said ${labels[guess]}${guess === winner ? ', and you saw it coming. ' : '. '}`}
            Of the {HELD_BACK.toLocaleString('en')} held back, {labels[winner]} reads the most:{' '}
            {(100 * race.standings.value[winner]!.evaluation!.accuracy).toFixed(2)} %.
          </p>
        )}
      </div>
      {winner !== undefined && afterwards}
    </ExerciseFrame>
  );
}
