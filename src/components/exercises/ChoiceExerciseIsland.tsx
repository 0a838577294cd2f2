import './exercise.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ExerciseFrame, TRIES, type Verdict, useKeptAnswer } from './ExerciseFrame.tsx';

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
export function ChoiceExerciseIsland({
  id,
  options,
  children,
  why,
}: ChoiceProps & { children?: ComponentChildren; why?: ComponentChildren }) {
  const { kept, standing, keep } = useKeptAnswer(id);
  // The choice is kept by the radio buttons themselves: it may have been made before the page was alive.
  const choices = useRef<HTMLFieldSetElement>(null);
  const radios = () => [...choices.current!.querySelectorAll('input')];
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const before = kept && radios()[kept.given];
    if (before && !radios().some(({ checked }) => checked)) before.checked = true;
  }, [kept]);
  const check = (event: Event) => {
    event.preventDefault();
    const given = radios().findIndex(({ checked }) => checked);
    const option = options[given];
    if (!option) return setVerdict({ isRight: false, text: 'Choose one of the answers.' });
    const isRight = option.isRight ?? false;
    setVerdict({ isRight, text: option.says });
    if (!isRight) setTries(tries + 1);
    keep({ given, isRight });
  };
  const show = () => {
    const right = options.findIndex((option) => option.isRight);
    radios()[right].checked = true;
    setVerdict({ isRight: false, isShown: true, text: `${options[right].text} ${options[right].says}` });
    keep({ given: right, isRight: false, isShown: true });
  };
  return (
    <ExerciseFrame
      kind="Exercise"
      id={id}
      standing={standing}
      onShow={tries >= TRIES ? show : undefined}
      question={children}
      verdict={verdict}
      why={why}
    >
      <details class="exercise-answers">
        <summary>Answers to choose from</summary>
        <form onSubmit={check}>
          <fieldset class="exercise-choices" ref={choices}>
            <legend class="visually-hidden">Answers</legend>
            {options.map(({ text }) => (
              <label key={text}>
                <input type="radio" name={id} onChange={() => setVerdict(undefined)} />
                <span>{text}</span>
              </label>
            ))}
          </fieldset>
          <button type="submit" class="needs-script">
            Check
          </button>
        </form>
      </details>
    </ExerciseFrame>
  );
}
