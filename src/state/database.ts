const DATABASE = 'backprop-by-hand';
/** Raised whenever a store is added to the list. */
const VERSION = 3;
const STORES = ['datasets', 'runs', 'snapshots', 'lab'] as const;

export type StoreName = (typeof STORES)[number];

/**
 * What the browser keeps for the reader, in one database.
 *
 * @throws Error that says why it keeps nothing: no room, or not allowed to
 */
export async function inStore<T>(
  name: StoreName,
  mode: 'readonly' | 'readwrite',
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      // A request may have been granted and its transaction still not be kept: there may be no room left.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(reasonOf(request.error ?? transaction.error));
      transaction.onabort = () => reject(reasonOf(transaction.error));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') throw new Error('the browser keeps no data');
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const there = request.result.objectStoreNames;
      for (const name of STORES) if (!there.contains(name)) request.result.createObjectStore(name);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(reasonOf(request.error));
    request.onblocked = () => reject(new Error('another tab holds an older version of the data open'));
  });
}

function reasonOf(error: DOMException | null): Error {
  if (error?.name === 'QuotaExceededError') return new Error('there is no room left for it');
  return new Error(error?.message || 'the browser keeps no data');
}
