import { describe } from '../describe.ts';
import type { CheckResult } from '../protocol.ts';

/** An exercise whose answer is a function that the reader writes. */
export interface Exercise {
  /** What stands in its cell at first, and an answer that is right. */
  readonly starter: string;
  readonly solution: string;
  readonly functions: readonly FunctionTask[];
}

/** A function, and how it is told whether it is right. */
export interface FunctionTask {
  readonly name: string;
  /** How its parameters are called, for what is said of a wrong answer. */
  readonly parameters: readonly string[];
  /** What it is tried on: arguments, in copies of their own. */
  readonly cases: readonly (readonly unknown[])[];
  /** What is right. */
  readonly right: (...given: never[]) => unknown;
  /** Known wrong ways: what they give, and what is said of them. */
  readonly slips: readonly { readonly of: (...given: never[]) => unknown; readonly says: string }[];
  /** Said of any other wrong result. */
  readonly hint: string;
  /** Whether it may change its first argument instead of giving something back. */
  readonly inPlace?: boolean;
}

/** Of what is computed in another order, or at float32. */
const TOLERANCE = 1e-5;

/**
 * Tries what the reader has made. The first thing that is wrong is said, with what was given, what was expected and what came.
 *
 * @param made the names that cells share
 */
export function check({ functions }: Exercise, made: Readonly<Record<string, unknown>>): CheckResult {
  for (const task of functions) {
    const wrong = tryFunction(task, made[task.name]);
    if (wrong) return wrong;
  }
  return { isRight: true, text: '', seen: [] };
}

function tryFunction(task: FunctionTask, written: unknown): CheckResult | undefined {
  const { name, parameters, cases, right, slips, hint, inPlace = false } = task;
  if (typeof written !== 'function') return wrong(`There is no function called ${name}.`);
  const call = (of: (...given: never[]) => unknown, given: readonly unknown[]) => {
    const own = structuredClone(given) as never[];
    const result = of(...own);
    return result === undefined && inPlace ? own[0] : result;
  };
  for (const given of cases) {
    const expected = call(right, given);
    const got = call(written as () => unknown, given);
    if (isSame(got, expected)) continue;
    const slip = slips.find(({ of }) => isSame(got, call(of, given)));
    const shape = describeShape(got, expected, name);
    return wrong(slip?.says ?? shape ?? hint, [
      ...given.map((value, n) => [parameters[n], value] as const),
      ['expected', expected],
      [`your ${name}`, got],
    ]);
  }
  return undefined;
}

function wrong(text: string, seen: readonly (readonly [string, unknown])[] = []): CheckResult {
  return { isRight: false, text, seen: seen.map(([name, value]) => [name, describe(value)] as const) };
}

/** What is wrong with a result before its numbers are looked at. */
function describeShape(got: unknown, expected: unknown, name: string): string | undefined {
  if (got === undefined) return `${name} gives nothing back: it ends without a return.`;
  const [count, wanted] = [numbersOf(got).length, numbersOf(expected).length];
  return count === wanted ? undefined : `${name} gives ${count} numbers where there should be ${wanted}.`;
}

function isSame(got: unknown, expected: unknown): boolean {
  const [numbers, wanted] = [numbersOf(got), numbersOf(expected)];
  if (numbers.length !== wanted.length) return false;
  return wanted.every((value, n) => {
    const size = Math.max(1, Math.abs(value));
    return Object.is(numbers[n], value) || Math.abs(numbers[n] - value) <= TOLERANCE * size;
  });
}

/** All numbers in lists of lists, one after the other; NaN for what is none. */
function numbersOf(value: unknown): number[] {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return Array.from(value as ArrayLike<unknown>).flatMap(numbersOf);
  }
  return [typeof value === 'number' ? value : Number.NaN];
}
