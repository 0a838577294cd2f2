import { computed, signal } from '@preact/signals';
import type { CsvChoices, CsvResult } from '../../lib/data/csv.ts';
import type { Dataset } from '../../lib/data/dataset.ts';
import type { CsvDesk, CsvProgress } from '../../lib/data/csv-desk.ts';
import { createSession } from '../remote/session.ts';
import { type Remote, WorkerDied, connect } from '../remote/worker-client.ts';
import { keepOwnDataset, keptOwnDataset } from '../store/own-dataset-store.ts';

/** What the CSV worker is at. */
export interface CsvWork extends CsvProgress {
  readonly what: 'reading' | 'writing';
  readonly file: string;
}

const current = signal<Dataset | undefined>(undefined);
const working = signal<CsvWork | undefined>(undefined);
const undecided = signal<CsvResult | undefined>(undefined);
const failed = signal<string | undefined>(undefined);

/** A call says how far it is after every few hundred rows. */
const SILENCE = 60_000;

const session = createSession({
  load: async () => undefined,
  start: () =>
    connect<CsvDesk>(
      new Worker(new URL('../../workers/csv.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  prepare: async (desk) => desk,
});

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
 * @param choices what the reader says of the file: where its label stands, how its pictures lie
 */
export function openCsv(file: File, choices: CsvChoices = {}): Promise<void> {
  return begin({ what: 'reading', file: file.name }, async (desk, onProgress) => {
    const result = await desk.read({ file, choices }, onProgress);
    if (result.badRowCount > 0) undecided.value = result;
    else adopt(result.dataset);
  });
}

/** Writes a data set as CSV in a worker, and hands over the file. */
export function saveCsv(dataset: Dataset, fileName: string, onFile: (file: Blob) => void): Promise<void> {
  return begin({ what: 'writing', file: fileName }, async (desk, onProgress) =>
    onFile(await desk.write(dataset, onProgress)),
  );
}

/** Ends reading or writing: nothing of it is kept. */
export function cancelCsv(): void {
  session.letGo();
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

async function begin(
  work: Pick<CsvWork, 'what' | 'file'>,
  task: (desk: Remote<CsvDesk>, onProgress: (progress: CsvProgress) => void) => Promise<void>,
): Promise<void> {
  cancelCsv();
  failed.value = undefined;
  undecided.value = undefined;
  working.value = { ...work, rows: 0, share: 0 };
  await session.work(
    async (desk) => {
      await task(desk, (progress) => {
        working.value = { ...work, ...progress };
      });
      cancelCsv();
    },
    (error) => {
      cancelCsv();
      failed.value =
        error instanceof WorkerDied
          ? `${work.file}: the part of the page that works on files has stopped: ${error.message}. Reload the page and try again.`
          : error.message;
    },
  );
}
