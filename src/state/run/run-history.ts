import { batch, computed, signal } from '@preact/signals';
import type { NetworkModel } from '../../lib/nn/model.ts';
import { type Setup, defaultSetup } from '../../lib/training/setup.ts';
import { type Snapshot, packSnapshot, withSnapshot } from '../../lib/training/snapshot.ts';
import type { EpochRecord, Progress } from '../../lib/training/trainer.ts';
import { type CurvePoint, withPoint } from '../../explain/run-curves.ts';
import type { ClaimWay } from '../store/run-claim.ts';
import { RunTaken } from '../store/run-taken.ts';
import type { KeptRun, RunStore } from '../store/run-store.ts';
import { newId } from '../store/new-id.ts';

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

/** Whether this page writes the run: not known before it is asked for; another page may have it, or take it over. */
type Standing = 'unasked' | 'ours' | 'elsewhere' | 'taken';

const words: Readonly<Record<Standing, string | undefined>> = {
  unasked: undefined,
  ours: undefined,
  elsewhere:
    'Your run is open in another tab, and that tab keeps it. What is trained in this one is not kept.',
  taken: 'Another tab has taken your run over. What is trained in this one from now on is not kept.',
};

/**
 * What a run has behind it: its set-up, its curves, a record and a snapshot for each epoch, and where it can be taken up
 * again. It is kept after each epoch; where that fails, `problem` says so, and nothing else changes. Reading, writing and
 * forgetting take their turns, so that what was forgotten does not come back.
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
  const standing = signal<Standing>('unasked');
  let id = newId();
  /** The end of the last epoch, in full precision. */
  let last: KeptRun['last'] | undefined;

  function endEpoch(record: EpochRecord, ended: NetworkModel): void {
    epochs.value = [...epochs.peek(), record];
    // A network that is lost is not what anybody wants to go on from, to look at, or to keep.
    const snapshot = Number.isFinite(record.loss) ? snapshotOf(record.epoch, ended) : undefined;
    if (!snapshot) return;
    model.value = ended;
    last = { model: ended, epochs: record.epoch };
    snapshots.value = withSnapshot(snapshots.peek(), snapshot);
    const [own, run] = [id, { id, setup: setup.peek(), epochs: epochs.peek(), points: points.peek(), last }];
    const kept = { ...run, snapshots: snapshots.peek() };
    write(
      'Your network is not kept in this browser',
      'Training goes on; it lasts as long as this page is open.',
      async () => {
        if (own !== id) return;
        await store.keep(kept);
        problem.value = undefined;
      },
    );
  }

  let queue: Promise<unknown> = Promise.resolve();
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = queue.then(task);
    queue = done.catch(() => {});
    return done;
  }

  /** Changes what is kept, if this page may. */
  function write(failed: string, consequence: string, task: () => Promise<void>): void {
    inTurn(async () => {
      if (await isOurs()) await task();
    }).catch((error: Error) => {
      if (error instanceof RunTaken) taken();
      else problem.value = `${failed}: ${error.message}. ${consequence}`;
    });
  }

  async function isOurs(): Promise<boolean> {
    if (standing.peek() === 'unasked') await claim('ask');
    return standing.peek() === 'ours';
  }

  /** @param first done with the claim held, before anybody is told how this page stands */
  async function claim(how: ClaimWay, first = () => Promise.resolve()): Promise<void> {
    let isLost = false;
    const isHeld = await store.claim.hold(how, () => {
      isLost = true;
      taken();
    });
    await first();
    if (!isLost) standing.value = isHeld ? 'ours' : 'elsewhere';
  }

  function taken(): void {
    standing.value = 'taken';
  }

  function show(kept: KeptRun): void {
    ({ id, last } = kept);
    batch(() => {
      [setup.value, epochs.value, points.value] = [kept.setup, kept.epochs, kept.points];
      [snapshots.value, model.value] = [kept.snapshots, kept.last.model];
      epoch.value = kept.last.epochs;
    });
  }

  const unreadable = (error: unknown) => {
    problem.value = `The network of an earlier visit could not be read: ${(error as Error).message}.`;
    return false;
  };

  return {
    setup,
    points,
    epochs,
    snapshots,
    model,
    epoch,
    problem,
    /** That another tab has the run, for the reader to take it over; nothing where this one has it. */
    elsewhere: computed(() => words[standing.value]),
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
      id = newId();
      batch(() => {
        setup.value = next;
        [points.value, epochs.value, snapshots.value] = [[], [], []];
        [model.value, problem.value] = [undefined, undefined];
        epoch.value = 0;
      });
      write(
        'The run before could not be forgotten in this browser',
        'The next epoch takes its place.',
        store.forget,
      );
    },
    /**
     * The run that an earlier page has kept, where there is one.
     *
     * @param isWanted asked when it has been read: whether it may still take the place of what is here
     */
    restore: (isWanted: () => boolean): Promise<boolean> =>
      inTurn(async () => {
        // First the claim: what is read under it changes no more.
        await isOurs();
        const kept = await store.kept();
        if (!kept && standing.peek() === 'ours') {
          store.claim.release();
          standing.value = 'unasked';
        }
        if (!kept || !isWanted()) return false;
        show(kept);
        return true;
      }).catch(unreadable),
    /**
     * Takes the run over from the tab that has it, as far as it has come there; returns whether it is here now.
     *
     * @param isWanted as of `restore`
     */
    takeOver: (isWanted: () => boolean): Promise<boolean> =>
      inTurn(async () => {
        let isThere = false;
        await claim('take', async () => {
          const kept = await store.kept();
          isThere = kept !== undefined && isWanted();
          if (isThere) show(kept!);
        });
        return isThere;
      }).catch(unreadable),
  };
}

/** Nothing where a parameter is not finite. */
function snapshotOf(epoch: number, model: NetworkModel): Snapshot | undefined {
  try {
    return packSnapshot(epoch, model);
  } catch {
    return undefined;
  }
}
