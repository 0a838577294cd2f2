import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { ExerciseFrame, type Verdict, useKeptAnswer } from './ExerciseFrame.tsx';

export interface NumericProps {
  /** `chapter/exercise`, the same for ever: what was solved is remembered under it. */
  id: string;
  answer: number;
  /** How far off still counts as right. */
  tolerance?: number;
  /** Before and after the field. */
  label?: string;
  unit?: string;
  /** What a certain wrong answer comes from. */
  slips?: readonly { readonly given: number; readonly says: string }[];
  /** Said of any other wrong answer. */
  hint: string;
}

/** An exercise whose answer is a number. */
export function NumericIsland({
  children,
  why,
  ...props
}: NumericProps & { children?: ComponentChildren; why?: ComponentChildren }) {
  const { id, label = 'Your answer', unit } = props;
  const { isAlive, kept, keep } = useKeptAnswer(id);
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const field = useId();
  useEffect(() => {
    if (kept && text === '') setText(String(kept.given));
  }, [kept]);

  const check = (event: Event) => {
    event.preventDefault();
    const given = readNumber(text);
    const next = judge(given, props);
    setVerdict(next);
    if (Number.isFinite(given)) keep({ given, isRight: next.isRight });
  };
  return (
    <ExerciseFrame
      kind="Exercise"
      isSolved={kept?.isRight ?? false}
      question={children}
      verdict={verdict}
      why={why}
    >
      <form class="exercise-fields needs-script" onSubmit={check}>
        <label for={field}>{label}</label>
        <input
          id={field}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          disabled={!isAlive}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {unit && <span>{unit}</span>}
        <button type="submit" disabled={!isAlive}>
          Check
        </button>
      </form>
    </ExerciseFrame>
  );
}

function judge(given: number, { answer, tolerance = 0, slips = [], hint }: NumericProps): Verdict {
  if (!Number.isFinite(given)) return { isRight: false, text: 'That is not a number: type digits only.' };
  if (Math.abs(given - answer) <= tolerance) return { isRight: true, text: '' };
  const slip = slips.find((known) => Math.abs(known.given - given) <= tolerance);
  return { isRight: false, text: slip?.says ?? hint };
}

/** Spaces, thin spaces and commas between thousands are how people write large numbers. */
function readNumber(text: string): number {
  const plain = text.replace(/\s/g, '').replace(/,(?=\d{3}\b)/g, '');
  return plain === '' ? Number.NaN : Number(plain.replace(',', '.'));
}
