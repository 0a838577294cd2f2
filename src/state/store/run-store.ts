import type { NetworkModel } from '../../lib/nn/model.ts';
import { Network } from '../../lib/nn/network.ts';
import { type Setup, architectureOf, formatSetup, parseSetup } from '../../lib/training/setup.ts';
import { type Snapshot, checkSnapshot } from '../../lib/training/snapshot.ts';
import type { EpochRecord } from '../../lib/training/trainer.ts';
import type { CurvePoint } from '../../explain/run-curves.ts';
import { inDatabase } from './database.ts';
import { isHistory } from './history.ts';
import { type RunClaim, createRunClaim } from './run-claim.ts';
import { Unreadable } from './unreadable.ts';

/** All that a run needs to be there again on another day. */
export interface KeptRun {
  /** Its own, from its first weights to its end. */
  readonly id: string;
  readonly setup: Setup;
  readonly epochs: readonly EpochRecord[];
  readonly points: readonly CurvePoint[];
  /** In full precision, to go on from. */
  readonly last: { readonly model: NetworkModel; readonly epochs: number };
  /** In the order of their epochs. */
  readonly snapshots: readonly Snapshot[];
}

/** Where a page keeps the reader's run, once it holds the claim to it. */
export interface RunStore {
  readonly claim: Pick<RunClaim, 'hold' | 'release'>;
  readonly kept: () => Promise<KeptRun | undefined>;
  readonly keep: (run: KeptRun) => Promise<void>;
  readonly forget: () => Promise<void>;
}

/** The store of one page. */
export function createRunStore(claim: RunClaim = createRunClaim()): RunStore {
  return {
    claim,
    kept: keptRun,
    /**
     * Makes the store hold this run as it is now, and nothing of any other. Its snapshots never change: those that are
     * there already are not written again, but for the last.
     *
     * @throws RunTaken when another page has taken the run over; Error that says why it cannot be kept
     */
    keep: ({ id, setup, snapshots, ...run }) =>
      inDatabase(['claims', 'runs', 'snapshots'], 'readwrite', async (transaction) => {
        await claim.check(transaction);
        const [runs, shots] = [transaction.objectStore('runs'), transaction.objectStore('snapshots')];
        for (const other of await runs.getAllKeys()) if (other !== id) await runs.delete(other);
        await runs.put({ ...run, setup: formatSetup(setup) }, id);
        const there = new Set<number>();
        for (const key of await shots.getAllKeys()) {
          if (key[0] === id && snapshots.some(({ epoch }) => epoch === key[1])) there.add(key[1]);
          else await shots.delete(key);
        }
        for (const shot of snapshots) {
          if (!there.has(shot.epoch) || shot === snapshots.at(-1)) await shots.put(shot, [id, shot.epoch]);
        }
      }),
    /** @throws RunTaken when another page has taken the run over; Error when it could not be done */
    forget: () =>
      inDatabase(['claims', 'runs', 'snapshots'], 'readwrite', async (transaction) => {
        await claim.check(transaction);
        await transaction.objectStore('runs').clear();
        await transaction.objectStore('snapshots').clear();
      }),
  };
}

/**
 * The run that was kept, if there is one, with those of its snapshots that are whole. To read it takes no claim.
 *
 * @throws Unreadable when what was kept is damaged; Error when the browser keeps nothing
 */
export async function keptRun(): Promise<KeptRun | undefined> {
  const found = await inDatabase(['runs', 'snapshots'], 'readonly', async (transaction) => {
    const [id] = await transaction.objectStore('runs').getAllKeys();
    if (id === undefined) return undefined;
    const [run, snapshots] = await Promise.all([
      transaction.objectStore('runs').get(id),
      transaction.objectStore('snapshots').getAll(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])),
    ]);
    return { id, run, snapshots };
  });
  return found && wholeRun(found.id, found.run, found.snapshots);
}

/** @throws Unreadable when the run could not be gone on with */
function wholeRun(id: string, run: unknown, snapshots: readonly unknown[]): KeptRun {
  try {
    return checkedRun(id, run as KeptRun, snapshots);
  } catch (error) {
    throw new Unreadable((error as Error).message);
  }
}

function checkedRun(id: string, run: KeptRun, snapshots: readonly unknown[]): KeptRun {
  const { setup: texts, epochs, points, last } = run;
  const setup = parseSetup(texts as never);
  const architecture = architectureOf(setup);
  if (!isHistory({ epochs, points })) throw new Error('its history is damaged');
  new Network(architecture, { loss: setup.loss }).restore(last.model);
  const isWhole = (snapshot: Snapshot) => {
    try {
      checkSnapshot(snapshot, architecture);
      return Number.isInteger(snapshot.epoch);
    } catch {
      return false;
    }
  };
  return { id, setup, epochs, points, last, snapshots: (snapshots as Snapshot[]).filter(isWhole) };
}
