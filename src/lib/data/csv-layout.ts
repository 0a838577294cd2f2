import Papa from 'papaparse';
import { DIGITS, DataError, PIXELS } from './dataset.ts';
import { DataQuestion } from './appearance.ts';

/*
 * What stands where in a CSV file, judged by its first lines: what lies above the rows, what separates the fields, which
 * column is the label, which are pixels, and which are neither. What two answers fit is asked, not guessed.
 */

/** A line of the file, numbered as an editor counts. */
export interface Line {
  readonly row: number;
  readonly text: string;
}

/** What stands where in a file. */
export interface Layout {
  readonly delimiter: string;
  /** Fields of a whole row. */
  readonly fields: number;
  /** The column of the label, from 0. */
  readonly label: number;
  /** (784) the column of each pixel, from 0; empty where the rows are not of a length that can be read. */
  readonly pixels: readonly number[];
  /** The lines above the rows: a title, `sep=,`, the header. */
  readonly above: number;
  /** A header that has swallowed the first picture: goes on from "row 1 …". */
  readonly lostHeader: string | undefined;
}

/** Which column is the label: 'first', 'last', a name of the header, or the column's number from 1. */
export type LabelChoice = string | number;

/** The file has pictures, and nothing that says what they show. */
export class NoLabelsError extends DataError {}

