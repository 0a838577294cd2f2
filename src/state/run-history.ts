import { batch, signal } from '@preact/signals';
import type { NetworkModel } from '../lib/nn/model.ts';
import { type Setup, defaultSetup } from '../lib/training/setup.ts';
import { type Snapshot, packSnapshot, withSnapshot } from '../lib/training/snapshot.ts';
import type { EpochRecord, Progress } from '../lib/training/trainer.ts';
import { type CurvePoint, withPoint } from './run-curves.ts';
import type { KeptRun, forgetRun, forgetSnapshot, keepRun, keptRun, keptSnapshots } from './run-store.ts';

/**
 * What a page begins with: the network of the chapters, with some images held back to watch it by. Steps grow shorter
 * towards the end, or the last few would decide how good it is.
 */
export const firstSetup: Setup = {
  ...defaultSetup,
  batchSize: 32,
  schedule: 'cosine',
  epochs: 20,
  validation: 5000,
};

/** Where runs are kept: the browser's database, or nowhere. */
export interface RunStore {
  readonly keep: typeof keepRun;
  readonly kept: typeof keptRun;
  readonly snapshots: typeof keptSnapshots;
  readonly forgetSnapshot: typeof forgetSnapshot;
  readonly forget: typeof forgetRun;
}

/**
 * What a run has behind it: its set-up, its curves, a record and a snapshot for each epoch, and where it can be taken up
 * again. It is kept after each epoch; where that fails, `problem` says so, and nothing else changes.
 */
export function createRunHistory(store: RunStore) {
  const setup = signal<Setup>(firstSetup);
  const points = signal<readonly CurvePoint[]>([]);
  const epochs = signal<readonly EpochRecord[]>([]);
  const snapshots = signal<readonly Snapshot[]>([]);
  const model = signal<NetworkModel | undefined>(undefined);
  /** Epochs done, with a fraction. */
  const epoch = signal(0);
  const problem = signal<string | undefined>(undefined);
  /** The end of the last epoch, in full precision. */
  let last: KeptRun['last'] | undefined;

  function endEpoch(record: EpochRecord, ended: NetworkModel): void {
    epochs.value = [...epochs.peek(), record];
    model.value = ended;
    // A network that is lost is not what anybody wants to go on from.
    if (!Number.isFinite(record.loss)) return;
    last = { model: ended, epochs: record.epoch };
    const snapshot = packSnapshot(record.epoch, ended);
    const before = snapshots.peek();
    snapshots.value = withSnapshot(before, snapshot);
    void keep(snapshot, before);
  }

  async function keep(snapshot: Snapshot, before: readonly Snapshot[]): Promise<void> {
    const run = { setup: setup.peek(), epochs: epochs.peek(), points: points.peek(), last: last! };
    try {
      if (snapshot.epoch === 1 && before[0]) await store.keep(run, before[0]);
      await store.keep(run, snapshot);
      const dropped = before.filter((each) => !snapshots.peek().includes(each));
      for (const each of dropped) await store.forgetSnapshot(each.epoch);
    } catch (error) {
      problem.value = `Your network is not kept in this browser: ${(error as Error).message}. Training goes on; it lasts as long as this page is open.`;
    }
  }

  return {
    setup,
    points,
    epochs,
    snapshots,
    model,
    epoch,
    problem,
    /** Where to go on from; nothing before the first weights are there. */
    last: () => last,
    epochsDone: () => last?.epochs ?? 0,
    /** The network as it was opened: the first weights, or those that it goes on from. */
    open(opened: NetworkModel): void {
      model.value = opened;
      if (last) return;
      last = { model: opened, epochs: 0 };
      snapshots.value = [packSnapshot(0, opened)];
    },
    /** @param ended the network, where an epoch has ended */
    take(
      { epoch: whole, batch: batches, batchesPerEpoch, ...seen }: Progress,
      ended: NetworkModel | undefined,
    ) {
      epoch.value = whole + batches / batchesPerEpoch;
      if (seen.images > 0) {
        const { loss, accuracy, images } = seen;
        points.value = withPoint(points.peek(), { epoch: epoch.peek(), loss, accuracy, images });
      }
      if (seen.ended && ended) endEpoch(seen.ended, ended);
    },
    /** Back to the end of the last whole epoch. */
    rewind(): void {
      batch(() => {
        epoch.value = last?.epochs ?? 0;
        epochs.value = epochs.peek().filter((record) => record.epoch <= epoch.peek());
        points.value = points.peek().filter((point) => point.epoch <= epoch.peek());
        if (last) model.value = last.model;
      });
    },
    /** Forgets it all, here and in the store, for a run with this set-up. */
    begin(next: Setup): void {
      last = undefined;
      batch(() => {
        setup.value = next;
        [points.value, epochs.value, snapshots.value] = [[], [], []];
        [model.value, problem.value] = [undefined, undefined];
        epoch.value = 0;
      });
      // What a store cannot forget is overwritten by the next epoch, or said then.
      void store.forget().catch(() => {});
    },
    /**
     * The run that an earlier page has kept, where there is one.
     *
     * @param isWanted asked when it has been read: whether it may still take the place of what is here
     */
    async restore(isWanted: () => boolean): Promise<boolean> {
      try {
        const kept = await store.kept();
        if (!kept || !isWanted()) return false;
        const shots = await store.snapshots();
        if (!isWanted()) return false;
        last = kept.last;
        batch(() => {
          [setup.value, epochs.value, points.value] = [kept.setup, kept.epochs, kept.points];
          [snapshots.value, model.value] = [shots, kept.last.model];
          epoch.value = kept.last.epochs;
        });
        return true;
      } catch (error) {
        problem.value = `The network of an earlier visit could not be read: ${(error as Error).message}.`;
        return false;
      }
    },
  };
}
