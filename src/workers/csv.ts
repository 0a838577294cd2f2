import { csvRows, readCsv } from '../lib/data/csv.ts';
import type { Dataset } from '../lib/data/dataset.ts';
import type { CsvAnswer, CsvTask } from './csv-messages.ts';

/** Reads or writes one CSV file, off the page's thread. To cancel it, the page ends the worker. */
addEventListener('message', async ({ data: task }: MessageEvent<CsvTask>) => {
  try {
    if ('file' in task) await read(task.file, task.label);
    else write(task.dataset);
  } catch (error) {
    answer({ failure: (error as Error).message });
  }
});

async function read(file: File, label: 'first' | 'last' | undefined): Promise<void> {
  const result = await readCsv(textOf(file), {
    name: file.name,
    bytes: file.size,
    ...(label && { label }),
    onProgress: ({ rows, share }) => answer({ rows, share }),
  });
  answer({ result });
}

async function* textOf(file: File): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    yield decoder.decode(piece.value, { stream: true });
  }
  yield decoder.decode();
}

/** Text of so many rows becomes one piece of the file, so that it never lies in memory as one string. */
const ROWS_IN_A_PIECE = 1000;

function write(dataset: Dataset): void {
  const pieces: Blob[] = [];
  let rows: string[] = [];
  for (const row of csvRows(dataset)) {
    rows.push(row);
    if (rows.length < ROWS_IN_A_PIECE) continue;
    pieces.push(new Blob(rows));
    rows = [];
    const written = pieces.length * ROWS_IN_A_PIECE;
    answer({ rows: written, share: Math.min(1, written / dataset.count) });
  }
  answer({ file: new Blob([...pieces, ...rows], { type: 'text/csv' }) });
}

function answer(message: CsvAnswer): void {
  postMessage(message);
}
