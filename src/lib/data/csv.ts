import Papa from 'papaparse';
import { DIGITS, DataError, type Dataset, PIXELS, createDataset } from './dataset.ts';

export interface BadRow {
  /** As an editor counts lines of the file, the header being row 1 where there is one. */
  readonly row: number;
  /** Goes on from "row 7 …". */
  readonly reason: string;
}

export interface CsvResult {
  /** Of the good rows. */
  readonly dataset: Dataset;
  /** The first of the bad ones, and how many there were. */
  readonly badRows: readonly BadRow[];
  readonly badRowCount: number;
}

export interface CsvOptions {
  readonly name: string;
  /** Where the label stands; found out from the header, or from the columns, when left out. */
  readonly label?: 'first' | 'last';
  /** Size of the whole, for the progress. */
  readonly bytes?: number;
  readonly onProgress?: (progress: { readonly rows: number; readonly share: number }) => void;
  readonly signal?: AbortSignal;
}

const FIELDS = PIXELS + 1;
const MOST_BAD_ROWS_KEPT = 100;
/** Rows that are looked at before it is said where the label stands, when there is no header to say it. */
const ROWS_TO_JUDGE = 200;

/**
 * Reads labelled digits from CSV as it arrives: 784 pixels and a label in each row, the label first (as in Kaggle's
 * Digit Recognizer) or last (as in the original project), with a header or without, pixels from 0 to 255 or, where the
 * whole file has none above 1, from 0 to 1.
 *
 * @param chunks pieces of the text, of any length
 * @throws DataError when there is no good row at all, or the label cannot be told from the pixels
 * @throws DOMException `AbortError` when the signal says so
 */
export async function readCsv(chunks: AsyncIterable<string>, options: CsvOptions): Promise<CsvResult> {
  const reader = new CsvReader(options);
  let characters = 0;
  let rest = '';
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    characters += chunk.length;
    const text = rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    reader.read(text.slice(0, end));
    options.onProgress?.({
      rows: reader.rows,
      share: options.bytes ? Math.min(1, characters / options.bytes) : 0,
    });
  }
  options.signal?.throwIfAborted();
  reader.read(rest);
  return reader.finish();
}

/** The rows of a file in the original's layout, `pixel_0,…,pixel_783,label`, each with its line end. */
export function* csvRows({ values, labels, count }: Dataset): Generator<string> {
  yield `${Array.from({ length: PIXELS }, (_, n) => `pixel_${n}`).join(',')},label\n`;
  for (let i = 0; i < count; i++) {
    yield `${values.subarray(i * PIXELS, (i + 1) * PIXELS).join(',')},${labels[i]}\n`;
  }
}

/** A row that cannot be used; the message goes on from "row 7 …". */
class RowError extends Error {}

