import { batch, computed, signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import type { Evaluation } from '../lib/nn/network.ts';
import type { Race, RunnerReport } from '../lib/training/race.ts';
import { type Setup, defaultSetup } from '../lib/training/setup.ts';
import { loadDataset } from './datasets.ts';
import { handDataset } from './hand-dataset.ts';
import { kernelBytes } from './kernels.ts';
import { Abandoned, pull, steadyRate } from './pull.ts';
import { type CurvePoint, withPoint } from './run-curves.ts';
import { type Remote, connect } from './worker-client.ts';

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
  readonly load: (onProgress: (share: number) => void) => Promise<Dataset>;
  readonly kernels: typeof kernelBytes;
}

/** Milliseconds for each call: short, since most of what is worth seeing happens in the first epoch. */
const BUDGET = 40;
const SILENCE = 60_000;
/** Images that nobody learns from. */
export const HELD_BACK = 5000;

const page: RaceWorld = {
  start: () =>
    connect<Race>(new Worker(new URL('../workers/racer.ts', import.meta.url), { type: 'module' }), SILENCE),
  load: (onProgress) => loadDataset('train', { onProgress: (done, total) => onProgress(done / total) }),
  kernels: kernelBytes,
};

const atStart: Standing = { points: [], epoch: 0, evaluation: undefined, finished: undefined };

/** Runs side by side, from one start and on the same batches wherever their set-ups allow it. */
export function createRace(first: readonly Lane[], world: RaceWorld = page) {
  const lanes = signal(first);
  const status = signal<RaceStatus>('idle');
  const standings = signal<readonly Standing[]>(first.map(() => atStart));
  const loading = signal<number | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const rate = signal<number | undefined>(undefined);
  const perEpoch = signal(0);
  let racer: Remote<Race> | undefined;
  let generation = 0;

  const secondsLeft = computed(() => {
    if (!rate.value) return undefined;
    const left = lanes.value.reduce((sum, { setup }, n) => {
      const { epoch, finished } = standings.value[n]!;
      return sum + (finished ? 0 : (setup.epochs - epoch) * perEpoch.value);
    }, 0);
    return left / rate.value;
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

  function letGo(): void {
    generation++;
    racer?.end();
    racer = undefined;
  }

  function cancel(): void {
    letGo();
    batch(() => {
      status.value = 'idle';
      standings.value = lanes.peek().map(() => atStart);
      [loading.value, failure.value, rate.value] = [undefined, undefined, undefined];
    });
  }

  async function open(): Promise<Remote<Race>> {
    if (racer) return racer;
    status.value = 'opening';
    const own = generation;
    const dataset = await world.load((share) => {
      if (own === generation) loading.value = share;
    });
    const kernels = await world.kernels();
    if (own !== generation) throw new Abandoned();
    loading.value = undefined;
    const started = world.start();
    racer = started;
    await handDataset(started, dataset);
    const setups = lanes.peek().map(({ setup }) => setup);
    perEpoch.value = await started.open({
      setups,
      dataset: dataset.name,
      heldBack: HELD_BACK,
      seed: defaultSetup.seed,
      kernels,
    });
    return started;
  }

  function take(reports: readonly RunnerReport[], milliseconds: number): void {
    const images = reports.reduce((sum, report) => sum + report.images, 0);
    batch(() => {
      rate.value = steadyRate(rate.peek(), images, milliseconds);
      standings.value = standings.peek().map((before, n) => {
        const { images: seen, loss, accuracy, epoch, evaluation, finished } = reports[n]!;
        if (seen === 0) return before;
        const point = { epoch, loss, accuracy, images: seen };
        return {
          points: withPoint(before.points, point),
          epoch,
          evaluation: evaluation ?? before.evaluation,
          finished,
        };
      });
      if (reports.every(({ finished }) => finished)) status.value = 'finished';
    });
  }

  return {
    lanes,
    status,
    standings,
    loading,
    failure,
    secondsLeft,
    winner,
    async run(): Promise<void> {
      if (status.peek() === 'finished') cancel();
      if (status.peek() !== 'idle' && status.peek() !== 'paused') return;
      const own = generation;
      failure.value = undefined;
      try {
        const opened = await open();
        if (own !== generation) return;
        status.value = 'running';
        await pull({
          isOurs: () => own === generation,
          isRunning: () => status.peek() === 'running',
          advance: () => opened.advance({ milliseconds: BUDGET }),
          take,
        });
      } catch (error) {
        if (own !== generation || error instanceof Abandoned) return;
        letGo();
        batch(() => {
          status.value = 'idle';
          standings.value = lanes.peek().map(() => atStart);
          loading.value = undefined;
          failure.value = `The race could not go on: ${(error as Error).message}. It can be started again.`;
        });
      }
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
    label: batchSize === 1 ? '1 image' : `${batchSize} images`,
    setup: { ...common, batchSize, learningRate: 0.1, epochs: 2 },
  })),
} satisfies Record<string, readonly Lane[]>;

export type RaceName = keyof typeof races;
