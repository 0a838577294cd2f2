import { batch, computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import type { Evaluation } from '../../lib/nn/network.ts';
import type { Race, RunnerReport } from '../../lib/training/race.ts';
import { type Setup, defaultSetup } from '../../lib/training/setup.ts';
import { formatCount } from '../../explain/numbers.ts';
import { type CurvePoint, withPoint } from '../../explain/run-curves.ts';
import { createGenerations } from '../remote/generations.ts';
import { handDataset } from '../remote/hand-dataset.ts';
import { type Member, dataNeeds, startPool } from '../remote/pool.ts';
import { pull, steadyRate } from '../remote/pull.ts';
import { type Loading, createSession } from '../remote/session.ts';
import { type Remote, connect } from '../remote/worker-client.ts';
import { datasetFor } from '../site/datasets.ts';
import { kernelBytes } from '../site/kernels.ts';

export interface Lane {
  readonly label: string;
  readonly setup: Setup;
}

/** A runner as it stands. */
export interface Standing {
  readonly points: readonly CurvePoint[];
  readonly epoch: number;
  readonly evaluation: Evaluation | undefined;
  readonly finished: RunnerReport['finished'];
}

export type RaceStatus = 'idle' | 'opening' | 'running' | 'paused' | 'finished';

export interface RaceWorld {
  readonly start: () => Remote<Race>;
  readonly load: (loading: Loading) => Promise<Dataset>;
  readonly kernels: typeof kernelBytes;
  readonly cores: () => number;
}

/** Milliseconds for each call: short, since most of what is worth seeing happens in the first epoch. */
const BUDGET = 40;
const SILENCE = 60_000;
/** Images that nobody learns from. */
export const HELD_BACK = 5000;
/** A racer takes the images held back out of the digits, and its kernels find what is ink in them: twice their memory. */
const COPIES = 2;

const page: RaceWorld = {
  start: () =>
    connect<Race>(
      new Worker(new URL('../../workers/racer.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  load: datasetFor('train'),
  kernels: kernelBytes,
  cores: () => navigator.hardwareConcurrency,
};

const atStart: Standing = { points: [], epoch: 0, evaluation: undefined, finished: undefined };

/** Runs side by side, from one start and on the same batches wherever their set-ups allow it. */
export function createRace(first: readonly Lane[], world: RaceWorld = page) {
  const lanes = signal(first);
  const status = signal<RaceStatus>('idle');
  const standings = signal<readonly Standing[]>(first.map(() => atStart));
  const failure = signal<string | undefined>(undefined);
  /** How many workers there are, and their memory. */
  const described = signal<string | undefined>(undefined);
  /** Images a second of each worker. */
  const rates = signal<readonly (number | undefined)[]>([]);
  const perEpoch = signal(0);
  /** Who has which runners, once they are opened. */
  let members: readonly Member<Race>[] = [];

  const session = createSession({
    async load(loading: Loading) {
      status.value = 'opening';
      return { dataset: await world.load(loading), kernels: await world.kernels() };
    },
    start: ({ dataset }) =>
      startPool(world.start, {
        runs: lanes.peek().length,
        cores: world.cores(),
        copies: COPIES,
        ...dataNeeds(dataset),
      }),
    async prepare(pool, { dataset, kernels }) {
      const opened = await Promise.all(
        pool.members.map(async ({ worker, runs }) => {
          await handDataset(worker, dataset);
          const setups = runs.map((run) => lanes.peek()[run].setup);
          const { name } = dataset;
          return worker.open({
            setups,
            dataset: name,
            heldBack: HELD_BACK,
            seed: defaultSetup.seed,
            kernels,
          });
        }),
      );
      perEpoch.value = opened[0];
      described.value = pool.described;
      members = pool.members;
      return pool;
    },
  });
  const wishes = createGenerations();

  /** Until the last worker is done. */
  const secondsLeft = computed(() => {
    const left = rates.value.map((rate, at) => {
      const images = members[at].runs.reduce((sum, run) => {
        const { epoch, finished } = standings.value[run];
        return sum + (finished ? 0 : (lanes.value[run].setup.epochs - epoch) * perEpoch.value);
      }, 0);
      return images / (rate ?? 0);
    });
    const most = Math.max(...left);
    return Number.isFinite(most) ? most : undefined;
  });

  /** Who reads most of what was held back, once all are done; nobody where all have diverged. */
  const winner = computed(() => {
    if (status.value !== 'finished') return undefined;
    const scores = standings.value.map(({ evaluation, finished }) =>
      evaluation && finished !== 'diverged' ? evaluation.accuracy : -1,
    );
    const best = Math.max(...scores);
    return best < 0 ? undefined : scores.indexOf(best);
  });

  function cancel(): void {
    session.letGo();
    batch(() => {
      status.value = 'idle';
      standings.value = lanes.peek().map(() => atStart);
      rates.value = [];
      [failure.value, described.value] = [undefined, undefined];
    });
  }

  function take(at: number, reports: readonly RunnerReport[], milliseconds: number): void {
    const { runs } = members[at];
    const images = reports.flatMap(({ turns }) => turns).reduce((sum, turn) => sum + turn.images, 0);
    batch(() => {
      rates.value = rates.peek().with(at, steadyRate(rates.peek()[at], images, milliseconds));
      standings.value = standings.peek().map((before, run) => {
        const report = reports[runs.indexOf(run)];
        return report ? after(before, report) : before;
      });
      if (standings.peek().every(({ finished }) => finished)) status.value = 'finished';
    });
  }

  return {
    lanes,
    status,
    standings,
    loading: session.loading,
    failure,
    described,
    secondsLeft,
    winner,
    async run(): Promise<void> {
      if (status.peek() === 'finished') cancel();
      if (status.peek() !== 'idle' && status.peek() !== 'paused') return;
      const isLatest = wishes.begin();
      failure.value = undefined;
      await session.work(
        async (pool) => {
          status.value = 'running';
          if (rates.peek().length === 0) rates.value = pool.members.map(() => undefined);
          const isRunning = () => isLatest() && status.peek() === 'running';
          await Promise.all(
            pool.members.map(({ worker, runs }, at) =>
              pull({
                isWanted: () => isRunning() && runs.some((run) => !standings.peek()[run].finished),
                advance: () => worker.advance({ milliseconds: BUDGET }),
                take: (reports, milliseconds) => take(at, reports, milliseconds),
              }),
            ),
          );
        },
        (error) => {
          cancel();
          failure.value = `The race could not go on: ${error.message}. It can be started again.`;
        },
      );
    },
    pause(): void {
      if (status.peek() === 'running') status.value = 'paused';
    },
    cancel,
    /** Other runners; a race that is on is called off. */
    choose(next: readonly Lane[]): void {
      lanes.value = next;
      cancel();
    },
  };
}

/** A standing with what a report adds to it. */
function after(before: Standing, { turns, evaluation, finished }: RunnerReport): Standing {
  return {
    points: turns.reduce((points, turn) => withPoint(points, turn), before.points),
    epoch: turns.at(-1)?.epoch ?? before.epoch,
    evaluation: evaluation ?? before.evaluation,
    finished,
  };
}

export type RunnersRace = ReturnType<typeof createRace>;

const common: Setup = { ...defaultSetup, epochs: 3 };

/** The races of chapter 5: what differs between the runners, and nothing else does. */
export const races = {
  rates: [0.001, 0.01, 0.1, 1, 10].map((learningRate): Lane => ({
    label: `η = ${learningRate}`,
    setup: { ...common, learningRate },
  })),
  optimizers: (
    [
      ['sgd', 'SGD', 0.1],
      ['momentum', 'momentum', 0.02],
      ['rmsprop', 'RMSProp', 0.001],
      ['adam', 'Adam', 0.001],
    ] as const
  ).map(([optimizer, label, learningRate]): Lane => ({
    label,
    setup: { ...common, optimizer, learningRate },
  })),
  batches: [1, 16, 128, 1024].map((batchSize): Lane => ({
    label: batchSize === 1 ? '1 image' : `${formatCount(batchSize)} images`,
    setup: { ...common, batchSize, learningRate: 0.1, epochs: 2 },
  })),
} satisfies Record<string, readonly Lane[]>;

export type RaceName = keyof typeof races;
