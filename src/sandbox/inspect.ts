import { PIXELS } from '../lib/data/dataset.ts';
import { describe } from './describe.ts';
import type { Shown } from './protocol.ts';
import { SmallElement, markOf } from './small-document.ts';

/** Of a matrix, a table and a stack of digits: as many as can be looked at. */
const SIDE = 40;
const ROWS = 50;
const COLUMNS = 12;
const DIGITS = 40;

/** Numbers that stand in rows and columns, as the library's `Matrix` has them. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

/** Labelled pictures, as the library's `Dataset` has them. */
interface Pictures {
  readonly width: number;
  readonly count: number;
  readonly values: Uint8Array;
  readonly labels: Uint8Array;
}

/** A value in the form in which it says most: a matrix, digits, a table, a drawing, or itself. */
export function inspect(value: unknown): Shown {
  if (value instanceof SmallElement) return { kind: 'drawing', root: markOf(value) };
  if (isGrid(value)) return matrix(value);
  if (isPictures(value)) return digits(value.values, Array.from(value.labels.subarray(0, DIGITS), String));
  if (isTable(value)) return table(value);
  return { kind: 'values', values: [describe(value)] };
}

/** Rows and columns of numbers; what does not fit is left out at the right and below. */
export function matrix(grid: Grid, name = 'Matrix'): Shown {
  const { rows, columns, values } = checked(grid);
  const [shownRows, shownColumns] = [Math.min(rows, SIDE), Math.min(columns, SIDE)];
  const corner = new Float64Array(shownRows * shownColumns);
  for (let i = 0; i < shownRows; i++) {
    for (let k = 0; k < shownColumns; k++) corner[i * shownColumns + k] = values[i * columns + k];
  }
  return { kind: 'matrix', name, rows, columns, shownRows, shownColumns, values: corner };
}

/** Numbers as a picture, in the colours that these pages give to pixels, weights or gradients. */
export function heat(grid: Grid, scale: unknown = 'weight', caption: unknown = ''): Shown {
  const { rows, columns, values } = checked(grid);
  if (rows * columns > 1e6) throw new RangeError(`a picture of ${rows} × ${columns} numbers is too large`);
  const known = (['ink', 'weight', 'gradient'] as const).find((each) => each === scale);
  if (!known)
    throw new RangeError(`the colours of a picture are ink, weight or gradient, not ${String(scale)}`);
  const numbers = Float64Array.from({ length: rows * columns }, (_, n) => values[n]);
  return { kind: 'heat', rows, columns, values: numbers, scale: known, caption: String(caption) };
}

/**
 * Pictures of 28 × 28, one or several.
 *
 * @param pixels (pictures × 784): bytes, or numbers from 0 to 1
 */
export function digits(pixels: ArrayLike<number>, captions: readonly string[] = []): Shown {
  if (pixels.length === 0 || pixels.length % PIXELS !== 0) {
    throw new RangeError(
      `digits have ${PIXELS} pixels each, so ${pixels.length} pixels are not whole digits`,
    );
  }
  const count = pixels.length / PIXELS;
  const shown = Math.min(count, DIGITS);
  const full = pixels instanceof Uint8Array ? 1 : 255;
  return {
    kind: 'digits',
    images: Uint8Array.from({ length: shown * PIXELS }, (_, n) => Math.round(pixels[n] * full)),
    captions: Array.from({ length: shown }, (_, n) => String(captions[n] ?? '')),
    more: count - shown,
  };
}

/** Objects as rows, their properties as columns. */
export function table(rows: readonly Readonly<Record<string, unknown>>[]): Shown {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, COLUMNS);
  return {
    kind: 'table',
    columns,
    rows: rows.slice(0, ROWS).map((row) => columns.map((column) => describe(row[column], 1))),
    more: Math.max(0, rows.length - ROWS),
  };
}

function checked(grid: Grid): Grid {
  const { rows, columns, values } = grid;
  if (![rows, columns].every((size) => Number.isInteger(size) && size > 0)) {
    throw new RangeError(`rows and columns are whole numbers above 0, not ${rows} and ${columns}`);
  }
  if (values.length < rows * columns) {
    throw new RangeError(
      `${rows} × ${columns} are ${rows * columns} numbers, and there are ${values.length}`,
    );
  }
  return grid;
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  return value instanceof Float32Array || value instanceof Float64Array || value instanceof Uint8Array;
}

function isGrid(value: unknown): value is Grid {
  const { rows, columns, values } = fieldsOf(value);
  const isWhole = [rows, columns].every((size) => Number.isInteger(size) && (size as number) > 0);
  return isWhole && isNumbers(values) && values.length >= (rows as number) * (columns as number);
}

function isPictures(value: unknown): value is Pictures {
  const { width, count, values, labels } = fieldsOf(value);
  return (
    width === PIXELS && values instanceof Uint8Array && labels instanceof Uint8Array && Number(count) > 0
  );
}

function isTable(value: unknown): value is Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length < 2) return false;
  const keys = value.map((row) => (isPlain(row) ? Object.keys(row).join() : ''));
  return keys[0] !== '' && keys.every((each) => each === keys[0]);
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
