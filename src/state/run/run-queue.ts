import { batch, computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import {
  type Examined,
  type ExaminedReport,
  type ExaminedRuns,
  type ExaminedSetup,
  type RunEnd,
  effortOf,
} from '../../lib/training/examined-runs.ts';
import { createGenerations } from '../remote/generations.ts';
import { handDataset } from '../remote/hand-dataset.ts';
import { type Pool, dataNeeds, startPool } from '../remote/pool.ts';
import { pull } from '../remote/pull.ts';
import { type Loading, createSession } from '../remote/session.ts';
import { type Remote, connect } from '../remote/worker-client.ts';
import { datasetFor } from '../site/datasets.ts';
import { kernelBytes } from '../site/kernels.ts';

/** A run as far as it has come. */
export interface RunSoFar {
  readonly epoch: number;
  readonly looks: readonly Examined[];
  readonly end: RunEnd | undefined;
}

export type QueueStatus = 'idle' | 'opening' | 'running' | 'paused' | 'finished';

export interface QueueWorld {
  readonly start: () => Remote<ExaminedRuns>;
  /** The training images, named `train`, and the test images, named `test`. */
  readonly load: (loading: Loading) => Promise<{ readonly train: Dataset; readonly test: Dataset }>;
  readonly kernels: typeof kernelBytes;
  readonly cores: () => number;
  readonly now: () => number;
}

/** Milliseconds for each call. */
const BUDGET = 100;
const SILENCE = 60_000;
/** How much of both data sets the training images are, and so of the download. */
const TRAIN_SHARE = 6 / 7;
/** A worker takes its images out of the digits, and its kernels find what is ink in them. */
const COPIES = 2;
/** Of the work: before that much is done, nobody knows how fast it goes. */
const FIRST_SHARE = 0.02;

const page: QueueWorld = {
  start: () =>
    connect<ExaminedRuns>(
      new Worker(new URL('../../workers/examiner.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  async load({ signal, onProgress }) {
    const part = (from: number, share: number) => ({
      signal,
      onProgress: (done: number) => onProgress(from + share * done),
    });
    const train = await datasetFor('train')(part(0, TRAIN_SHARE));
    return { train, test: await datasetFor('test')(part(TRAIN_SHARE, 1 - TRAIN_SHARE)) };
  },
  kernels: kernelBytes,
  cores: () => navigator.hardwareConcurrency,
  now: () => performance.now(),
};

const atStart: RunSoFar = { epoch: 0, looks: [], end: undefined };

export type RunQueue = ReturnType<typeof createRunQueue>;

/**
 * Many runs, on as many workers as there are cores: whoever is done with one takes the next. Each run is the same
 * whoever does it and when. The workers are there while there is something to do, and no longer.
 */
export function createRunQueue(world: QueueWorld = page) {
  const status = signal<QueueStatus>('idle');
  const asked = signal<readonly ExaminedSetup[]>([]);
  const runs = signal<readonly RunSoFar[]>([]);
  const failure = signal<string | undefined>(undefined);
  /** How many workers there are, and their memory. */
  const described = signal<string | undefined>(undefined);
  /** Milliseconds at work, without pauses. */
  const worked = signal(0);
  let testImages = 0;
  /** The run that nobody has begun yet, and the one that each worker is at. */
  let unbegun = 0;
  let at: (number | undefined)[] = [];

  const session = createSession({
    async load(loading: Loading) {
      return { ...(await world.load(loading)), kernels: await world.kernels() };
    },
    start({ train, test }) {
      const most = Math.max(...asked.peek().map(({ images }) => images));
      return startPool(world.start, {
        runs: asked.peek().length,
        cores: world.cores(),
        copies: (COPIES * most) / train.count,
        ...dataNeeds(train, test),
      });
    },
    async prepare(pool, { train, test, kernels }) {
      await Promise.all(
        pool.members.map(async ({ worker }) => {
          for (const dataset of [train, test]) await handDataset(worker, dataset);
          await worker.open(kernels);
        }),
      );
      described.value = pool.described;
      testImages = test.count;
      at = pool.members.map(() => undefined);
      return pool;
    },
  });
  const wishes = createGenerations();

  /** Of all the work, from 0 to 1. */
  const share = computed(() => {
    let [done, all] = [0, 0];
    asked.value.forEach((each, n) => {
      const effort = effortOf(each, testImages);
      const { epoch, end } = runs.value[n];
      all += effort;
      done += effort * (end ? 1 : epoch / each.setup.epochs);
    });
    return all === 0 ? 0 : done / all;
  });
  /** At work so far, without pauses. */
  const seconds = computed(() => worked.value / 1000);
  const secondsLeft = computed(() =>
    share.value < FIRST_SHARE ? undefined : (seconds.value * (1 - share.value)) / share.value,
  );

  function cancel(): void {
    session.letGo();
    batch(() => {
      status.value = 'idle';
      runs.value = asked.peek().map(() => atStart);
      worked.value = 0;
      [failure.value, described.value] = [undefined, undefined];
    });
  }

  function take(run: number, { epoch, looks, end }: ExaminedReport): void {
    const before = runs.peek()[run];
    runs.value = runs.peek().with(run, { epoch, looks: [...before.looks, ...looks], end });
  }

  /** One worker's part: the run that it is at, then the next that nobody has begun, and so on. */
  async function serve(
    { worker }: Pool<ExaminedRuns>['members'][number],
    member: number,
    isWanted: () => boolean,
  ): Promise<void> {
    while (isWanted()) {
      if (at[member] === undefined) {
        if (unbegun === asked.peek().length) return;
        at[member] = unbegun++;
        await worker.begin(asked.peek()[at[member]]);
      }
      const run = at[member];
      await pull({
        isWanted: () => isWanted() && !runs.peek()[run].end,
        advance: () => worker.advance({ milliseconds: BUDGET }),
        take: (report) => take(run, report),
      });
      if (runs.peek()[run].end) at[member] = undefined;
    }
  }

  async function goOn(): Promise<void> {
    const isLatest = wishes.begin();
    failure.value = undefined;
    status.value = 'opening';
    await session.work(
      async (pool) => {
        if (!isLatest() || status.peek() !== 'opening') return;
        status.value = 'running';
        const isWanted = () => isLatest() && status.peek() === 'running';
        let since = world.now();
        const unwatch = runs.subscribe(() => {
          const now = world.now();
          worked.value = worked.peek() + now - since;
          since = now;
        });
        await Promise.all(pool.members.map((member, n) => serve(member, n, isWanted))).finally(unwatch);
        if (!isWanted()) return;
        session.letGo();
        status.value = 'finished';
      },
      (error) => {
        cancel();
        failure.value = `It could not go on: ${error.message}. It can be started again.`;
      },
    );
  }

  return {
    status,
    asked,
    runs,
    share,
    seconds,
    secondsLeft,
    loading: session.loading,
    failure,
    described,
    /** Does these, from their beginnings; what was under way is called off. */
    async run(next: readonly ExaminedSetup[]): Promise<void> {
      asked.value = next;
      unbegun = 0;
      cancel();
      await goOn();
    },
    async goOn(): Promise<void> {
      if (status.peek() === 'paused') await goOn();
    },
    pause(): void {
      if (status.peek() === 'running') status.value = 'paused';
    },
    cancel,
    /** As if nothing had ever been asked. */
    clear(): void {
      asked.value = [];
      cancel();
    },
  };
}
