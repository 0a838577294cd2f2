import { type Dataset, createDataset } from '../lib/data/dataset.ts';
import { inStore } from './database.ts';

const KEY = 'own';

/** Keeps the reader's own digits in this browser; where that is not possible they last as long as the page. */
export async function keepOwnDataset({ name, values, labels }: Dataset): Promise<boolean> {
  try {
    await inStore('datasets', 'readwrite', (store) => store.put({ name, values, labels }, KEY));
    return true;
  } catch {
    return false;
  }
}

/** What was kept, if it is there and whole. */
export async function keptOwnDataset(): Promise<Dataset | undefined> {
  try {
    const kept = await inStore('datasets', 'readonly', (store) => store.get(KEY));
    return kept && createDataset(String(kept.name), kept.values, kept.labels);
  } catch {
    return undefined;
  }
}
