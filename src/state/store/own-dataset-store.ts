import { type Dataset, createDataset } from '../../lib/data/dataset.ts';
import { inDatabase } from './database.ts';

const KEY = 'own';

/** Keeps the reader's own digits in this browser; where that is not possible they last as long as the page. */
export async function keepOwnDataset({ name, values, labels }: Dataset): Promise<boolean> {
  try {
    await inDatabase(['datasets'], 'readwrite', (transaction) =>
      transaction.objectStore('datasets').put({ name, values, labels }, KEY),
    );
    return true;
  } catch {
    return false;
  }
}

/** What was kept, if it is there and whole. */
export async function keptOwnDataset(): Promise<Dataset | undefined> {
  try {
    const kept = await inDatabase(['datasets'], 'readonly', (transaction) =>
      transaction.objectStore('datasets').get(KEY),
    );
    if (kept === undefined) return undefined;
    const { name, values, labels } = kept as Dataset;
    return createDataset(String(name), values, labels);
  } catch {
    return undefined;
  }
}
