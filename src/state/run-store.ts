import type { NetworkModel } from '../lib/nn/model.ts';
import { checkModel } from '../lib/nn/validation.ts';
import { type Setup, formatSetup, parseSetup } from '../lib/training/setup.ts';
import type { Snapshot } from '../lib/training/snapshot.ts';
import type { EpochRecord } from '../lib/training/trainer.ts';
import { inStore } from './database.ts';
import type { CurvePoint } from './run-curves.ts';

/** All that a run needs to be there again on another day. */
export interface KeptRun {
  readonly setup: Setup;
  readonly epochs: readonly EpochRecord[];
  readonly points: readonly CurvePoint[];
  /** In full precision, to go on from. */
  readonly last: { readonly model: NetworkModel; readonly epochs: number };
}

const KEY = 'current';

/** @throws Error that says why it cannot be kept */
export async function keepRun(run: KeptRun, snapshot: Snapshot): Promise<void> {
  await inStore('runs', 'readwrite', (store) => store.put({ ...run, setup: formatSetup(run.setup) }, KEY));
  await inStore('snapshots', 'readwrite', (store) => store.put(snapshot, snapshot.epoch));
}

/**
 * The run that was kept, if there is one.
 *
 * @throws Error when what was kept is damaged, or the browser keeps nothing
 */
export async function keptRun(): Promise<KeptRun | undefined> {
  const kept = await inStore('runs', 'readonly', (store) => store.get(KEY));
  if (!kept) return undefined;
  checkModel(kept.last.model);
  if (!Array.isArray(kept.epochs) || !Array.isArray(kept.points)) throw new Error('its history is damaged');
  return { ...kept, setup: parseSetup(kept.setup) };
}

/** The snapshots kept with it, in the order of their epochs. */
export async function keptSnapshots(): Promise<Snapshot[]> {
  const all: Snapshot[] = await inStore('snapshots', 'readonly', (store) => store.getAll());
  return all.sort((a, b) => a.epoch - b.epoch);
}

export async function forgetSnapshot(epoch: number): Promise<void> {
  await inStore('snapshots', 'readwrite', (store) => store.delete(epoch));
}

export async function forgetRun(): Promise<void> {
  await inStore('runs', 'readwrite', (store) => store.delete(KEY));
  await inStore('snapshots', 'readwrite', (store) => store.clear());
}
