import type { Shown } from '../protocol.ts';

/** A part of a result that is not as expected: a number, a list or a matrix of numbers. */
export interface Difference {
  /** Where it stands in the result, such as `[0].dW`; empty where it is the result itself. */
  readonly name: string;
  /** All its numbers, row by row; NaN for what is none, and none at all where it is missing. */
  readonly got: readonly number[];
  readonly expected: readonly number[];
  /** Of a matrix; 1 for a list. */
  readonly rows: number;
}

/** Of what is computed in another order, at float32, or expected from nudges: a share of the part's largest number. */
const TOLERANCE = 1e-5;
/** Numbers as small as these are noise beside each other. */
const NOISE = 1e-9;

/** Matrices that are larger are shown as a picture of what is too much and too little. */
const MOST_CELLS = 400;
/** Wrong parts that are shown. */
const MOST_SHOWN = 4;

/** All parts in which a result differs from what is expected: records and lists of records are looked into. */
export function differencesOf(got: unknown, expected: unknown, name = ''): Difference[] {
  if (isRecord(expected)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differencesOf(isRecord(got) ? got[key] : undefined, value, name ? `${name}.${key}` : key),
    );
  }
  if (Array.isArray(expected) && expected.some(isRecord)) {
    return expected.flatMap((value, n) =>
      differencesOf(isList(got) ? got[n] : undefined, value, `${name}[${n}]`),
    );
  }
  const numbers = { got: got === undefined ? [] : numbersOf(got), expected: numbersOf(expected) };
  if (isSame(numbers.got, numbers.expected)) return [];
  return [{ name, ...numbers, rows: isList(expected) && isList(expected[0]) ? expected.length : 1 }];
}

/** The wrong parts as matrices, with the wrong cells marked, or as pictures of what is too much or too little. */
export function wrongMatrices(differences: readonly Difference[]): Shown[] {
  return differences
    .filter(({ name, got, expected }) => name !== '' && got.length === expected.length && got.length > 1)
    .slice(0, MOST_SHOWN)
    .map(({ name, got, expected, rows }): Shown => {
      const columns = expected.length / rows;
      const wrong = got.map((value, n) => (isNear(value, expected[n], largest(expected)) ? 0 : 1));
      const count = wrong.reduce((sum: number, each) => sum + each, 0);
      const words = `your ${name.startsWith('[') ? `result${name}` : name}: ${count} of ${got.length} numbers are wrong`;
      if (got.length <= MOST_CELLS) {
        return {
          kind: 'matrix',
          name: words,
          rows,
          columns,
          shownRows: rows,
          shownColumns: columns,
          values: Float64Array.from(got),
          wrong: Uint8Array.from(wrong),
          expected: Float64Array.from(expected),
        };
      }
      const values = Float64Array.from(got, (value, n) => value - expected[n]);
      return {
        kind: 'heat',
        rows,
        columns,
        values,
        scale: 'gradient',
        caption: `${words}. Yours minus what it should be:`,
      };
    });
}

function isSame(numbers: readonly number[], wanted: readonly number[]): boolean {
  if (numbers.length !== wanted.length) return false;
  const most = largest(wanted);
  return wanted.every((value, n) => isNear(numbers[n], value, most));
}

function isNear(value: number, wanted: number, most: number): boolean {
  return Object.is(value, wanted) || Math.abs(value - wanted) <= TOLERANCE * most + NOISE;
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
}

/** All numbers in lists of lists, one after the other; NaN for what is none. */
function numbersOf(value: unknown): number[] {
  if (isList(value)) return Array.from(value).flatMap(numbersOf);
  return [typeof value === 'number' ? value : Number.NaN];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