class CsvReader {
  rows = 0;
  readonly #options: CsvOptions;
  readonly #badRows: BadRow[] = [];
  #badRowCount = 0;
  #delimiter = '';
  #label: 'first' | 'last' | undefined;
  /** Rows that came before it was known where the label stands. */
  #waiting: { row: number; fields: string[] }[] = [];
  #count = 0;
  #labels = new Uint8Array(1024);
  #pixels = new Uint8Array(1024 * PIXELS);
  /** Whether pixels run to 255 or to 1: open until a pixel other than 0 and 1 has been seen. */
  #scale: 'open' | 'bytes' | 'unit' = 'open';

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#label = options.label;
  }

  /** @param text whole lines */
  read(text: string): void {
    if (text === '') return;
    const lines = this.rows === 0 ? text.replace(/^\uFEFF/, '') : text;
    this.#delimiter ||=
      [',', ';', '\t'].find((mark) => lines.slice(0, lines.indexOf('\n') >>> 0).includes(mark)) ?? ',';
    const { data } = Papa.parse<string[]>(lines, { delimiter: this.#delimiter });
    if (lines.endsWith('\n')) data.pop(); // what Papa sees after the last line end
    for (const fields of data) this.#readRow(++this.rows, fields);
  }

  finish(): CsvResult {
    this.#placeWaiting();
    if (this.#count === 0) {
      const first = this.#badRows[0];
      const why = first ? `: row ${first.row} ${first.reason}` : ': it is empty';
      throw new DataError(`${this.#options.name} has no row that can be used${why}`);
    }
    const values = this.#pixels.slice(0, this.#count * PIXELS);
    // A file of nothing but 0 and 1 is black and white.
    if (this.#scale === 'open') multiply(values, 255);
    return {
      dataset: createDataset(this.#options.name, values, this.#labels.slice(0, this.#count)),
      badRows: this.#badRows,
      badRowCount: this.#badRowCount,
    };
  }

  #readRow(row: number, fields: string[]): void {
    if (fields.length === 1 && fields[0]!.trim() === '') return;
    if (row === 1 && fields.some((field) => /[a-z]/i.test(field) && Number.isNaN(Number(field)))) {
      this.#readHeader(fields);
    } else if (this.#label) {
      this.#take(row, fields, this.#label);
    } else {
      this.#waiting.push({ row, fields });
      if (this.#waiting.length === ROWS_TO_JUDGE) this.#placeWaiting();
    }
  }

  #readHeader(fields: readonly string[]): void {
    const names = fields.map((field) => field.trim().toLowerCase());
    if (names[0] === 'label') this.#label ??= 'first';
    else if (names.at(-1) === 'label') this.#label ??= 'last';
  }

  #placeWaiting(): void {
    if (this.#waiting.length === 0) return;
    this.#label = judgeLabel(
      this.#waiting.map(({ fields }) => fields),
      this.#options.name,
    );
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { row, fields } of waiting) this.#take(row, fields, this.#label);
  }

  #take(row: number, fields: readonly string[], place: 'first' | 'last'): void {
    try {
      this.#makeRoom();
      const label = readLabel(fields, place);
      this.#readPixels(fields, place === 'first' ? 1 : 0);
      this.#labels[this.#count++] = label;
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      this.#badRowCount++;
      if (this.#badRows.length < MOST_BAD_ROWS_KEPT) this.#badRows.push({ row, reason: error.message });
    }
  }

  /** Fills in the pixels of image `#count`. A row that fails half-way is overwritten by the next good one. */
  #readPixels(fields: readonly string[], from: number): void {
    const start = this.#count * PIXELS;
    let scale = this.#scale;
    for (let n = 0; n < PIXELS; n++) {
      const text = fields[from + n]!;
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (!(value >= 0 && value <= 255))
        throw new RowError(`has "${text}" as pixel ${n}, which is ${faultOf(text, value)}`);
      if (value !== 0 && value !== 1) {
        const needed = value < 1 ? 'unit' : 'bytes';
        if (scale === 'open') scale = needed;
        if (scale === 'unit' && value > 1)
          throw new RowError(`has ${text} as pixel ${n}, where pixels run from 0 to 1`);
        if (scale === 'bytes' && !Number.isInteger(value)) {
          throw new RowError(`has ${text} as pixel ${n}, where pixels are whole numbers from 0 to 255`);
        }
      }
      this.#pixels[start + n] = scale === 'unit' ? Math.round(value * 255) : value;
      // Whatever of this row came before it was known that pixels run to 1 was written as 0 or 1.
      if (scale === 'unit' && this.#scale === 'open') {
        multiply(this.#pixels.subarray(0, start + n), 255);
        this.#scale = 'unit';
      }
    }
    this.#scale = scale;
  }

  #makeRoom(): void {
    if (this.#count < this.#labels.length) return;
    this.#labels = grow(this.#labels);
    this.#pixels = grow(this.#pixels);
  }
}

function readLabel(fields: readonly string[], place: 'first' | 'last'): number {
  if (fields.length !== FIELDS) throw new RowError(`has ${fields.length} fields, not ${FIELDS}`);
  const text = (place === 'first' ? fields[0]! : fields.at(-1)!).trim();
  const label = text === '' ? Number.NaN : Number(text);
  if (!(Number.isInteger(label) && label >= 0 && label < DIGITS)) {
    throw new RowError(`has the label "${text}", which is not a digit from 0 to 9`);
  }
  return label;
}

function faultOf(text: string, value: number): string {
  if (text.trim() === '') return 'empty';
  return Number.isNaN(value) ? 'not a number' : 'outside 0 to 255';
}

/**
 * Where the label stands in rows without a header: in the column, first or last, that holds nothing but digits. In the
 * corners of a picture there is hardly ever ink, so both may; then the one with more different digits is the label.
 */
function judgeLabel(rows: readonly (readonly string[])[], name: string): 'first' | 'last' {
  const whole = rows.filter((fields) => fields.length === FIELDS);
  const kinds = (column: number) => {
    const texts = new Set(whole.map((fields) => fields.at(column)!.trim()));
    return [...texts].every((text) => /^\d(\.0+)?$/.test(text)) ? texts.size : 0;
  };
  const [first, last] = [kinds(0), kinds(-1)];
  if (whole.length > 0 && first === last) {
    throw new DataError(
      first === 0
        ? `${name} has neither in its first nor in its last column labels from 0 to 9 alone`
        : `${name} has no header, and its first and last column could both be the label: say which it is`,
    );
  }
  return first > last ? 'first' : 'last';
}

function multiply(values: Uint8Array, factor: number): void {
  for (let n = 0; n < values.length; n++) values[n]! *= factor;
}

function grow(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(array.length * 2);
  larger.set(array);
  return larger;
}
