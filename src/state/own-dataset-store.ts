import { type Dataset, createDataset } from '../lib/data/dataset.ts';

const DATABASE = 'backprop-by-hand';
const STORE = 'datasets';
const KEY = 'own';

/** Keeps the reader's own digits in this browser; where that is not possible they last as long as the page. */
export async function keepOwnDataset({ name, values, labels }: Dataset): Promise<boolean> {
  try {
    const database = await open();
    await settled(
      database.transaction(STORE, 'readwrite').objectStore(STORE).put({ name, values, labels }, KEY),
    );
    database.close();
    return true;
  } catch {
    return false;
  }
}

/** What was kept, if it is there and whole. */
export async function keptOwnDataset(): Promise<Dataset | undefined> {
  try {
    const database = await open();
    const kept = await settled(database.transaction(STORE).objectStore(STORE).get(KEY));
    database.close();
    return kept && createDataset(String(kept.name), kept.values, kept.labels);
  } catch {
    return undefined;
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps no data'));
  });
}
