import type { Dataset } from '../data/dataset.ts';
import { Network } from '../nn/network.ts';
import { Random } from '../nn/random.ts';
import { HandedDatasets } from '../training/handed-datasets.ts';
import { architectureOf, defaultSetup } from '../training/setup.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type FaultName, faultNames } from './faults.ts';
import { Patient } from './patient.ts';
import { type Finding, type ToolName, Tools } from './tools.ts';

export interface ClinicOpening {
  readonly patients: readonly (FaultName | undefined)[];
  /** Names of data sets that were given. */
  readonly training: string;
  readonly test: string;
  readonly seed: number;
  readonly epochs: number;
}

/** One patient's progress since it was last asked. */
export interface PatientReport {
  /** Epochs done, with a fraction. */
  readonly epoch: number;
  readonly images: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Share of the test images read right, at the end of an epoch. */
  readonly testAccuracy: number | undefined;
  /** (units × 784), at the end of an epoch. */
  readonly weights: Float32Array | undefined;
}

const BATCH = 128;
const LEARNING_RATE = 0.1;

/** Eight networks of which most are ill, trained side by side from one start on the same batches. */
export class Clinic {
  readonly #now: () => number;
  readonly #datasets = new HandedDatasets();
  #opening: ClinicOpening | undefined;
  #patients: Patient[] = [];
  #order = new Uint32Array(0);
  #random = new Random(0);
  /** Batches done, and whose turn it is in the one under way. */
  #batch = 0;
  #turn = 0;
  #tools: Tools | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  give(part: Dataset): void {
    this.#datasets.give(part);
  }

  open(opening: ClinicOpening): void {
    this.#opening = opening;
    const model = firstModel(opening.seed);
    this.#patients = opening.patients.map((fault) => new Patient(model, fault, opening.seed));
    this.#random = new Random(opening.seed);
    this.#batch = 0;
    this.#turn = 0;
    this.#tools = undefined;
    this.#shuffle();
  }

  /** Goes on for about so long. */
  advance({ milliseconds }: { readonly milliseconds: number }): PatientReport[] {
    const { training, test, epochs } = this.#opened();
    const dataset = this.#datasets.whole(training);
    const perEpoch = Math.ceil(dataset.count / BATCH);
    const until = this.#now() + milliseconds;
    const sums = this.#patients.map(() => ({ images: 0, loss: 0, right: 0 }));
    let ended = false;
    while (this.#batch < epochs * perEpoch && !ended && this.#now() < until) {
      const at = (this.#batch % perEpoch) * BATCH;
      const rows = this.#order.subarray(at, at + BATCH);
      const patient = this.#patients[this.#turn]!;
      const { loss, correct } = patient.pass(dataset, rows);
      patient.step(LEARNING_RATE);
      const sum = sums[this.#turn]!;
      sum.images += rows.length;
      sum.loss += loss * rows.length;
      sum.right += correct;
      this.#turn = (this.#turn + 1) % this.#patients.length;
      if (this.#turn > 0) continue;
      this.#batch++;
      ended = this.#batch % perEpoch === 0;
    }
    if (ended) this.#shuffle();
    const tested = this.#datasets.whole(test);
    return this.#patients.map((patient, n) => {
      const { images, loss, right } = sums[n]!;
      return {
        epoch: this.#batch / perEpoch,
        images,
        loss: loss / images,
        accuracy: right / images,
        testAccuracy: ended ? patient.countRight(tested) / tested.count : undefined,
        weights: ended ? patient.firstWeights() : undefined,
      };
    });
  }

  /** Puts a tool to a patient, at the weights that all of them began with. */
  examine({ patient, tool }: { readonly patient: number; readonly tool: ToolName }): Finding {
    const { seed, test, patients } = this.#opened();
    this.#tools ??= new Tools(firstModel(seed), this.#datasets.whole(test), seed);
    return this.#tools.examine(tool, patients[patient]);
  }

  #shuffle(): void {
    const { training } = this.#opened();
    this.#order = Uint32Array.from({ length: this.#datasets.whole(training).count }, (_, row) => row);
    this.#random.shuffle(this.#order);
  }

  #opened(): ClinicOpening {
    if (!this.#opening) throw new Error('no clinic was opened');
    return this.#opening;
  }
}

/** The network of the chapters as it is drawn. */
export function firstModel(seed: number): NetworkModel {
  return Network.initialize(architectureOf(defaultSetup), 'he', new Random(seed)).toModel();
}

/** Those whose illness hardly shows in a curve, and those that hardly learn. */
const QUIET: readonly FaultName[] = faultNames.slice(0, 7);
const LOUD: readonly FaultName[] = faultNames.slice(7);

/** Eight patients, in an order of chance: one that is well, five that look well, two that do not. */
export function drawPatients(seed: number): (FaultName | undefined)[] {
  const random = new Random(seed);
  const drawn = (from: readonly FaultName[], count: number) => shuffled(from, random).slice(0, count);
  return shuffled([undefined, ...drawn(QUIET, 5), ...drawn(LOUD, 2)], random);
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const order = Uint32Array.from(values, (_, n) => n);
  random.shuffle(order);
  return Array.from(order, (n) => values[n]!);
}
