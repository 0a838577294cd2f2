import type { NetworkFile } from '../lib/models/network-file.ts';
import type { EpochRecord } from '../lib/training/trainer.ts';
import { checkModel } from '../lib/nn/validation.ts';
import { inStore } from './database.ts';
import type { CurvePoint } from './run-curves.ts';

/** A run of the lab's table, or a network that was opened from a file: then it has no history. */
export interface LabRun {
  readonly id: number;
  readonly name: string;
  readonly file: NetworkFile;
  readonly points: readonly CurvePoint[];
  readonly epochs: readonly EpochRecord[];
}

/** @throws Error that says why it cannot be kept */
export async function keepLabRun(run: LabRun): Promise<void> {
  await inStore('lab', 'readwrite', (store) => store.put(run, run.id));
}

/**
 * The table as it was, oldest first; what is damaged is left out.
 *
 * @throws Error when the browser keeps nothing
 */
export async function keptLabRuns(): Promise<LabRun[]> {
  const all: LabRun[] = await inStore('lab', 'readonly', (store) => store.getAll());
  return all.filter(isWhole).sort((a, b) => a.id - b.id);
}

export async function forgetLabRun(id: number): Promise<void> {
  await inStore('lab', 'readwrite', (store) => store.delete(id));
}

function isWhole(run: LabRun): boolean {
  try {
    checkModel(run.file.model);
    return typeof run.name === 'string' && Array.isArray(run.points) && Array.isArray(run.epochs);
  } catch {
    return false;
  }
}
