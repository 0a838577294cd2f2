import { batch, computed, signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import type { Advanced, Look, TrainingSession, WatchedImages } from '../lib/training/session.ts';
import type { Setup } from '../lib/training/setup.ts';
import { loadDataset } from './datasets.ts';
import { handDataset } from './hand-dataset.ts';
import { kernelBytes } from './kernels.ts';
import { Abandoned, pull, steadyRate } from './pull.ts';
import { type RunStore, createRunHistory } from './run-history.ts';
import { forgetRun, forgetSnapshot, keepRun, keptRun, keptSnapshots } from './run-store.ts';
import { type Remote, WorkerDied, connect } from './worker-client.ts';

export type RunStatus = 'idle' | 'opening' | 'paused' | 'running' | 'stepping' | 'finished';

/** How fast a run goes: as fast as it can, or so many batches a second, to be watched. */
export const speeds = [
  { name: 'full', label: 'as fast as it can', batchesASecond: undefined },
  { name: 'ten', label: '10 batches a second', batchesASecond: 10 },
  { name: 'two', label: '2 batches a second', batchesASecond: 2 },
] as const;
export type SpeedName = (typeof speeds)[number]['name'];

export type Watched = WatchedImages & { readonly isBatch: boolean };

/** What a run needs from outside: in a page a worker, the site's digits and the browser's store; in a test its own. */
export interface RunWorld {
  readonly start: () => Remote<TrainingSession>;
  readonly load: (onProgress: (share: number) => void) => Promise<Dataset>;
  readonly kernels: typeof kernelBytes;
  readonly store: RunStore;
}

/** Milliseconds of training for each call, and between two looks at the network. */
const BUDGET = 120;
const LOOK_EVERY = 700;
/** Share read right, below which a network of ten classes has learnt nothing to speak of. */
const GUESSING = 0.15;
/** A call asks for a fraction of a second of work. Even the largest batch by plain loops should be done in this time. */
const SILENCE = 20_000;
/** Deaths of a worker in a row, without an answer in between, after which it is not started again by itself. */
const MOST_DEATHS = 2;

/** A page: its worker, the digits of the site and the store of the browser. */
export const pageWorld: RunWorld = {
  start: () =>
    connect<TrainingSession>(
      new Worker(new URL('../workers/trainer.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  load: (onProgress) => loadDataset('train', { onProgress: (done, total) => onProgress(done / total) }),
  kernels: kernelBytes,
  store: {
    keep: keepRun,
    kept: keptRun,
    snapshots: keptSnapshots,
    forgetSnapshot,
    forget: forgetRun,
  },
};

export type Run = ReturnType<typeof createRun>;

/**
 * A run of training: how far it is and what it has behind it, with the actions that the page offers. The page pulls: one
 * call into the worker at a time; to pause is not to ask again.
 */
export function createRun(world: RunWorld = pageWorld) {
  const history = createRunHistory(world.store);
  const { setup, epochs, epoch } = history;
  const status = signal<RunStatus>('idle');
  const speed = signal<SpeedName>('full');
  /** Of the download of the digits, from 0 to 1. */
  const loading = signal<number | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  /** That its worker died, and what became of the run. */
  const restarted = signal<string | undefined>(undefined);
  const notice = computed(
    () => [restarted.value, history.problem.value].filter(Boolean).join(' ') || undefined,
  );
  const look = signal<Look | undefined>(undefined);
  const watched = signal<Watched | undefined>(undefined);
  /** Images in an epoch; images a second. */
  const images = signal(0);
  const rate = signal<number | undefined>(undefined);
  const diverged = signal(false);

  let trainer: Remote<TrainingSession> | undefined;
  /** Raised whenever a run is let go of: what was asked of the old one is then not heard any more. */
  let generation = 0;
  let lookedAt = 0;
  let deaths = 0;

  const secondsLeft = computed(() =>
    rate.value ? (Math.max(0, setup.value.epochs - epoch.value) * images.value) / rate.value : undefined,
  );

  /** After a whole epoch it still reads no better than somebody who guesses. */
  const stalled = computed(() => {
    const record = epochs.value.at(-1);
    return record !== undefined && record.accuracy < GUESSING;
  });

  function letGo(): void {
    generation++;
    trainer?.end();
    trainer = undefined;
  }

  /** Opens the run in a worker, where it is not open yet. */
  async function open(): Promise<Remote<TrainingSession>> {
    if (trainer) return trainer;
    const own = generation;
    status.value = 'opening';
    const dataset = await world.load((share) => {
      if (own === generation) loading.value = share;
    });
    const kernels = await world.kernels();
    if (own !== generation) throw new Abandoned();
    loading.value = undefined;
    const started = world.start();
    trainer = started;
    const opening = { setup: setup.peek(), dataset: dataset.name, kernels, from: history.last() };
    const opened = await handDataset(started, dataset)
      .then(() => started.open(opening))
      .catch((error: Error) => {
        trainer = undefined;
        started.end();
        throw error;
      });
    if (own !== generation) throw new Abandoned();
    images.value = opened.images;
    history.open(opened.model);
    return started;
  }

  /** Does something with the open run; says what went wrong, and takes the run up again when its worker has died. */
  async function work(
    next: RunStatus,
    task: (open: Remote<TrainingSession>) => Promise<void>,
  ): Promise<void> {
    const own = generation;
    const before = status.peek() === 'finished' ? 'finished' : 'paused';
    failure.value = undefined;
    try {
      const opened = await open();
      if (own !== generation) return;
      status.value = next;
      await task(opened);
      if (own === generation && status.peek() === next) status.value = before;
    } catch (error) {
      if (own !== generation || error instanceof Abandoned) return;
      if (error instanceof WorkerDied) {
        const goesOn = status.peek() === 'running' && ++deaths < MOST_DEATHS;
        takeUpAgain(error);
        if (goesOn) void run();
        return;
      }
      batch(() => {
        status.value = 'paused';
        loading.value = undefined;
        failure.value = (error as Error).message;
      });
    }
  }

  function takeUpAgain(error: WorkerDied): void {
    letGo();
    history.rewind();
    restarted.value = `The part of the page that trains had stopped: ${error.message}. The run is taken up again at the end of epoch ${history.epochsDone()}; what came after is trained anew.`;
    status.value = 'paused';
  }

  function take({ progress, milliseconds, model: ended }: Advanced): void {
    deaths = 0;
    batch(() => {
      history.take(progress, ended);
      if (progress.images > 0 && milliseconds !== undefined) {
        rate.value = steadyRate(rate.peek(), progress.images, milliseconds);
      }
      if (progress.finished) {
        status.value = 'finished';
        diverged.value = progress.finished === 'diverged';
      }
    });
  }

  /** Short calls at first: most of what is worth seeing in the curves happens in the first two epochs. */
  const budget = () => (epoch.peek() < 2 ? BUDGET / 8 : BUDGET);

  async function lookNow(opened: Remote<TrainingSession>): Promise<void> {
    const own = generation;
    const seen = await opened.look();
    if (own === generation) look.value = seen;
    lookedAt = performance.now();
  }

  async function run(): Promise<void> {
    if (status.peek() === 'running' || status.peek() === 'finished') return;
    watched.value = undefined;
    await work('running', async (opened) => {
      const own = generation;
      const perSecond = () => speeds.find(({ name }) => name === speed.peek())!.batchesASecond;
      await pull({
        isOurs: () => own === generation,
        isRunning: () => status.peek() === 'running',
        advance: () => opened.advance(perSecond() ? { batches: 1 } : { milliseconds: budget() }),
        take: async (advanced) => {
          take(advanced);
          if (performance.now() - lookedAt > LOOK_EVERY) await lookNow(opened);
          const each = perSecond();
          if (each) await pause(1000 / each);
        },
      });
      if (own === generation) await lookNow(opened);
    });
  }

  /** Lets go of the run, and begins again with this set-up. */
  function begin(next: Setup): void {
    letGo();
    history.begin(next);
    batch(() => {
      status.value = 'idle';
      [look.value, watched.value, rate.value] = [undefined, undefined, undefined];
      [failure.value, restarted.value, loading.value] = [undefined, undefined, undefined];
      diverged.value = false;
    });
  }

  return {
    setup,
    status,
    speed,
    loading,
    failure,
    notice,
    points: history.points,
    epochs,
    snapshots: history.snapshots,
    look,
    watched,
    model: history.model,
    epoch,
    images,
    rate,
    diverged,
    stalled,
    secondsLeft,
    run,
    pause(): void {
      if (status.peek() === 'running' || status.peek() === 'stepping') status.value = 'paused';
    },
    stepBatch: () =>
      work('stepping', async (opened) => {
        const step = await opened.watchBatch();
        watched.value = { ...step, isBatch: true };
        take({ ...step, milliseconds: undefined });
        await lookNow(opened);
      }),
    stepExample: () =>
      work('stepping', async (opened) => {
        watched.value = { ...(await opened.watchExample()), isBatch: false };
        await lookNow(opened);
      }),
    /** To the end of the epoch under way. */
    stepEpoch: () =>
      work('stepping', async (opened) => {
        const own = generation;
        watched.value = undefined;
        const until = Math.floor(epoch.peek()) + 1;
        await pull({
          isOurs: () => own === generation,
          isRunning: () => status.peek() === 'stepping' && epoch.peek() < until,
          advance: () => opened.advance({ milliseconds: budget() }),
          take,
        });
        if (own === generation) await lookNow(opened);
      }),
    /** The same start again. */
    reset(): void {
      begin(setup.peek());
    },
    /** Another start: other weights, other batches. */
    newSeed(): void {
      begin({ ...setup.peek(), seed: (setup.peek().seed + 1) >>> 0 });
    },
    choose: begin,
    /** More epochs than were planned, from where the run is. */
    goOn(more: number): void {
      letGo();
      setup.value = { ...setup.peek(), epochs: history.epochsDone() + more };
      status.value = 'paused';
      diverged.value = false;
      void run();
    },
    /** After a divergence: back to the last epoch that was whole, with smaller steps. */
    calmDown(): void {
      letGo();
      history.rewind();
      setup.value = { ...setup.peek(), learningRate: setup.peek().learningRate / 10 };
      status.value = 'paused';
      diverged.value = false;
    },
    /** Finds the run that an earlier page has kept. */
    async restore(): Promise<void> {
      if (status.peek() !== 'idle' || epochs.peek().length > 0) return;
      const own = generation;
      const isWanted = () => own === generation && status.peek() === 'idle';
      if (!(await history.restore(isWanted))) return;
      status.value = history.epochsDone() >= setup.peek().epochs ? 'finished' : 'paused';
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The reader's run: the same for every figure of a page. */
export const readersRun = createRun();
