import { type CsvChoices, type CsvResult, csvRows, readCsv } from './csv.ts';
import type { Dataset } from './dataset.ts';

/** How far the reading of a file has come. */
export interface CsvProgress {
  readonly rows: number;
  /** From 0 to 1. */
  readonly share: number;
}

/** Text of so many rows becomes one piece of the file, so that it never lies in memory as one string. */
const ROWS_IN_A_PIECE = 1000;

/** Reads and writes whole CSV files: what a worker offers, since it takes seconds. */
export class CsvDesk {
  /** @throws DataError when the file has no row that can be used */
  read(
    { file, choices }: { readonly file: File; readonly choices: CsvChoices },
    onProgress: (progress: CsvProgress) => void,
  ): Promise<CsvResult> {
    return readCsv(bytesOf(file), { ...choices, name: file.name, bytes: file.size, onProgress });
  }

  write(dataset: Dataset, onProgress: (progress: CsvProgress) => void): Blob {
    const pieces: Blob[] = [];
    let rows: string[] = [];
    for (const row of csvRows(dataset)) {
      rows.push(row);
      if (rows.length < ROWS_IN_A_PIECE) continue;
      pieces.push(new Blob(rows));
      rows = [];
      const written = pieces.length * ROWS_IN_A_PIECE;
      onProgress({ rows: written, share: Math.min(1, written / dataset.count) });
    }
    return new Blob([...pieces, ...rows], { type: 'text/csv' });
  }
}

/** By its reader: not every browser can go through a stream with a loop. */
async function* bytesOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}
