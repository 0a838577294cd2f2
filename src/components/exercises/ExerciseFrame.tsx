import './exercise.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import {
  type Answer,
  type Standing,
  answerAfter,
  keepAnswer,
  keptAnswer,
  standingOf,
} from '../../state/store/exercises.ts';
import { useAlive } from '../figures/useAlive.ts';

/** What is said of an answer. */
export interface Verdict {
  readonly isRight: boolean;
  readonly text: string;
  /** Whether it is the answer itself, which the reader has asked to be shown. */
  readonly isShown?: boolean;
}

/** Wrong tries after which the answer is offered. */
export const TRIES = 2;

const MARKS = { solved: '✓ solved', shown: 'shown', open: '' };

interface Props {
  /** "Exercise", "Guess first": the small heading. */
  kind: string;
  /** Of an exercise that is counted in the page's contents. */
  id?: string;
  standing: Standing;
  /** How many hints were asked for. */
  hints?: number | undefined;
  /** Shows the answer; offered after some tries, and there from then on, so that who presses it keeps the focus. */
  onShow?: (() => void) | undefined;
  question: ComponentChildren;
  /** The fields to answer in. */
  children: ComponentChildren;
  verdict: Verdict | undefined;
  /** What a wrong answer came to, where it shows more than a sentence. */
  evidence?: ComponentChildren;
  /** Shown once the answer is there. */
  why?: ComponentChildren;
}

/** The look that all exercises share: question, fields, verdict, and the reason when it is right. */
export function ExerciseFrame(props: Props) {
  const { kind, id, standing, hints, onShow, question, children, verdict, evidence, why } = props;
  const isAnswered = Boolean(verdict?.isRight || verdict?.isShown);
  return (
    <article class="exercise" aria-label={kind} data-exercise={id}>
      <p class="exercise-kind">
        {kind}{' '}
        <span class="exercise-mark">
          {[MARKS[standing], hints && `${hints} ${hints === 1 ? 'hint' : 'hints'}`]
            .filter(Boolean)
            .join(', ')}
        </span>
      </p>
      <div class="exercise-question">{question}</div>
      {children}
      <div role="status" class="exercise-verdict">
        {verdict && (
          <p class={verdict.isRight ? 'verdict verdict-right' : 'verdict'}>
            <strong>{verdict.isRight ? 'Right.' : verdict.isShown ? 'It is:' : 'Not yet.'}</strong>{' '}
            {verdict.text}
          </p>
        )}
      </div>
      {evidence}
      {onShow && (
        <button type="button" class="exercise-show" aria-disabled={isAnswered} onClick={onShow}>
          Show me
        </button>
      )}
      {isAnswered && why}
    </article>
  );
}

interface KeptAnswer {
  /** Whether the page is alive: before that, nothing can be answered. */
  readonly isAlive: boolean;
  readonly kept: Answer | undefined;
  readonly standing: Standing;
  readonly keep: (answer: Answer) => void;
}

/**
 * An exercise's answer from an earlier visit, once the page is alive, and what keeps a new one.
 *
 * @param id `chapter/exercise`, the same for ever
 */
export function useKeptAnswer(id: string): KeptAnswer {
  const isAlive = useAlive();
  const [kept, setKept] = useState<Answer | undefined>(undefined);
  // Not while rendering: the page as it was built knows no reader.
  useEffect(() => {
    setKept(keptAnswer(id));
  }, [id]);
  return {
    isAlive,
    kept,
    standing: standingOf(kept),
    keep: (answer) => {
      keepAnswer(id, answer);
      setKept(answerAfter(kept, answer));
    },
  };
}
