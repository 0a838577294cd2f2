import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { type StoreName, type Stored, VERSION, migrate } from './form.ts';

const DATABASE = 'backprop-by-hand';

type Mode = 'readonly' | 'readwrite';
export type Transaction<M extends Mode> = IDBPTransaction<Stored, StoreName[], M>;

/**
 * Works on what the browser keeps for the reader, in one transaction over these stores: all of it is done, or nothing.
 *
 * @param work may await nothing but what it asks of the transaction, which ends when it is asked for nothing more
 * @throws what `work` throws, or an Error that says why the browser keeps nothing: no room, or not allowed to
 */
export async function inDatabase<T, M extends Mode>(
  names: StoreName[],
  mode: M,
  work: (transaction: Transaction<M>) => Promise<T>,
): Promise<T> {
  let database: IDBPDatabase<Stored> | undefined;
  try {
    database = await open();
    const transaction = database.transaction(names, mode);
    const working = work(transaction).catch((error) => {
      abort(transaction);
      throw error;
    });
    // A request may have been granted and its transaction still not be kept: there may be no room left.
    const [result] = await Promise.all([working, transaction.done]);
    return result;
  } catch (error) {
    throw reasonOf(error);
  } finally {
    database?.close();
  }
}

async function open(): Promise<IDBPDatabase<Stored>> {
  if (typeof indexedDB === 'undefined') throw new Error('the browser keeps no data');
  return new Promise((resolve, reject) => {
    let isBlocked = false;
    openDB<Stored>(DATABASE, VERSION, {
      upgrade: (database, _from, _to, transaction) => {
        // Where a step fails, all stays as it was before.
        migrate(database, transaction).catch(() => abort(transaction));
      },
      blocked: () => {
        isBlocked = true;
        reject(new Error('another tab holds an older version of the data open'));
      },
      // Another tab brings a newer version: it need not wait for this one.
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    }).then((database) => {
      // Nobody waits for one that was blocked and opens after all.
      if (isBlocked) database.close();
      else resolve(database);
    }, reject);
  });
}

/** Ends it without a trace; one that has failed by itself has ended already. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {}
}

function reasonOf(error: unknown): Error {
  if (!(error instanceof DOMException)) return error as Error;
  if (error.name === 'QuotaExceededError') return new Error('there is no room left for it');
  if (error.name === 'VersionError')
    return new Error('a newer version of this site wrote it: reload the page');
  return new Error(error.message || 'the browser keeps no data');
}
