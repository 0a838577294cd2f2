import { computed, signal } from '@preact/signals';
import type { CsvResult } from '../lib/data/csv.ts';
import { type Dataset, concatenate, createDataset } from '../lib/data/dataset.ts';
import type { CsvAnswer, CsvTask } from '../workers/csv-messages.ts';
import { keepOwnDataset, keptOwnDataset } from './own-dataset-store.ts';

/** What the CSV worker is at. */
export interface CsvWork {
  readonly what: 'reading' | 'writing';
  readonly file: string;
  readonly rows: number;
  /** From 0 to 1. */
  readonly share: number;
}

const current = signal<Dataset | undefined>(undefined);
const working = signal<CsvWork | undefined>(undefined);
const undecided = signal<CsvResult | undefined>(undefined);
const failed = signal<string | undefined>(undefined);
let worker: Worker | undefined;

/** The reader's own digits: the same for every figure, and there again on the next page. */
export const ownDataset = computed(() => current.value);
export const csvWork = computed(() => working.value);
/** A file with bad rows, until the reader has said whether to keep its good ones. */
export const csvToDecide = computed(() => undecided.value);
export const csvFailure = computed(() => failed.value);

/** Finds the digits that an earlier page has kept. */
export async function findOwnDataset(): Promise<void> {
  const kept = await keptOwnDataset();
  if (kept && !current.peek()) current.value = kept;
}

/**
 * Reads labelled digits from a CSV file in a worker. They become the reader's own data set, at once when every row is
 * good, else when the reader has chosen to keep the good ones.
 *
 * @param label the column of the label, where the reader knows it
 */
export function openCsv(file: File, label?: 'first' | 'last'): void {
  begin({ what: 'reading', file: file.name, rows: 0, share: 0 }, { file, label }, (answer) => {
    if (!('result' in answer)) return;
    if (answer.result.badRowCount > 0) undecided.value = answer.result;
    else adopt(answer.result.dataset);
  });
}

/** Adds a drawn digit to the reader's own; with the first, they begin. */
export function addOwnDigit(image: Uint8Array, label: number): void {
  const drawn = createDataset('digits of yours', image.slice(), Uint8Array.of(label));
  const own = current.peek();
  adopt(own ? concatenate([own, drawn]) : drawn);
}

/** Writes a data set as CSV in a worker, and hands over the file. */
export function saveCsv(dataset: Dataset, fileName: string, onFile: (file: Blob) => void): void {
  begin({ what: 'writing', file: fileName, rows: 0, share: 0 }, { dataset }, (answer) => {
    if ('file' in answer) onFile(answer.file);
  });
}

/** Ends reading or writing: nothing of it is kept. */
export function cancelCsv(): void {
  worker?.terminate();
  worker = undefined;
  working.value = undefined;
}

/** Keeps the good rows of the file with bad ones, or forgets the file. */
export function decideCsv(keepsGoodRows: boolean): void {
  const result = undecided.peek();
  undecided.value = undefined;
  if (result && keepsGoodRows) adopt(result.dataset);
}

function adopt(dataset: Dataset): void {
  current.value = dataset;
  void keepOwnDataset(dataset);
}

function begin(work: CsvWork, task: CsvTask, onEnd: (answer: CsvAnswer) => void): void {
  cancelCsv();
  failed.value = undefined;
  undecided.value = undefined;
  working.value = work;
  const own = new Worker(new URL('../workers/csv.ts', import.meta.url), { type: 'module' });
  worker = own;
  own.onmessage = ({ data: answer }: MessageEvent<CsvAnswer>) => {
    if (worker !== own) return;
    if ('share' in answer) {
      working.value = { ...work, ...answer };
      return;
    }
    cancelCsv();
    if ('failure' in answer) failed.value = answer.failure;
    else onEnd(answer);
  };
  own.onerror = () => {
    if (worker !== own) return;
    cancelCsv();
    failed.value = `${work.file}: the part of the page that works on files could not be started. Reload the page and try again.`;
  };
  own.postMessage(task);
}
