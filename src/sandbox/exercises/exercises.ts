import type { CheckResult } from '../protocol.ts';
import { affineExercise } from './affine.ts';
import { confusionMatrixExercise } from './confusion-matrix.ts';
import { type Exercise, type PageWorld, check } from './exercise.ts';
import { l2GradientExercise } from './l2-gradient.ts';
import { ladder } from './ladder.ts';
import { oneHotExercise } from './one-hot.ts';
import { sgdStepExercise } from './sgd-step.ts';
import { softmaxExercise } from './softmax.ts';

/** The exercises that are checked by code, by the names under which chapters call them. */
export const exercises = {
  'one-hot': oneHotExercise,
  'affine-by-hand': affineExercise,
  'softmax-by-hand': softmaxExercise,
  'sgd-step': sgdStepExercise,
  'penalty-gradient': l2GradientExercise,
  'confusion-matrix': confusionMatrixExercise,
  ...ladder,
} as const satisfies Record<string, Exercise>;

export type ExerciseName = keyof typeof exercises;

/** @param made the names that cells share, the reader's answer among them */
export async function checkExercise(
  name: string,
  made: Readonly<Record<string, unknown>>,
  page: PageWorld,
): Promise<CheckResult> {
  if (!Object.hasOwn(exercises, name)) throw new Error(`there is no exercise called ${name}`);
  return check(exercises[name as ExerciseName], made, page);
}
