import type { BadRow, CsvResult } from './csv.ts';
import { type Layout, numberOf } from './csv-layout.ts';
import { PIXELS, createDataset } from './dataset.ts';

const MOST_BAD_ROWS_KEPT = 100;

/** What the pixels of a row say of the scale: they run to 1, to 255, or (nothing but 0 and 1) it is open. */
const OPEN = 0;
const UNIT = 1;
const BYTES = 2;

/** A pixel by which a row has shown its scale. */
interface Sign {
  readonly pixel: number;
  readonly text: string;
}

/** A row that has shown both scales: bad in either, and why depends on which. */
interface Mixed {
  readonly row: number;
  readonly fraction: Sign;
  readonly above: Sign;
}

/**
 * The rows of a CSV file as they come. Whether pixels run to 1 or to 255 is decided by the whole file, when it is over:
 * the rows of the scale that fewer have are then the bad ones.
 */
export class RowStore {
  #count = 0;
  #labels = new Uint8Array(1024);
  #pixels = new Uint8Array(1024 * PIXELS);
  #scales = new Uint8Array(1024);
  #rows = new Uint32Array(1024);
  /** Where and by which value a row has shown its scale. */
  #signPixels = new Uint16Array(1024);
  #signValues = new Float64Array(1024);
  readonly #bad: BadRow[] = [];
  #badCount = 0;
  readonly #mixed: Mixed[] = [];
  #mixedCount = 0;

  /** @param reason goes on from "row 7 …" */
  refuse(row: number, reason: string): void {
    this.#badCount++;
    if (this.#bad.length < MOST_BAD_ROWS_KEPT) this.#bad.push({ row, reason });
  }

  /** A row whose label is known; its pixels may yet be wrong. */
  take(row: number, label: number, fields: readonly string[], { pixels, delimiter }: Layout): void {
    this.#makeRoom();
    const start = this.#count * PIXELS;
    let fraction = -1;
    let above = -1;
    for (let n = 0; n < PIXELS; n++) {
      const value = numberOf(fields[pixels[n]], delimiter);
      if (!(value >= 0 && value <= 255)) {
        const text = fields[pixels[n]];
        this.refuse(row, `has "${text}" as pixel ${n}, which is ${faultOf(text, value)}`);
        return;
      }
      if (value > 1 && above < 0) above = n;
      if (!Number.isInteger(value) && fraction < 0) {
        // Until now there were whole numbers alone: 0 and 1, if this row runs to 1.
        fraction = n;
        for (let k = 0; k < n; k++) this.#pixels[start + k] *= 255;
      }
      this.#pixels[start + n] = fraction < 0 ? value : Math.round(value * 255);
    }
    const sign = (pixel: number): Sign => ({ pixel, text: fields[pixels[pixel]].trim() });
    if (fraction >= 0 && above >= 0) {
      this.#mixedCount++;
      if (this.#mixed.length < MOST_BAD_ROWS_KEPT)
        this.#mixed.push({ row, fraction: sign(fraction), above: sign(above) });
      return;
    }
    const shown = Math.max(fraction, above);
    this.#labels[this.#count] = label;
    this.#rows[this.#count] = row;
    this.#scales[this.#count] = fraction >= 0 ? UNIT : above >= 0 ? BYTES : OPEN;
    if (shown >= 0) {
      this.#signPixels[this.#count] = shown;
      this.#signValues[this.#count] = numberOf(fields[pixels[shown]], delimiter);
    }
    this.#count++;
  }

  /** Decides the scale, and gives the good rows; there may be none. */
  finish(name: string): CsvResult {
    const scales = this.#scales.subarray(0, this.#count);
    const unit = scales.filter((scale) => scale === UNIT).length;
    const bytes = scales.filter((scale) => scale === BYTES).length;
    // A file of nothing but 0 and 1 is black and white.
    const scale = bytes === 0 || unit > bytes ? UNIT : BYTES;
    const wanted = bytes === 0 && unit === 0 && this.#mixedCount > 0 ? BYTES : scale;
    for (const { row, fraction, above } of this.#mixed) {
      this.refuse(row, reasonOf(wanted === UNIT ? above : fraction, wanted));
    }
    this.#badCount += this.#mixedCount - this.#mixed.length;
    const kept = this.#keep(wanted);
    const badRows = this.#bad.toSorted((a, b) => a.row - b.row).slice(0, MOST_BAD_ROWS_KEPT);
    const values = this.#pixels.slice(0, kept * PIXELS);
    return {
      dataset: createDataset(name, values, this.#labels.slice(0, kept)),
      badRows,
      badRowCount: this.#badCount,
    };
  }

  /** Moves the rows of a scale together, those that leave it open among them; returns how many there are. */
  #keep(wanted: typeof UNIT | typeof BYTES): number {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const scale = this.#scales[i];
      if (scale !== OPEN && scale !== wanted) {
        const sign = { pixel: this.#signPixels[i], text: String(this.#signValues[i]) };
        this.refuse(this.#rows[i], reasonOf(sign, wanted));
        continue;
      }
      const image = this.#pixels.subarray(i * PIXELS, (i + 1) * PIXELS);
      if (scale === OPEN && wanted === UNIT) for (let n = 0; n < PIXELS; n++) image[n] *= 255;
      this.#pixels.set(image, kept * PIXELS);
      this.#labels[kept++] = this.#labels[i];
    }
    return kept;
  }

  #makeRoom(): void {
    if (this.#count < this.#labels.length) return;
    this.#labels = grown(this.#labels, new Uint8Array(this.#labels.length * 2));
    this.#pixels = grown(this.#pixels, new Uint8Array(this.#pixels.length * 2));
    this.#scales = grown(this.#scales, new Uint8Array(this.#scales.length * 2));
    this.#rows = grown(this.#rows, new Uint32Array(this.#rows.length * 2));
    this.#signPixels = grown(this.#signPixels, new Uint16Array(this.#signPixels.length * 2));
    this.#signValues = grown(this.#signValues, new Float64Array(this.#signValues.length * 2));
  }
}

function reasonOf({ pixel, text }: Sign, scale: typeof UNIT | typeof BYTES): string {
  const wanted = scale === UNIT ? 'run from 0 to 1' : 'are whole numbers from 0 to 255';
  return `has ${text} as pixel ${pixel}, where pixels ${wanted}`;
}

function faultOf(text: string, value: number): string {
  if (text.trim() === '') return 'empty';
  return Number.isNaN(value) ? 'not a number' : 'outside 0 to 255';
}

function grown<T extends { set(from: T): void }>(from: T, larger: T): T {
  larger.set(from);
  return larger;
}
