import './exercise.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { readNumber } from '../../lib/written-number.ts';
import { ExerciseFrame, TRIES, type Verdict, useKeptAnswer } from './ExerciseFrame.tsx';
import { type NumericTask, judgeNumber } from './numeric.ts';

export interface NumericProps extends NumericTask {
  /** `chapter/exercise`, the same for ever: what was solved is remembered under it. */
  id: string;
  /** Before and after the field. */
  label?: string;
  unit?: string;
}

/** An exercise whose answer is a number. */
export function NumericExerciseIsland({
  children,
  why,
  ...props
}: NumericProps & { children?: ComponentChildren; why?: ComponentChildren }) {
  const { label = 'Your answer', unit } = props;
  const { kept, standing, keep } = useKeptAnswer(props.id);
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const [tries, setTries] = useState(0);
  const id = useId();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Something may have been typed before the page was alive.
    setText(field.current!.value);
  }, []);
  useEffect(() => {
    // What an earlier visit gave; never in the place of what stands there by now.
    if (kept && field.current!.value === '') setText(String(kept.given));
  }, [kept]);

  const check = (event: Event) => {
    event.preventDefault();
    const given = readNumber(field.current!.value);
    const next = judgeNumber(given, props);
    setVerdict(next);
    if (!next.isRight) setTries(tries + 1);
    if (Number.isFinite(given)) keep({ given, isRight: next.isRight });
  };
  const show = () => {
    const answer = String(props.answer);
    setText(answer);
    setVerdict({ isRight: false, isShown: true, text: unit ? `${answer}\u00a0${unit}` : answer });
    keep({ given: props.answer, isRight: false, isShown: true });
  };
  return (
    <ExerciseFrame
      kind="Exercise"
      id={props.id}
      standing={standing}
      onShow={tries >= TRIES ? show : undefined}
      question={children}
      verdict={verdict}
      why={why}
    >
      <form class="exercise-fields needs-script" onSubmit={check}>
        <label for={id}>{label}</label>
        <span class="exercise-answer">
          <input
            ref={field}
            id={id}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {unit && <span>{unit}</span>}
        </span>
        <button type="submit">Check</button>
      </form>
    </ExerciseFrame>
  );
}
