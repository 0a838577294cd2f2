import { keep, readKept } from './storage.ts';

const KEY = 'backprop-by-hand/exercises';

/** By the exercise's name: the answer that was given, and whether it was right. */
type Answers = Record<string, Answer>;

export interface Answer {
  /** As the reader gave it: a number, or the place of a choice. */
  readonly given: number;
  readonly isRight: boolean;
  /** Of a guess: what it was, in words, and what turned out to be so. */
  readonly said?: string;
  readonly truth?: string;
}

const isTextOrNone = (value: unknown) => value === undefined || typeof value === 'string';

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' &&
  value !== null &&
  Number.isFinite((value as Answer).given) &&
  typeof (value as Answer).isRight === 'boolean' &&
  isTextOrNone((value as Answer).said) &&
  isTextOrNone((value as Answer).truth);

const isAnswers = (value: unknown): value is Answers =>
  typeof value === 'object' && value !== null && Object.values(value).every(isAnswer);

/** What this reader answered on an earlier visit, if anything. */
export function keptAnswer(exercise: string): Answer | undefined {
  return readKept(KEY, isAnswers)?.[exercise];
}

/** All that this reader has answered in a chapter, by the exercises' names. */
export function keptAnswersOf(chapter: string): Readonly<Record<string, Answer>> {
  const all = Object.entries(readKept(KEY, isAnswers) ?? {});
  return Object.fromEntries(all.filter(([exercise]) => exercise.startsWith(`${chapter}/`)));
}

/** Keeps an answer for later visits. What was once right stays so. */
export function keepAnswer(exercise: string, answer: Answer): void {
  const answers = readKept(KEY, isAnswers) ?? {};
  if (answers[exercise]?.isRight && !answer.isRight) return;
  keep(KEY, { ...answers, [exercise]: answer });
}
