import { readFileSync } from 'node:fs';
import { type ExerciseName, exercises } from '../../../src/sandbox/exercises/exercises.ts';

export interface Authored {
  readonly name: string;
  readonly code: string;
  /** Of an exercise, with its solution for a code. */
  readonly isAnswer: boolean;
}

/** The cells of a chapter in their order: the live ones, and those of exercises that are checked by code, solved. */
export function authoredCells(file: string): Authored[] {
  const text = readFileSync(file, 'utf8');
  const cells = /^```ts live ([a-z-]+).*\n([\s\S]*?)^```$|^<(?:CodeExercise|OrderLines)\s+name="([a-z-]+)"/gm;
  return [...text.matchAll(cells)].map(([, name, code, exercise]) =>
    exercise
      ? { name: exercise, code: exercises[exercise as ExerciseName].solution, isAnswer: true }
      : { name, code, isAnswer: false },
  );
}
