import type { CsvResult } from '../lib/data/csv.ts';
import type { Dataset } from '../lib/data/dataset.ts';

/** What the CSV worker is asked for: to read a file, or to write one. */
export type CsvTask =
  { readonly file: File; readonly label: 'first' | 'last' | undefined } | { readonly dataset: Dataset };

/** What it says: how far it is, any number of times, then how it ended. */
export type CsvAnswer =
  | { readonly rows: number; readonly share: number }
  | { readonly result: CsvResult }
  | { readonly file: Blob }
  | { readonly failure: string };
