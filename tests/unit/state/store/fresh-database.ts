import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';

/** A browser that has kept nothing yet. */
export function freshDatabase(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** Opens the site's database past the site: as it is, or as another version does it. */
export function openRaw(
  version?: number,
  upgrade: (database: IDBDatabase) => void = () => {},
  onBlocked: () => void = () => {},
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('backprop-by-hand', version);
    opening.onupgradeneeded = () => upgrade(opening.result);
    opening.onblocked = onBlocked;
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
