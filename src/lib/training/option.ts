import { readNumber } from '../written-number.ts';

/**
 * One option of a run: everything that a command-line flag, a form field, a URL and a file's metadata need of it.
 *
 * Options are made by the functions below, one for each kind of value.
 */
export interface Option<T> {
  readonly kind: 'integer' | 'number' | 'choice' | 'sizes' | 'choices';
  readonly default: T;
  /** On the command line: `--batch 128`. */
  readonly flag: string;
  /** As it stands beside a control, and how it is explained there. */
  readonly label: string;
  readonly help: string;
  /** Bounds of numbers, both included unless `openEnd` leaves the upper one out. */
  readonly range?: { readonly lowest: number; readonly highest: number; readonly openEnd?: boolean };
  readonly allowed?: readonly string[];
  /** @throws RangeError that says what is allowed and what was given */
  readonly parse: (text: string) => T;
  /** The shortest text from which `parse` makes this value again. */
  readonly format: (value: T) => string;
}

/** How an option is called: as a flag and in an address, on a form, and explained. */
export interface Wording {
  readonly flag: string;
  readonly label: string;
  readonly help: string;
}

/** A whole number from `lowest` to `highest`. */
export function integer(initial: number, lowest: number, highest: number, wording: Wording): Option<number> {
  const parse = (text: string) => {
    const value = readNumber(text);
    if (!Number.isInteger(value) || value < lowest || value > highest) {
      throw new RangeError(`must be an integer from ${lowest} to ${highest}, not ${text}`);
    }
    return value;
  };
  return { kind: 'integer', default: initial, range: { lowest, highest }, parse, format: String, ...wording };
}

/** A number from `lowest` to `highest`; with `openEnd`, `highest` itself is not allowed. */
export function number(
  initial: number,
  lowest: number,
  highest: number,
  wording: Wording,
  openEnd = false,
): Option<number> {
  const parse = (text: string) => {
    const value = readNumber(text);
    if (!(value >= lowest && (openEnd ? value < highest : value <= highest))) {
      throw new RangeError(
        `must be a number from ${lowest} to ${openEnd ? 'below ' : ''}${highest}, not ${text}`,
      );
    }
    return value;
  };
  return {
    kind: 'number',
    default: initial,
    range: { lowest, highest, openEnd },
    parse,
    format: String,
    ...wording,
  };
}

/** One of several words. */
export function choice<T extends string>(initial: T, allowed: readonly T[], wording: Wording): Option<T> {
  const parse = (text: string) => parseChoice(text, allowed);
  return { kind: 'choice', default: initial, allowed, parse, format: String, ...wording };
}

/** A list of choices, separated by commas; as prose has them (“leaky ReLU”) they are known too. */
export function choices<T extends string>(
  initial: readonly T[],
  allowed: readonly T[],
  wording: Wording,
): Option<readonly T[]> {
  const parse = (text: string) => text.split(',').map((part) => parseChoice(part.trim(), allowed));
  return {
    kind: 'choices',
    default: initial,
    allowed,
    parse,
    format: (value) => value.join(','),
    ...wording,
  };
}

/**
 * A list of layer sizes, from the inputs to the output: separated by commas, or as the pages print them, 784-32-10 and
 * 784 × 32 × 10.
 */
export function sizes(
  initial: readonly number[],
  highest: number,
  wording: Wording,
): Option<readonly number[]> {
  const size = integer(1, 1, highest, wording);
  const parse = (text: string) => {
    const texts = text.trim().split(SEPARATOR);
    if (texts.includes(''))
      throw new RangeError(
        `must be sizes with commas or dashes between them, such as 784-32-10, not ${text}`,
      );
    const parts = texts.map((part) => size.parse(part));
    if (parts.length < 2) throw new RangeError(`must be at least two sizes, inputs and output, not ${text}`);
    return parts;
  };
  const range = { lowest: 1, highest };
  return { kind: 'sizes', default: initial, range, parse, format: (value) => value.join(','), ...wording };
}

/** What may stand between two sizes: a comma, a semicolon, a cross, an arrow, a dash of any length, or a space alone. */
const SEPARATOR = /\s*[,;×x*→>/‐-―−-]\s*|\s+/i;

/** A name without what print and prose change of it. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function parseChoice<T extends string>(text: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => bare(name) === bare(text));
  if (found === undefined)
    throw new RangeError(`must be one of ${allowed.join(', ')}, not ${text || 'nothing'}`);
  return found;
}
