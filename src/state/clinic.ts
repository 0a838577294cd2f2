import { batch, computed, signal } from '@preact/signals';
import { type Clinic, type PatientReport, drawPatients } from '../lib/clinic/clinic.ts';
import type { FaultName } from '../lib/clinic/faults.ts';
import type { Finding, ToolName } from '../lib/clinic/tools.ts';
import { loadDataset } from './datasets.ts';
import { handDataset } from './hand-dataset.ts';
import { Abandoned, pull } from './pull.ts';
import { type CurvePoint, withPoint } from './run-curves.ts';
import { type Remote, connect } from './worker-client.ts';

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

const startClinic = () =>
  connect<Clinic>(new Worker(new URL('../workers/clinic.ts', import.meta.url), { type: 'module' }), SILENCE);

/** Eight networks, one of which is well; their names hidden, until the reader has found out what they have. */
export function createClinic() {
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
  const loading = signal<number | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  /** Whether a tool is at work. */
  const isExamining = signal(false);
  const chosen = signal(0);
  /** Seconds of training so far. */
  const seconds = signal(0);
  let worker: Promise<Remote<Clinic>> | undefined;
  let ended: (() => void) | undefined;
  let generation = 0;

  const secondsLeft = computed(() => {
    const done = patients.value[0]!.epoch;
    return done > 0 ? (seconds.value / done) * (EPOCHS - done) : undefined;
  });

  function letGo(): void {
    generation++;
    ended?.();
    worker = undefined;
    ended = undefined;
  }

  function change(patient: number, next: (before: PatientState) => PatientState): void {
    patients.value = patients.peek().map((each, n) => (n === patient ? next(each) : each));
  }

  /** Opens the clinic in its worker, with all digits, once. */
  function open(): Promise<Remote<Clinic>> {
    if (!worker) {
      const own = generation;
      worker = admit().catch((error) => {
        // By now another opening may stand in its place.
        if (own === generation) worker = undefined;
        throw error;
      });
    }
    return worker;
  }

  async function admit(): Promise<Remote<Clinic>> {
    const own = generation;
    const [training, test] = await Promise.all([
      loadDataset('train', {
        onProgress: (done, all) => {
          if (own === generation) loading.value = done < all ? done / all : undefined;
        },
      }),
      loadDataset('test'),
    ]);
    // Cancelled in the meantime: nobody would ever end a worker that was started now.
    if (own !== generation) throw new Abandoned();
    loading.value = undefined;
    const opened = startClinic();
    ended = opened.end;
    await handDataset(opened, training);
    await handDataset(opened, test);
    await opened.open({
      patients: truth.peek(),
      training: training.name,
      test: test.name,
      seed: seed.peek(),
      epochs: EPOCHS,
    });
    return opened;
  }

  function take(reports: readonly PatientReport[]): void {
    patients.value = patients.peek().map((before, n) => {
      const { images, loss, accuracy, testAccuracy, weights } = reports[n]!;
      // The report's epoch is that of all; who had no turn in this call has not come any further.
      const epoch = reports[n]!.epoch;
      return {
        ...before,
        epoch,
        points: images > 0 ? withPoint(before.points, { epoch, loss, accuracy, images }) : before.points,
        testAccuracy: testAccuracy ?? before.testAccuracy,
        weights: weights ?? before.weights,
      };
    });
  }

  function fail(error: unknown): void {
    letGo();
    batch(() => {
      status.value = status.peek() === 'finished' ? 'finished' : 'idle';
      isExamining.value = false;
      loading.value = undefined;
      failure.value = `The clinic had to stop: ${(error as Error).message}. It can be opened again.`;
    });
  }

  function begin(nextSeed: number): void {
    letGo();
    batch(() => {
      seed.value = nextSeed;
      status.value = 'idle';
      seconds.value = 0;
      chosen.value = 0;
      isExamining.value = false;
      [loading.value, failure.value] = [undefined, undefined];
      patients.value = truth.peek().map(() => newcomer);
    });
  }

  return {
    seed,
    truth,
    patients,
    status,
    loading,
    failure,
    isExamining,
    chosen,
    seconds,
    secondsLeft,
    async run(): Promise<void> {
      if (status.peek() !== 'idle' && status.peek() !== 'paused') return;
      if (status.peek() === 'idle')
        patients.value = patients.peek().map((each) => ({ ...newcomer, guess: each.guess }));
      const own = generation;
      failure.value = undefined;
      status.value = 'opening';
      try {
        const opened = await open();
        if (own !== generation) return;
        status.value = 'running';
        await pull({
          isOurs: () => own === generation,
          isRunning: () => status.peek() === 'running',
          advance: () => opened.advance({ milliseconds: BUDGET }),
          take: (reports, milliseconds) =>
            batch(() => {
              seconds.value += milliseconds / 1000;
              take(reports);
              if (reports[0]!.epoch >= EPOCHS) status.value = 'finished';
            }),
        });
      } catch (error) {
        if (own === generation) fail(error);
      }
    },
    pause(): void {
      if (status.peek() === 'running') status.value = 'paused';
    },
    cancel: () => begin(seed.peek()),
    /** Eight others. */
    newPatients: () => begin(seed.peek() + 1),
    guess: (patient: number, guess: 'ill' | 'well') => change(patient, (before) => ({ ...before, guess })),
    /** Puts a tool to all patients, one after the other. */
    async examine(tool: ToolName): Promise<void> {
      if (isExamining.peek()) return;
      const own = generation;
      isExamining.value = true;
      try {
        const opened = await open();
        for (let patient = 0; patient < truth.peek().length; patient++) {
          const finding = await opened.examine({ patient, tool });
          if (own !== generation) return;
          change(patient, (before) => ({ ...before, findings: { ...before.findings, [tool]: finding } }));
        }
        isExamining.value = false;
      } catch (error) {
        if (own === generation) fail(error);
      }
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
