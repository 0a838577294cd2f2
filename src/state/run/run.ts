import { batch, computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import type { Advanced, Look, TrainingSession, WatchedImages } from '../../lib/training/session.ts';
import type { Setup } from '../../lib/training/setup.ts';
import { createGenerations } from '../remote/generations.ts';
import { handDataset } from '../remote/hand-dataset.ts';
import { pull, steadyRate } from '../remote/pull.ts';
import { type Loading, createSession } from '../remote/session.ts';
import { isEmbedded } from '../page/embedded.ts';
import { datasetFor } from '../site/datasets.ts';
import { kernelBytes, kernelProblem } from '../site/kernels.ts';
import { createRunHistory } from './run-history.ts';
import { nowhere, pageStore } from '../store/page-store.ts';
import type { RunStore } from '../store/run-store.ts';
import { type Remote, WorkerDied, connect } from '../remote/worker-client.ts';

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
  readonly load: (loading: Loading) => Promise<Dataset>;
  readonly kernels: typeof kernelBytes;
  readonly store: RunStore;
}

/** Milliseconds of training for each call, and between two looks at the network. */
const BUDGET = 120;
const LOOK_EVERY = 1000;
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
      new Worker(new URL('../../workers/trainer.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  load: datasetFor('train'),
  kernels: kernelBytes,
  // Of a figure alone the link says how it begins: the run of chapter 5 stays what it was.
  store: isEmbedded() ? nowhere : pageStore,
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
  const failure = signal<string | undefined>(undefined);
  /** That its worker died, and what became of the run. */
  const restarted = signal<string | undefined>(undefined);
  const notice = computed(
    () =>
      [restarted.value, history.problem.value, kernelProblem.value].filter(Boolean).join(' ') || undefined,
  );
  const look = signal<Look | undefined>(undefined);
  const watched = signal<Watched | undefined>(undefined);
  /** Images in an epoch; images a second. */
  const images = signal(0);
  const rate = signal<number | undefined>(undefined);
  const diverged = signal(false);

  // A run that another tab goes on with does not go on here unless it is asked to.
  history.elsewhere.subscribe((words) => {
    if (words && status.peek() === 'running') status.value = 'paused';
  });

  const session = createSession({
    async load(loading: Loading) {
      status.value = 'opening';
      return { dataset: await world.load(loading), kernels: await world.kernels() };
    },
    start: world.start,
    async prepare(trainer, { dataset, kernels }) {
      await handDataset(trainer, dataset);
      const opening = { setup: setup.peek(), dataset: dataset.name, kernels, from: history.last() };
      const opened = await trainer.open(opening);
      images.value = opened.images;
      history.open(opened.model);
      return trainer;
    },
  });
  /** What the reader asks for: while it opens, only the last of several wishes is carried out. */
  const wishes = createGenerations();
  let lookedAt = 0;
  let deaths = 0;
  /** Done when what another tab had is here; what is asked for before waits for it. */
  let takenOver: Promise<void> | undefined;

  const secondsLeft = computed(() =>
    rate.value ? (Math.max(0, setup.value.epochs - epoch.value) * images.value) / rate.value : undefined,
  );

  /** After a whole epoch it still reads no better than somebody who guesses. */
  const stalled = computed(() => {
    const record = epochs.value.at(-1);
    return record !== undefined && record.accuracy < GUESSING;
  });

  /** Does something with the open run; says what went wrong, and takes the run up again when its worker has died. */
  async function work(
    next: RunStatus,
    task: (trainer: Remote<TrainingSession>, isWanted: () => boolean) => Promise<void>,
  ): Promise<void> {
    const isLatest = wishes.begin();
    failure.value = undefined;
    if (takenOver) {
      const isOurs = session.hold();
      await takenOver;
      if (!isOurs()) return;
    }
    const before = status.peek() === 'finished' ? 'finished' : 'paused';
    return session.work(async (trainer) => {
      if (!isLatest()) return;
      status.value = next;
      const isWanted = () => isLatest() && status.peek() === next;
      await task(trainer, isWanted);
      if (isWanted()) status.value = before;
    }, fail);
  }

  async function fail(error: Error): Promise<void> {
    if (error instanceof WorkerDied) {
      const goesOn = status.peek() === 'running' && ++deaths < MOST_DEATHS;
      takeUpAgain(error);
      if (goesOn) await run();
      return;
    }
    batch(() => {
      status.value = 'paused';
      failure.value = error.message;
    });
  }

  function takeUpAgain(error: WorkerDied): void {
    session.letGo();
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

  async function lookNow(trainer: Remote<TrainingSession>): Promise<void> {
    look.value = await trainer.look();
    lookedAt = performance.now();
  }

  async function run(): Promise<void> {
    if (status.peek() === 'running' || status.peek() === 'finished') return;
    watched.value = undefined;
    await work('running', async (trainer, isWanted) => {
      const perSecond = () => speeds.find(({ name }) => name === speed.peek())!.batchesASecond;
      await pull({
        isWanted,
        advance: () => trainer.advance(perSecond() ? { batches: 1 } : { milliseconds: budget() }),
        take: async (advanced) => {
          take(advanced);
          if (performance.now() - lookedAt > LOOK_EVERY) await lookNow(trainer);
          const each = perSecond();
          if (each) await pause(1000 / each);
        },
      });
      await lookNow(trainer);
    });
  }

  function showRestored(): void {
    batch(() => {
      [look.value, watched.value, rate.value] = [undefined, undefined, undefined];
      failure.value = undefined;
      diverged.value = false;
      const isOver = history.epochsDone() >= setup.peek().epochs;
      status.value = !history.last() ? 'idle' : isOver ? 'finished' : 'paused';
    });
  }

  /** Lets go of the run, and begins again with this set-up. */
  function begin(next: Setup): void {
    session.letGo();
    history.begin(next);
    batch(() => {
      status.value = 'idle';
      [look.value, watched.value, rate.value] = [undefined, undefined, undefined];
      [failure.value, restarted.value] = [undefined, undefined];
      diverged.value = false;
    });
  }

  return {
    setup,
    status,
    speed,
    loading: session.loading,
    failure,
    notice,
    elsewhere: history.elsewhere,
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
      work('stepping', async (trainer) => {
        const step = await trainer.watchBatch();
        watched.value = { ...step, isBatch: true };
        take({ ...step, milliseconds: undefined });
        await lookNow(trainer);
      }),
    stepExample: () =>
      work('stepping', async (trainer) => {
        watched.value = { ...(await trainer.watchExample()), isBatch: false };
        await lookNow(trainer);
      }),
    /** To the end of the epoch under way. */
    stepEpoch: () =>
      work('stepping', async (trainer, isWanted) => {
        watched.value = undefined;
        const until = Math.floor(epoch.peek()) + 1;
        await pull({
          isWanted: () => isWanted() && epoch.peek() < until,
          advance: () => trainer.advance({ milliseconds: budget() }),
          take,
        });
        await lookNow(trainer);
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
    chooseSpeed(next: SpeedName): void {
      speed.value = next;
    },
    /** More epochs than were planned, from where the run is. */
    goOn(more: number): void {
      session.letGo();
      setup.value = { ...setup.peek(), epochs: history.epochsDone() + more };
      status.value = 'paused';
      diverged.value = false;
      void run();
    },
    /** After a divergence: back to the last epoch that was whole, with smaller steps. */
    calmDown(): void {
      session.letGo();
      history.rewind();
      setup.value = { ...setup.peek(), learningRate: setup.peek().learningRate / 10 };
      status.value = 'paused';
      diverged.value = false;
    },
    /** Finds the run that an earlier page has kept. */
    async restore(): Promise<void> {
      if (status.peek() !== 'idle' || epochs.peek().length > 0) return;
      const isOurs = session.hold();
      const isWanted = () => isOurs() && status.peek() === 'idle';
      if (await history.restore(isWanted)) showRestored();
    },
    /** Goes on with the run that another tab has open, as far as it has come there; what was trained here is let go. */
    takeOver(): Promise<void> {
      session.letGo();
      const isOurs = session.hold();
      takenOver = history.takeOver(isOurs).then((isThere) => {
        if (!isOurs()) return;
        if (!isThere) history.rewind();
        showRestored();
      });
      return takenOver;
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The reader's run: the same for every figure of a page. */
export const readersRun = createRun();
