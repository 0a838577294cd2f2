import type { Dataset } from '../data/dataset.ts';
import { Network } from '../nn/network.ts';
import { Random } from '../nn/random.ts';
import { HandedDatasets } from '../training/handed-datasets.ts';
import { architectureOf, defaultSetup } from '../training/setup.ts';
import { TURN, type Turn, furthestBehind } from '../training/turns.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type FaultName, faultNames } from './faults.ts';
import { Patient } from './patient.ts';
import { type Finding, type ToolName, Tools } from './tools.ts';

/** What a clinic begins with: who is ill, which data sets it trains and tests on, and for how long. */
export interface ClinicOpening {
  /** What each has: all of them, or those of one worker. */
  readonly patients: readonly (FaultName | undefined)[];
  /** Names of data sets that were given. */
  readonly training: string;
  readonly test: string;
  readonly seed: number;
  readonly epochs: number;
}

/** One patient's progress since it was last asked. */
export interface PatientReport {
  readonly turns: readonly Turn[];
  /** Share of the test images read right, at the end of an epoch. */
  readonly testAccuracy: number | undefined;
  /** (units × 784), at the end of an epoch. */
  readonly weights: Float32Array | undefined;
}

const BATCH = 128;
const LEARNING_RATE = 0.1;

interface InTraining {
  readonly patient: Patient;
  /** Done so far. */
  batches: number;
}

/**
 * Networks of which most are ill, trained side by side from one start on the same batches. What becomes of one depends
 * neither on the others nor on the clock, so that they may be shared out among several clinics.
 */
export class Clinic {
  readonly #now: () => number;
  readonly #datasets = new HandedDatasets();
  #opening: ClinicOpening | undefined;
  #patients: InTraining[] = [];
  /** Of the epoch under way, the same for all. */
  #order = new Uint32Array(0);
  #orderOf = -1;
  #random = new Random(0);
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
    this.#patients = opening.patients.map((fault) => ({
      patient: new Patient(model, fault, opening.seed),
      batches: 0,
    }));
    this.#random = new Random(opening.seed);
    this.#orderOf = -1;
    this.#tools = undefined;
  }

  /** Goes on for about so long, in whole turns; an epoch's end ends the call. One report for each patient. */
  advance({ milliseconds }: { readonly milliseconds: number }): PatientReport[] {
    const { training, test, epochs } = this.#opened();
    const perEpoch = Math.ceil(this.#datasets.whole(training).count / BATCH);
    const until = this.#now() + milliseconds;
    const turns = this.#patients.map((): Turn[] => []);
    let ended: number | undefined;
    do {
      const next = furthestBehind(
        this.#patients.map(({ batches }) => (batches < epochs * perEpoch ? batches : undefined)),
      );
      if (next === undefined) break;
      turns[next].push(this.#turn(this.#patients[next], perEpoch));
      if (this.#patients[next].batches % perEpoch === 0) ended = next;
    } while (ended === undefined && this.#now() < until);
    const tested = this.#datasets.whole(test);
    return this.#patients.map(({ patient }, n) => ({
      turns: turns[n],
      testAccuracy: n === ended ? patient.countRight(tested) / tested.count : undefined,
      weights: n === ended ? patient.firstWeights() : undefined,
    }));
  }

  #turn(trained: InTraining, perEpoch: number): Turn {
    const dataset = this.#datasets.whole(this.#opened().training);
    const order = this.#orderIn(Math.floor(trained.batches / perEpoch), dataset.count);
    let [images, loss, right] = [0, 0, 0];
    do {
      const at = (trained.batches % perEpoch) * BATCH;
      const rows = order.subarray(at, at + BATCH);
      const passed = trained.patient.pass(dataset, rows);
      trained.patient.step(LEARNING_RATE);
      images += rows.length;
      loss += passed.loss * rows.length;
      right += passed.correct;
      trained.batches++;
    } while (images < TURN && trained.batches % perEpoch > 0);
    return { epoch: trained.batches / perEpoch, images, loss: loss / images, accuracy: right / images };
  }

  /** Nobody begins an epoch before all have ended the one before: whoever is behind has the turn. */
  #orderIn(epoch: number, count: number): Uint32Array {
    if (this.#orderOf !== epoch) {
      this.#orderOf = epoch;
      this.#order = Uint32Array.from({ length: count }, (_, row) => row);
      this.#random.shuffle(this.#order);
    }
    return this.#order;
  }

  /** Puts a tool to a patient, at the weights that all of them began with. */
  examine({ patient, tool }: { readonly patient: number; readonly tool: ToolName }): Finding {
    const { seed, test, patients } = this.#opened();
    this.#tools ??= new Tools(firstModel(seed), this.#datasets.whole(test), seed);
    return this.#tools.examine(tool, patients[patient]);
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
  return Array.from(order, (n) => values[n]);
}