const FIELDS = PIXELS + 1;
/** Beside a label and pixels there may be a few columns more. */
const MOST_FIELDS = FIELDS + 5;
const DELIMITERS = [',', ';', '\t', '|', ' '];
const LABEL_NAMES = /^(labels?|class(es)?|digits?|targets?|y|category)$/i;
const ROW_NUMBER_NAMES = /^(|#|id|image_?id|index|idx|nr|no|row|unnamed.*)$/i;
/** A column may hold so many labels that cannot be read, and still be that of the labels. */
const LEAST_READABLE = 0.7;
/** A column in which one value has more than this share says nothing: pixels at the rim are nearly always 0. */
const MOST_ALIKE = 0.9;

/**
 * @param lines the first of the file that are not blank
 * @throws DataQuestion when two columns could be the label, or none
 * @throws NoLabelsError when there are pixels alone
 * @throws DataError when the choice names no column
 */
export function judgeLayout(lines: readonly Line[], name: string, choice?: LabelChoice): Layout {
  const separator = /^"?sep=(.)"?$/i.exec(lines[0]?.text.trim() ?? '')?.[1];
  const rest = lines.slice(separator ? 1 : 0);
  const delimiter = separator ?? delimiterOf(rest);
  const parsed = rest.map(({ text }) => splitFields(text, delimiter));
  const { rows, header, above, lostHeader } = separateHeader(parsed);
  const length = usualLength(rows);
  const whole = rows.filter((fields) => fieldsUsed(fields) === length);
  const names = header && header.length >= length ? header.map((each) => each.trim()) : undefined;
  const columns = new Columns(whole, names, length);
  const layout = {
    delimiter,
    fields: length,
    above: above + (separator ? 1 : 0),
    lostHeader,
  };
  const unreadable = { ...layout, fields: FIELDS, label: 0, pixels: [] };
  const ends = columns.narrowed(FIELDS);
  const byHeader = columns.named();
  if (ends.length === PIXELS && byHeader === undefined && columns.called(choice) === undefined)
    throw withoutLabels(name, length);
  const chosen = columnChosen(choice, columns, name);
  const named = choice === undefined ? byHeader : chosen;
  if (named !== undefined) {
    const pixels = columns.narrowed(PIXELS, named);
    if (pixels.length < PIXELS) return unreadable;
    if (pixels.length > PIXELS)
      throw new DataError(
        `${name}: column ${named + 1} as the label leaves ${pixels.length} for the pixels, not ${PIXELS}`,
      );
    return { ...layout, label: named, pixels };
  }
  if (ends.length !== FIELDS) return unreadable;
  const isFirst = choice === undefined ? isLabelFirst(columns, ends, name) : choice === 'first';
  return isFirst
    ? { ...layout, label: ends[0], pixels: ends.slice(1) }
    : { ...layout, label: ends[PIXELS], pixels: ends.slice(0, PIXELS) };
}

/** The fields of one line. */
export function splitFields(line: string, delimiter: string): string[] {
  if (line.includes('"')) return Papa.parse<string[]>(line, { delimiter }).data[0] ?? [''];
  return delimiter === ' ' ? line.trim().split(/ +/) : line.split(delimiter);
}

/** The number that a field holds, for labels and pixels alike; NaN where it holds none. */
export function numberOf(field: string, delimiter: string): number {
  const text = field.trim();
  if (text === '') return Number.NaN;
  return Number(delimiter === ',' ? text : text.replace(',', '.'));
}

/** A digit from 0 to 9, in whatever notation; undefined where a field holds none. */
export function digitOf(field: string, delimiter: string): number | undefined {
  const value = numberOf(field, delimiter);
  return Number.isInteger(value) && value >= 0 && value < DIGITS ? value : undefined;
}

/** The columns of the rows that have the usual length. */
class Columns {
  readonly rows: readonly (readonly string[])[];
  readonly names: readonly string[] | undefined;
  readonly length: number;

  constructor(rows: readonly (readonly string[])[], names: readonly string[] | undefined, length: number) {
    this.rows = rows;
    this.names = names;
    this.length = length;
  }

  texts(column: number): string[] {
    return this.rows.map((fields) => fields[column].trim());
  }

  /** The column that the header calls the label, or the one that is named unlike all the others. */
  named(): number | undefined {
    const { names } = this;
    if (!names) return undefined;
    const used = names.slice(0, this.length);
    const labels = used.flatMap((each, column) => (LABEL_NAMES.test(each) ? [column] : []));
    if (labels.length === 1) return labels[0];
    const stems = used.map((each) => each.toLowerCase().replaceAll(/\d+/g, '#'));
    const usual = mostCommon(stems);
    if (stems.filter((stem) => stem === usual).length < PIXELS || !usual.includes('#')) return undefined;
    const odd = stems.flatMap((stem, column) =>
      stem === usual || ROW_NUMBER_NAMES.test(used[column]) ? [] : [column],
    );
    return odd.length === 1 ? odd[0] : undefined;
  }

  /** The column of that name. */
  called(choice: LabelChoice | undefined): number | undefined {
    const wanted = String(choice ?? '')
      .trim()
      .toLowerCase();
    const found = this.names?.findIndex((each) => each.toLowerCase() === wanted) ?? -1;
    return wanted === '' || found < 0 ? undefined : found;
  }

  /** The columns without those at either end that are empty or number the rows, until `wanted` are left. */
  narrowed(wanted: number, label?: number): number[] {
    const left = Array.from({ length: this.length }, (_, column) => column).filter((each) => each !== label);
    while (left.length > wanted && this.#isBlank(left[0])) left.shift();
    while (left.length > wanted && this.#isRowNumber(left[0])) left.shift();
    while (left.length > wanted && this.#isRowNumber(left.at(-1)!)) left.pop();
    // The pixels alone, numbered: a label among them would not go on beyond 9.
    if (
      left.length === FIELDS &&
      label === undefined &&
      this.#countsOn(left[0]) &&
      !this.isLabel(left[PIXELS])
    )
      left.shift();
    return left;
  }

  /** Whether a column holds labels: digits nearly all, and not one of them nearly everywhere. */
  isLabel(column: number): boolean {
    const texts = this.texts(column);
    const digits = texts.map((text) => digitOf(text, ';')).filter((digit) => digit !== undefined);
    const usual = mostCommon(digits);
    const alike = digits.filter((digit) => digit === usual).length;
    return digits.length >= LEAST_READABLE * texts.length && alike <= MOST_ALIKE * digits.length && alike > 0;
  }

  #isBlank(column: number): boolean {
    return this.texts(column).filter((text) => text === '').length > this.rows.length / 2;
  }

  #isRowNumber(column: number): boolean {
    if (this.names && ROW_NUMBER_NAMES.test(this.names[column])) return true;
    if (this.names && LABEL_NAMES.test(this.names[column])) return false;
    const texts = this.texts(column);
    const numbers = texts.map(Number);
    if (numbers.filter(Number.isNaN).length > texts.length / 2) return true; // names of files, say
    return this.#countsOn(column) || (new Set(texts).size === texts.length && Math.max(...numbers) > 255);
  }

  /** Whether nearly every value is one more than the last, and they go beyond the digits. */
  #countsOn(column: number): boolean {
    const numbers = this.texts(column).map(Number);
    const steps = numbers.filter((value, i) => i > 0 && value === numbers[i - 1] + 1).length;
    return numbers.length > 2 && steps >= 0.9 * (numbers.length - 1) && numbers.at(-1)! >= DIGITS;
  }
}

/** The column that the reader has chosen by name or number; 'first' and 'last' are told when the others are known. */
function columnChosen(choice: LabelChoice | undefined, columns: Columns, file: string): number | undefined {
  if (choice === undefined || choice === 'first' || choice === 'last') return undefined;
  const number = Number(choice);
  if (Number.isInteger(number)) {
    if (number >= 1 && number <= columns.length) return number - 1;
    throw new DataError(`${file} has ${columns.length} columns: there is no column ${number}`);
  }
  const found = columns.called(choice);
  if (found !== undefined) return found;
  const there = columns.names
    ? `its columns are ${columns.names.slice(0, 4).join(', ')}, …`
    : 'its columns have no names';
  throw new DataError(`${file} has no column called "${choice}": ${there}`);
}

/** Of the two ends, the one that holds labels. */
function isLabelFirst(columns: Columns, ends: readonly number[], name: string): boolean {
  const [first, last] = [columns.isLabel(ends[0]), columns.isLabel(ends[PIXELS])];
  if (first !== last) return first;
  const held = (column: number) => describeColumn(columns.texts(column));
  throw new DataQuestion(
    'label',
    `${name}: it cannot be told whether its first or its last column is the label (the first holds ${held(ends[0])}, the last ${held(ends[PIXELS])}): say which column it is, first, last, or another by its name or number`,
  );
}

function describeColumn(texts: readonly string[]): string {
  const kinds = [...new Set(texts)];
  if (kinds.length === 1) return `"${kinds[0]}" alone`;
  const numbers = kinds.map(Number).filter((value) => !Number.isNaN(value));
  const odd = kinds.find((text) => Number.isNaN(Number(text)));
  const range =
    numbers.length > 0 ? `numbers from ${Math.min(...numbers)} to ${Math.max(...numbers)}` : 'no numbers';
  return odd === undefined ? range : `${range}, and "${odd.slice(0, 20)}"`;
}

function withoutLabels(name: string, fields: number): NoLabelsError {
  const what =
    fields === PIXELS ? `the ${PIXELS} pixels alone` : `the ${PIXELS} pixels and a number of the row`;
  return new NoLabelsError(
    `${name} is without labels: its rows have ${fields} fields, ${what}, as Kaggle's test.csv; labelled digits are needed`,
  );
}

/** The separator by which most lines have about the right number of fields. */
function delimiterOf(lines: readonly Line[]): string {
  const few = lines.slice(0, 50);
  const scores = DELIMITERS.map((delimiter) => {
    const counts = few.map(({ text }) => splitFields(text, delimiter).length);
    return counts.filter((count) => count >= PIXELS && count <= MOST_FIELDS).length;
  });
  const best = Math.max(...scores);
  if (best > 0) return DELIMITERS[scores.indexOf(best)];
  return DELIMITERS.find((delimiter) => few.some(({ text }) => text.includes(delimiter))) ?? ',';
}

/** Parts the rows from what stands above them: titles and a header, of words or, as pandas writes it, of numbers. */
function separateHeader(parsed: readonly (readonly string[])[]) {
  const titles: (readonly string[])[] = [];
  for (const fields of parsed) {
    if (!isOfWords(fields)) break;
    // A row that says "NA" throughout is a bad row: names are unlike each other.
    if (filled(fields) >= PIXELS && new Set(fields).size < PIXELS / 2) break;
    titles.push(fields);
    if (filled(fields) >= PIXELS) break; // the header; what comes after it are rows, good or bad
  }
  let above = titles.length;
  let header = titles.toSorted((a, b) => filled(b) - filled(a))[0];
  let lostHeader: string | undefined;
  const next = parsed[above];
  if (next && isOfUnlikeNumbers(next) && !(parsed[above + 1] && isOfUnlikeNumbers(parsed[above + 1]))) {
    above++;
    header = next;
    const mangled = next.filter((field) => /^\d+\.\d+$/.test(field.trim())).length;
    if (mangled > next.length / 2)
      lostHeader =
        'is a header of numbers, each made unlike the others, as pandas writes one for a file that had none: the picture in it is lost';
  }
  return { rows: parsed.slice(above), header, above, lostHeader };
}

function filled(fields: readonly string[]): number {
  return fields.filter((field) => field.trim() !== '').length;
}

function isOfWords(fields: readonly string[]): boolean {
  const texts = fields.map((field) => field.trim()).filter(Boolean);
  const words = texts.filter((text) => Number.isNaN(Number(text.replace(',', '.')))).length;
  return words > texts.length / 2 && texts.some((text) => /\p{L}/u.test(text));
}

/** No picture has hundreds of pixels of which no two are alike; a header has. */
function isOfUnlikeNumbers(fields: readonly string[]): boolean {
  const texts = fields.map((field) => field.trim()).filter(Boolean);
  return texts.length >= PIXELS - 1 && new Set(texts).size >= 0.99 * texts.length;
}

/** How many fields most rows have, empty ones at their end not counted: of those that can be pictures, if there are any. */
function usualLength(rows: readonly (readonly string[])[]): number {
  const lengths = rows.map(fieldsUsed);
  const possible = lengths.filter((length) => length >= PIXELS && length <= MOST_FIELDS);
  return mostCommon(possible.length > 0 ? possible : lengths) ?? FIELDS;
}

function fieldsUsed(fields: readonly string[]): number {
  return fields.findLastIndex((field) => field.trim() !== '') + 1;
}

function mostCommon<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] as T;
}
