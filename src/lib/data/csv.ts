import { type Appearance, DataQuestion, withAppearance } from './appearance.ts';
import { type LabelChoice, type Layout, type Line, digitOf, judgeLayout, splitFields } from './csv-layout.ts';
import { RowStore } from './csv-rows.ts';
import { LineReader } from './csv-text.ts';
import { DataError, type Dataset, PIXELS } from './dataset.ts';

/** A row that could not be used, and why. */
export interface BadRow {
  /** As an editor counts lines of the file, the first being row 1. */
  readonly row: number;
  /** Goes on from "row 7 …". */
  readonly reason: string;
}

/** What a file held: the digits of its good rows, and what was wrong with the others. */
export interface CsvResult {
  /** Of the good rows. */
  readonly dataset: Dataset;
  /** The first of the bad ones, and how many there were: good and bad together are the rows of the file. */
  readonly badRows: readonly BadRow[];
  readonly badRowCount: number;
}

/** What the reader says of a file; what is left out is found out, and asked where two answers are possible. */
export interface CsvChoices extends Appearance {
  /** Where the label stands. */
  readonly label?: LabelChoice | undefined;
}

/** How a file is read: what is said of it beforehand, and who hears how far it has come. */
export interface CsvOptions extends CsvChoices {
  readonly name: string;
  /** Size of the whole, for the progress. */
  readonly bytes?: number;
  readonly onProgress?: (progress: { readonly rows: number; readonly share: number }) => void;
  readonly signal?: AbortSignal;
}

/** Lines that are looked at before it is said what stands where; where they leave it open, twice as many, up to a most. */
const LINES_TO_JUDGE = { first: 200, most: 12_800 };

/**
 * Reads labelled digits from CSV as it arrives: 784 pixels and a label in each row, the label first (as in Kaggle's
 * Digit Recognizer), last (as in the original project) or where it is said to be, with a header or without, pixels from 0
 * to 255 or from 0 to 1, whichever most rows have; packed as .gz or .zip or not.
 *
 * @param chunks pieces of the file, of any length: its bytes, or its text
 * @throws DataQuestion when it cannot be told which column is the label, or pictures look inverted or turned
 * @throws DataError when there is no good row at all, or the file is something else
 * @throws DOMException `AbortError` when the signal says so
 */
export async function readCsv(
  chunks: AsyncIterable<string | Uint8Array>,
  options: CsvOptions,
): Promise<CsvResult> {
  const reader = new CsvReader(options);
  const lines = new LineReader(options.name, (some) => reader.read(some));
  let read = 0;
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    read += chunk.length;
    lines.push(chunk);
    const share = options.bytes ? Math.min(1, read / options.bytes) : 0;
    options.onProgress?.({ rows: reader.rows, share });
  }
  options.signal?.throwIfAborted();
  lines.end();
  return reader.finish();
}

/** The rows of a file in the original's layout, `pixel_0,…,pixel_783,label`, each with its line end. */
export function* csvRows({ values, labels, count }: Dataset): Generator<string> {
  yield `${Array.from({ length: PIXELS }, (_, n) => `pixel_${n}`).join(',')},label\n`;
  for (let i = 0; i < count; i++) {
    yield `${values.subarray(i * PIXELS, (i + 1) * PIXELS).join(',')},${labels[i]}\n`;
  }
}

/** Takes lines in, and tells rows from what is none. */
class CsvReader {
  /** Lines so far. */
  rows = 0;
  readonly #options: CsvOptions;
  readonly #store = new RowStore();
  #layout: Layout | undefined;
  /** Lines that came before it was known what stands where. */
  #waiting: Line[] = [];
  #enough = LINES_TO_JUDGE.first;

  constructor(options: CsvOptions) {
    this.#options = options;
  }

  read(lines: readonly string[]): void {
    for (const text of lines) {
      const row = ++this.rows;
      if (text.trim() === '') continue;
      if (this.#layout) {
        this.#readRow(row, text, this.#layout);
        continue;
      }
      this.#waiting.push({ row, text });
      if (this.#waiting.length >= this.#enough) this.#tryToJudge();
    }
  }

  finish(): CsvResult {
    if (this.#waiting.length > 0) this.#judge();
    const { name } = this.#options;
    const { dataset, badRows, badRowCount } = this.#store.finish(name);
    if (dataset.count === 0) {
      const first = badRows[0];
      const why = first ? `: row ${first.row} ${first.reason}` : ': it is empty';
      throw new DataError(`${name} has no row that can be used${why}`);
    }
    return { dataset: withAppearance(dataset, this.#options), badRows, badRowCount };
  }

  /** A file sorted by its labels begins with hundreds of the same: then more of it is waited for. */
  #tryToJudge(): void {
    try {
      this.#judge();
    } catch (error) {
      if (!(error instanceof DataQuestion) || this.#enough >= LINES_TO_JUDGE.most) throw error;
      this.#enough *= 2;
    }
  }

  #judge(): void {
    const waiting = this.#waiting;
    const layout = judgeLayout(waiting, this.#options.name, this.#options.label);
    this.#layout = layout;
    this.#waiting = [];
    if (layout.lostHeader) this.#store.refuse(waiting[layout.above - 1].row, layout.lostHeader);
    for (const { row, text } of waiting.slice(layout.above)) this.#readRow(row, text, layout);
  }

  #readRow(row: number, text: string, layout: Layout): void {
    const fields = splitFields(text, layout.delimiter);
    while (fields.length > layout.fields && fields.at(-1)!.trim() === '') fields.pop();
    if (fields.length !== layout.fields || layout.pixels.length === 0) {
      this.#store.refuse(row, `has ${fields.length} fields, not ${layout.fields}`);
      return;
    }
    const label = digitOf(fields[layout.label], layout.delimiter);
    if (label === undefined) {
      const written = fields[layout.label].trim();
      this.#store.refuse(row, `has the label "${written}", which is not a digit from 0 to 9`);
    } else {
      this.#store.take(row, label, fields, layout);
    }
  }
}
