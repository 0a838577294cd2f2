import { batch, computed, signal } from '@preact/signals';
import { type Clinic, type PatientReport, drawPatients } from '../../lib/clinic/clinic.ts';
import type { FaultName } from '../../lib/clinic/faults.ts';
import type { Finding, ToolName } from '../../lib/clinic/tools.ts';
import type { Dataset } from '../../lib/data/dataset.ts';
import { type CurvePoint, withPoint } from '../../explain/run-curves.ts';
import { createGenerations } from '../remote/generations.ts';
import { handDataset } from '../remote/hand-dataset.ts';
import { dataNeeds, startPool } from '../remote/pool.ts';
import { pull } from '../remote/pull.ts';
import { type Loading, createSession } from '../remote/session.ts';
import { type Remote, connect } from '../remote/worker-client.ts';
import { datasetFor } from '../site/datasets.ts';

/** What the reader says of a patient. */
export type Diagnosis = FaultName | 'well';

export interface PatientState {
  readonly points: readonly CurvePoint[];
  readonly epoch: number;
  readonly testAccuracy: number | undefined;
  /** (32 × 784) */
  readonly weights: Float32Array | undefined;
  /** Before any tool: whether it looks ill. */
  readonly guess: 'ill' | 'well' | undefined;
  readonly findings: { readonly [Tool in ToolName]?: Finding };
  readonly diagnosis: Diagnosis | undefined;
}

export type ClinicStatus = 'idle' | 'opening' | 'running' | 'paused' | 'finished';

const BUDGET = 100;
const SILENCE = 60_000;
const EPOCHS = 2;

export const letterOf = (patient: number) => String.fromCharCode(65 + patient);

export type ClinicState = ReturnType<typeof createClinic>;

/** What a clinic needs from outside: in a page its workers and the site's digits; in a test its own. */
export interface ClinicWorld {
  readonly start: () => Remote<Clinic>;
  readonly load: (loading: Loading) => Promise<{ readonly training: Dataset; readonly test: Dataset }>;
  readonly cores: () => number;
}

