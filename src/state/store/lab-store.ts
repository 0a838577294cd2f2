import type { NetworkFile } from '../../lib/models/network-file.ts';
import type { EpochRecord } from '../../lib/training/trainer.ts';
import type { Network } from '../../lib/nn/network.ts';
import { inDatabase } from './database.ts';
import { isHistory } from './history.ts';
import type { CurvePoint } from '../../explain/run-curves.ts';

/** A run of the lab's table, or a network that was opened from a file: then it has no history. */
export interface LabRun {
  readonly id: number;
  readonly name: string;
  readonly file: NetworkFile;
  readonly points: readonly CurvePoint[];
  readonly epochs: readonly EpochRecord[];
}

/** The id of the network that the reader's own code has trained: the last one takes its place. */
export const OWN_CODE = 0;

/** @throws Error that says why it cannot be kept */
export async function keepLabRun(run: LabRun): Promise<void> {
  await inDatabase(['lab'], 'readwrite', (transaction) => transaction.objectStore('lab').put(run, run.id));
}

/**
 * The table as it was, oldest first; what is damaged, or would not open, is left out.
 *
 * @throws Error when the browser keeps nothing
 */
export async function keptLabRuns(): Promise<LabRun[]> {
  const all = await inDatabase(['lab'], 'readonly', (transaction) => transaction.objectStore('lab').getAll());
  if (all.length === 0) return [];
  // Fetched only where there is something to open.
  const open = (await import('../../lib/nn/network.ts')).Network.fromModel;
  return (all as LabRun[]).filter((run) => isWhole(run, open)).sort((a, b) => a.id - b.id);
}

export async function forgetLabRun(id: number): Promise<void> {
  await inDatabase(['lab'], 'readwrite', (transaction) => transaction.objectStore('lab').delete(id));
}

function isWhole(run: LabRun, open: typeof Network.fromModel): boolean {
  try {
    open(run.file.model, { loss: run.file.metadata.loss });
    return typeof run.id === 'number' && typeof run.name === 'string' && isHistory(run);
  } catch {
    return false;
  }
}
