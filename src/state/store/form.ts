import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import { newId } from './new-id.ts';

/** Raised whenever what is kept changes its form: then `migrate` has one more step. */
export const VERSION = 4;

/** What is kept, and how. What is read is whatever some version has written: whoever reads it checks it. */
export interface Stored extends DBSchema {
  /** The reader's own digits, under `own`. */
  datasets: { key: string; value: unknown };
  /** By the run's id; at most one. */
  runs: { key: string; value: unknown };
  /** By the run's id and the epoch. */
  snapshots: { key: [string, number]; value: unknown };
  /** The lab's table, by id. */
  lab: { key: number; value: unknown };
  /** Which page may write the run, under `run`. */
  claims: { key: string; value: unknown };
}

const STORES = ['datasets', 'runs', 'snapshots', 'lab', 'claims'] as const;
export type StoreName = (typeof STORES)[number];

/**
 * Brings a database of any earlier version to today's form, or lays out a new one. Up to version 3 a run was kept as
 * `current` and its snapshots by epoch alone, `{ epoch, halves }`; since 4 both are kept by the run's id.
 */
export async function migrate(
  database: IDBPDatabase<Stored>,
  transaction: IDBPTransaction<Stored, StoreName[], 'versionchange'>,
): Promise<void> {
  for (const name of STORES) {
    if (!database.objectStoreNames.contains(name)) database.createObjectStore(name);
  }
  const [runs, snapshots] = [transaction.objectStore('runs'), transaction.objectStore('snapshots')];
  const run = await runs.get('current');
  const id = newId();
  if (run !== undefined) {
    await runs.delete('current');
    await runs.put(run, id);
  }
  for (const key of (await snapshots.getAllKeys()) as unknown[]) {
    // Keys of version 4 are pairs.
    if (typeof key !== 'number') continue;
    const old = (await snapshots.get(IDBKeyRange.only(key))) as { readonly halves?: unknown } | undefined;
    await snapshots.delete(IDBKeyRange.only(key));
    if (run !== undefined) await snapshots.put({ epoch: key, values: old?.halves }, [id, key]);
  }
}
