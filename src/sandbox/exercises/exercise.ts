import type { Dataset } from '../../lib/data/dataset.ts';
import type { Network } from '../../lib/nn/network.ts';
import { describe } from '../describe.ts';
import type { CheckResult, Shown } from '../protocol.ts';
import { type Difference, differencesOf, wrongMatrices } from './differences.ts';

/** An exercise whose answer is a function that the reader writes. */
export interface Exercise {
  /** What stands in its cell at first, and an answer that is right. */
  readonly starter: string;
  readonly solution: string;
  /** Given one by one to whoever asks for them. */
  readonly hints?: readonly string[];
  readonly functions: readonly FunctionTask[];
}

/** A function, and how it is told whether it is right. */
export interface FunctionTask {
  readonly name: string;
  /** How its parameters are called, for what is said of a wrong answer. */
  readonly parameters: readonly string[];
  /** What it is tried on: arguments, in copies of their own. */
  readonly cases: readonly (readonly unknown[])[];
  /** A last one from what the page has, the real network and real digits, with what is expected of it. */
  readonly realCase?: (page: PageWorld) => Promise<Trial>;
  /** What is right. */
  readonly right: (...given: never[]) => unknown;
  readonly slips: readonly Slip[];
  /** Said of any other wrong result. */
  readonly hint: string;
  /** Whether it may change its first argument instead of giving something back. */
  readonly inPlace?: boolean;
}

/** A known wrong way. */
export interface Slip {
  /** What it gives, from the arguments and, after them, what is right for these. */
  readonly of: (...given: never[]) => unknown;
  /** What is said of it. */
  readonly says: string;
  /** Why it is wrong: for the reader to find among others, where it is not said at once. */
  readonly because?: string;
}

/** Arguments, and what is right for them. */
interface Trial {
  readonly given: readonly unknown[];
  readonly expected: unknown;
}

/** What an exercise may ask the page for, and what it calls now and then when it computes for long. */
export interface PageWorld {
  readonly network: (name: string) => Promise<Network>;
  readonly digits: (name: string) => Promise<Dataset>;
  readonly pause: () => Promise<void>;
}

/** Reasons to choose from. */
const REASONS = 3;

/** Arguments that are longer than this are not shown with a wrong answer: only what is wrong in the result. */
const MOST_NUMBERS = 200;

/**
 * Tries what the reader has made. The first thing that is wrong is said, with what was given, what was expected and what came.
 *
 * @param made the names that cells share
 */
export async function check(
  { functions }: Exercise,
  made: Readonly<Record<string, unknown>>,
  page: PageWorld,
): Promise<CheckResult> {
  for (const task of functions) {
    const written = made[task.name];
    if (typeof written !== 'function') return wrong(`There is no function called ${task.name}.`);
    const trials = task.cases.map((given): Trial => ({ given, expected: call(task, task.right, given) }));
    const failed =
      firstWrong(task, written as AnyFunction, trials) ??
      (task.realCase && firstWrong(task, written as AnyFunction, [await task.realCase(page)]));
    if (failed) return failed;
  }
  return { isRight: true, text: '', seen: [], shown: [] };
}

type AnyFunction = (...given: never[]) => unknown;

function call({ inPlace = false }: FunctionTask, of: AnyFunction, given: readonly unknown[]): unknown {
  const own = structuredClone(given) as never[];
  const result = of(...own);
  return inPlace && typeof result !== 'object' ? own[0] : result;
}

function firstWrong(
  task: FunctionTask,
  written: AnyFunction,
  trials: readonly Trial[],
): CheckResult | undefined {
  const { name, parameters, slips, hint } = task;
  for (const { given, expected } of trials) {
    const got = call(task, written, given);
    const differences = differencesOf(got, expected);
    if (differences.length === 0) continue;
    const slip = slips.find(
      ({ of }) => differencesOf(got, call(task, of, [...given, expected])).length === 0,
    );
    const why = slip && reasonsFor(slip, slips);
    const text = slip?.says ?? describeShape(got, differences, name) ?? hint;
    const isShort = countNumbers(given) <= MOST_NUMBERS;
    const seen = [
      ...given.map((value, n) => [parameters[n], value]),
      ['expected', expected],
      [`your ${name}`, got],
    ];
    const found = wrong(text, isShort ? (seen as [string, unknown][]) : [], wrongMatrices(differences));
    return why ? { ...found, why } : found;
  }
  return undefined;
}

/** Why this one is wrong, among the reasons of two others, in an order that tells nothing. */
function reasonsFor(slip: Slip, slips: readonly Slip[]): CheckResult['why'] {
  if (!slip.because) return undefined;
  const at = slips.indexOf(slip);
  const later = [...slips.slice(at + 1), ...slips.slice(0, at)];
  const others = new Set(later.flatMap(({ because }) => because ?? []));
  others.delete(slip.because);
  const reasons = [slip.because, ...[...others].slice(0, REASONS - 1)].sort();
  return { reasons, right: reasons.indexOf(slip.because) };
}

function wrong(
  text: string,
  seen: readonly (readonly [string, unknown])[] = [],
  shown: readonly Shown[] = [],
): CheckResult {
  return { isRight: false, text, seen: seen.map(([name, value]) => [name, describe(value)] as const), shown };
}

/** What is wrong with a result before its numbers are looked at. */
function describeShape(got: unknown, differences: readonly Difference[], name: string): string | undefined {
  if (got === undefined) return `${name} gives nothing back: it ends without a return.`;
  const odd = differences.find(({ got: numbers, expected }) => numbers.length !== expected.length);
  if (!odd) return undefined;
  if (odd.got.length === 0) return `${odd.name} is missing in what ${name} gives back.`;
  const where = odd.name ? `In ${odd.name}, ` : '';
  return `${where}${name} gives ${odd.got.length} numbers where there should be ${odd.expected.length}.`;
}

function countNumbers(value: unknown): number {
  if (typeof value === 'number') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each) => sum + countNumbers(each), 0);
}
