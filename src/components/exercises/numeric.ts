/** What is right, what is a known slip, and what is said of anything else. */
export interface NumericTask {
  readonly answer: number;
  /** How far off still counts as right. */
  readonly tolerance?: number;
  /** What a certain wrong answer comes from. */
  readonly slips?: readonly { readonly given: number; readonly says: string }[];
  /** Said of any other wrong answer. */
  readonly hint: string;
}

/** Whether an answer is right, and what is said of it. */
export function judgeNumber(
  given: number,
  { answer, tolerance = 0, slips = [], hint }: NumericTask,
): { isRight: boolean; text: string } {
  if (!Number.isFinite(given)) return { isRight: false, text: 'That is not a number: type digits only.' };
  if (Math.abs(given - answer) <= tolerance) return { isRight: true, text: '' };
  const slip = slips.find((known) => Math.abs(known.given - given) <= tolerance);
  return { isRight: false, text: slip?.says ?? hint };
}
