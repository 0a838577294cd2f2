import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Answer, keepAnswer, keptAnswer } from '../../state/exercises.ts';

/** What is said of an answer. */
export interface Verdict {
  readonly isRight: boolean;
  readonly text: string;
}

interface Props {
  /** "Exercise", "Guess first": the small heading. */
  kind: string;
  isSolved: boolean;
  question: ComponentChildren;
  /** The fields to answer in. */
  children: ComponentChildren;
  verdict: Verdict | undefined;
  /** Shown once the answer is right. */
  why?: ComponentChildren;
}

/** The look that all exercises share: question, fields, verdict, and the reason when it is right. */
export function ExerciseFrame({ kind, isSolved, question, children, verdict, why }: Props) {
  return (
    <article class="exercise" aria-label={kind}>
      <p class="exercise-kind">
        {kind} <span class="exercise-mark">{isSolved ? '✓ solved' : ''}</span>
      </p>
      <div class="exercise-question">{question}</div>
      {children}
      <div role="status" class="exercise-verdict">
        {verdict && (
          <p class={verdict.isRight ? 'verdict verdict-right' : 'verdict'}>
            <strong>{verdict.isRight ? 'Right.' : 'Not yet.'}</strong> {verdict.text}
          </p>
        )}
      </div>
      {verdict?.isRight && why}
    </article>
  );
}

interface KeptAnswer {
  /** Whether the page is alive: before that, nothing can be answered. */
  readonly isAlive: boolean;
  readonly kept: Answer | undefined;
  readonly keep: (answer: Answer) => void;
}

/**
 * An exercise's answer from an earlier visit, once the page is alive, and what keeps a new one.
 *
 * @param id `chapter/exercise`, the same for ever
 */
export function useKeptAnswer(id: string): KeptAnswer {
  const [isAlive, setAlive] = useState(false);
  const [kept, setKept] = useState<Answer | undefined>(undefined);
  // Not while rendering: the page as it was built knows no reader.
  useEffect(() => {
    setAlive(true);
    setKept(keptAnswer(id));
  }, [id]);
  return {
    isAlive,
    kept,
    keep: (answer) => {
      keepAnswer(id, answer);
      setKept(kept?.isRight && !answer.isRight ? kept : answer);
    },
  };
}
