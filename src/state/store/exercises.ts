import { signal } from '@preact/signals';
import { isNothingKept, keep, readKept } from './storage.ts';

const KEY = 'backprop-by-hand/exercises';

export interface Answer {
  /** As the reader gave it: a number, or the place of a choice. */
  readonly given: number;
  readonly isRight: boolean;
  /** Whether the answer was shown to the reader: what they solve afterwards they have not solved themselves. */
  readonly isShown?: boolean;
  /** How many hints were asked for. */
  readonly hints?: number;
  /** Of a guess: what it was, in words, and what turned out to be so. */
  readonly said?: string;
  readonly truth?: string;
}

/** By the exercise's name. What is not an answer may be another version's: it is passed over, and left where it is. */
type Entries = Readonly<Record<string, unknown>>;

const isTextOrNone = (value: unknown) => value === undefined || typeof value === 'string';

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAnswer = (value: unknown): value is Answer =>
  isEntries(value) &&
  Number.isFinite(value['given']) &&
  typeof value['isRight'] === 'boolean' &&
  (value['hints'] === undefined || Number.isSafeInteger(value['hints'])) &&
  isTextOrNone(value['said']) &&
  isTextOrNone(value['truth']);

/** What was answered in this visit and could not be kept: until the page is left, it counts all the same. */
const unkept = new Map<string, Answer>();

/** Goes up when what is kept has changed, here or in another tab. */
const changes = signal(0);
if (typeof document !== 'undefined') addEventListener('storage', () => changes.value++);

/** What this reader has answered, if anything. Whoever looks while drawing, or in an effect, learns of what comes later. */
export function keptAnswer(exercise: string): Answer | undefined {
  changes.value;
  const entry = unkept.get(exercise) ?? readKept(KEY, isEntries)?.[exercise];
  return isAnswer(entry) ? entry : undefined;
}

/** All that this reader has answered in a chapter, by the exercises' names; followed like a single answer. */
export function keptAnswersOf(chapter: string): Readonly<Record<string, Answer>> {
  changes.value;
  const all = Object.entries({ ...readKept(KEY, isEntries), ...Object.fromEntries(unkept) });
  return Object.fromEntries(
    all.filter(
      (entry): entry is [string, Answer] => entry[0].startsWith(`${chapter}/`) && isAnswer(entry[1]),
    ),
  );
}

/** What is to be kept of an answer that comes after another: what was right stays so, and what was shown stays shown. */
export function answerAfter(before: Answer | undefined, answer: Answer): Answer {
  if (before?.isRight && !answer.isRight) return before;
  const hints = answer.hints ?? before?.hints;
  return {
    ...answer,
    ...(before?.isShown && { isShown: true }),
    ...(hints !== undefined && { hints }),
  };
}

export type Standing = 'solved' | 'shown' | 'open';

/** How a reader stands with an exercise: its answer shown is not solved, whatever comes after. */
export function standingOf(answer: Answer | undefined): Standing {
  if (answer?.isShown) return 'shown';
  return answer?.isRight ? 'solved' : 'open';
}

/**
 * Keeps an answer for later visits, or, where it cannot be kept, for this one. What was once right stays so.
 *
 * @returns whether it is kept for later ones: not where storage is blocked, nor in the place of something that is no list of answers
 */
export function keepAnswer(exercise: string, answer: Answer): boolean {
  const entries = readKept(KEY, isEntries) ?? (isNothingKept(KEY) ? {} : undefined);
  const now = answerAfter(keptAnswer(exercise), answer);
  const isKept = entries !== undefined && keep(KEY, { ...entries, [exercise]: now });
  if (isKept) unkept.delete(exercise);
  else unkept.set(exercise, now);
  changes.value++;
  return isKept;
}
