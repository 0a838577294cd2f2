import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ExerciseFrame, type Verdict, useKeptAnswer } from './ExerciseFrame.tsx';

export interface ChoiceProps {
  /** `chapter/exercise`, the same for ever: what was solved is remembered under it. */
  id: string;
  options: readonly {
    readonly text: string;
    readonly isRight?: boolean;
    /** Said when this one is chosen: why it is right, or what is wrong with it. */
    readonly says: string;
  }[];
}

/** An exercise with one right answer among several. */
export function ChoiceIsland({
  id,
  options,
  children,
  why,
}: ChoiceProps & { children?: ComponentChildren; why?: ComponentChildren }) {
  const { isAlive, kept, keep } = useKeptAnswer(id);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const current = chosen ?? kept?.given;
  const check = (event: Event) => {
    event.preventDefault();
    const option = current === undefined ? undefined : options[current];
    if (!option) return setVerdict({ isRight: false, text: 'Choose one of the answers.' });
    const isRight = option.isRight ?? false;
    setVerdict({ isRight, text: option.says });
    keep({ given: current!, isRight });
  };
  return (
    <ExerciseFrame
      kind="Exercise"
      isSolved={kept?.isRight ?? false}
      question={children}
      verdict={verdict}
      why={why}
    >
      <form onSubmit={check}>
        <fieldset class="exercise-choices" disabled={!isAlive}>
          <legend class="visually-hidden">Answers</legend>
          {options.map(({ text }, place) => (
            <label key={text}>
              <input
                type="radio"
                name={id}
                checked={current === place}
                onChange={() => {
                  setChosen(place);
                  setVerdict(undefined);
                }}
              />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="needs-script" disabled={!isAlive}>
          Check
        </button>
      </form>
    </ExerciseFrame>
  );
}