const page: ClinicWorld = {
  start: () =>
    connect<Clinic>(
      new Worker(new URL('../../workers/clinic.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  async load(loading) {
    const [training, test] = await Promise.all([
      datasetFor('train')(loading),
      datasetFor('test')({ signal: loading.signal }),
    ]);
    return { training, test };
  },
  cores: () => navigator.hardwareConcurrency,
};

/** Eight networks, one of which is well; their names hidden, until the reader has found out what they have. */
export function createClinic(world: ClinicWorld = page) {
  const seed = signal(1);
  const truth = computed(() => drawPatients(seed.value));
  const newcomer: PatientState = {
    points: [],
    epoch: 0,
    testAccuracy: undefined,
    weights: undefined,
    guess: undefined,
    findings: {},
    diagnosis: undefined,
  };
  const patients = signal<readonly PatientState[]>(truth.peek().map(() => newcomer));
  const status = signal<ClinicStatus>('idle');
  const failure = signal<string | undefined>(undefined);
  /** How many workers there are, and their memory. */
  const described = signal<string | undefined>(undefined);
  /** The tool that is at work. */
  const examining = signal<ToolName | undefined>(undefined);
  const chosen = signal(0);
  /** Seconds of training so far. */
  const seconds = signal(0);

  const session = createSession({
    load: world.load,
    start: ({ training, test }) =>
      startPool(world.start, {
        runs: truth.peek().length,
        cores: world.cores(),
        copies: 0,
        ...dataNeeds(training, test),
      }),
    async prepare(pool, { training, test }) {
      await Promise.all(
        pool.members.map(async ({ worker, runs }) => {
          await handDataset(worker, training);
          await handDataset(worker, test);
          await worker.open({
            patients: runs.map((patient) => truth.peek()[patient]),
            training: training.name,
            test: test.name,
            seed: seed.peek(),
            epochs: EPOCHS,
          });
        }),
      );
      described.value = pool.described;
      return pool;
    },
  });
  const wishes = createGenerations();

  const isDone = (patient: number) => patients.peek()[patient].epoch >= EPOCHS;

  const secondsLeft = computed(() => {
    const done = Math.min(...patients.value.map(({ epoch }) => epoch));
    return done > 0 ? (seconds.value / done) * (EPOCHS - done) : undefined;
  });

  function change(patient: number, next: (before: PatientState) => PatientState): void {
    patients.value = patients.peek().map((each, n) => (n === patient ? next(each) : each));
  }

  function take(runs: readonly number[], reports: readonly PatientReport[]): void {
    patients.value = patients.peek().map((before, patient) => {
      const report = reports[runs.indexOf(patient)];
      if (!report) return before;
      const { turns, testAccuracy, weights } = report;
      return {
        ...before,
        epoch: turns.at(-1)?.epoch ?? before.epoch,
        points: turns.reduce((points, turn) => withPoint(points, turn), before.points),
        testAccuracy: testAccuracy ?? before.testAccuracy,
        weights: weights ?? before.weights,
      };
    });
    if (patients.peek().every((_, patient) => isDone(patient))) status.value = 'finished';
  }

  function fail(error: Error): void {
    session.letGo();
    batch(() => {
      status.value = status.peek() === 'finished' ? 'finished' : 'idle';
      examining.value = undefined;
      described.value = undefined;
      failure.value = `The clinic had to stop: ${error.message}. It can be opened again.`;
    });
  }

  function begin(nextSeed: number): void {
    session.letGo();
    batch(() => {
      seed.value = nextSeed;
      status.value = 'idle';
      seconds.value = 0;
      chosen.value = 0;
      examining.value = undefined;
      [failure.value, described.value] = [undefined, undefined];
      patients.value = truth.peek().map(() => newcomer);
    });
  }

  async function run(): Promise<void> {
    if (status.peek() !== 'idle' && status.peek() !== 'paused') return;
    if (status.peek() === 'idle')
      patients.value = patients.peek().map((each) => ({ ...newcomer, guess: each.guess }));
    const isLatest = wishes.begin();
    failure.value = undefined;
    status.value = 'opening';
    await session.work(async (pool) => {
      status.value = 'running';
      const isRunning = () => isLatest() && status.peek() === 'running';
      let since = performance.now();
      await Promise.all(
        pool.members.map(({ worker, runs }) =>
          pull({
            isWanted: () => isRunning() && !runs.every(isDone),
            advance: () => worker.advance({ milliseconds: BUDGET }),
            take: (reports) =>
              batch(() => {
                const now = performance.now();
                seconds.value += (now - since) / 1000;
                since = now;
                take(runs, reports);
              }),
          }),
        ),
      );
    }, fail);
  }

  return {
    seed,
    truth,
    patients,
    status,
    loading: session.loading,
    failure,
    described,
    examining,
    chosen,
    seconds,
    secondsLeft,
    run,
    pause(): void {
      if (status.peek() === 'running') status.value = 'paused';
    },
    cancel: () => begin(seed.peek()),
    /** The same eight, from the start. */
    again(): Promise<void> {
      begin(seed.peek());
      return run();
    },
    /** Eight others. */
    newPatients: () => begin(seed.peek() + 1),
    guess: (patient: number, guess: 'ill' | 'well') => change(patient, (before) => ({ ...before, guess })),
    /** Puts a tool to all patients: each worker to its own, one after the other. */
    async examine(tool: ToolName): Promise<void> {
      if (examining.peek()) return;
      batch(() => {
        examining.value = tool;
        // Looked for anew, so that the reader sees it come.
        for (const patient of truth.peek().keys())
          change(patient, (before) => ({ ...before, findings: { ...before.findings, [tool]: undefined } }));
      });
      await session.work(async (pool) => {
        await Promise.all(
          pool.members.map(async ({ worker, runs }) => {
            for (const [at, patient] of runs.entries()) {
              const finding = await worker.examine({ patient: at, tool });
              change(patient, (before) => ({ ...before, findings: { ...before.findings, [tool]: finding } }));
            }
          }),
        );
        examining.value = undefined;
      }, fail);
    },
    diagnose: (patient: number, diagnosis: Diagnosis) =>
      change(patient, (before) => ({ ...before, diagnosis })),
    choose(patient: number): void {
      chosen.value = patient;
    },
  };
}

/** Whether a diagnosis is right, and what there is to say; nothing before it is made. */
export function judgeDiagnosis(
  truth: FaultName | undefined,
  { diagnosis }: PatientState,
): boolean | undefined {
  return diagnosis === undefined ? undefined : diagnosis === (truth ?? 'well');
}

/** In words, for each tool. */
export const toolLabels: { readonly [Tool in ToolName]: string } = {
  largest: 'one digit, the weights with the largest gradients',
  batch: 'a batch of 16 digits, likewise',
  biases: 'one digit, the biases',
  all: 'one digit, all 26,506 numbers',
  twice: 'the same digit twice in a row',
};
