import type { Examples } from '../../src/lib/nn/examples.ts';

/** What is trained: the same for every peer. */
export interface BenchSetup {
  readonly name: string;
  /** Inputs first; ReLU, and a softmax at the end. */
  readonly layers: readonly number[];
  readonly batchSize: number;
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  readonly l2: number;
}

const networks = [
  { key: '32-32', layers: [784, 32, 32, 10], batchSize: 128, l2: 0.1, rate: 0.01 },
  { key: '128', layers: [784, 128, 10], batchSize: 64, l2: 0, rate: 0.1 },
  { key: '512-256', layers: [784, 512, 256, 10], batchSize: 128, l2: 0, rate: 0.1 },
] as const;

/** The original's recipe, a common small network and the shipped one, each with SGD and with Adam. */
export const setups: readonly BenchSetup[] = networks.flatMap(({ key, layers, batchSize, l2, rate }) =>
  (['sgd', 'adam'] as const).map((optimizer) => {
    const learningRate = optimizer === 'sgd' ? rate : 0.001;
    return { name: `${key}-${optimizer}`, layers, batchSize, optimizer, learningRate, l2 };
  }),
);

/** One that trains: a library, or a way of using one. */
export interface Trainee {
  /** Trains on so many batches of images, going on where it stopped. Resolves to the milliseconds that it took. */
  train(batches: number): Promise<number>;
  /** Milliseconds of one prediction for one image, the median of many; undefined where it has no such thing. */
  predict?(): Promise<number>;
  dispose?(): void;
}

export interface Peer {
  readonly name: string;
  /** Share of an epoch that is enough to measure by: the slow ones need not finish one. */
  readonly share: number;
  /** Undefined where it cannot do this, or is not on this machine. */
  start(setup: BenchSetup, train: Examples): Promise<Trainee | undefined>;
}

export function batchesPerEpoch(setup: BenchSetup, train: Examples): number {
  return Math.ceil(train.count / setup.batchSize);
}

/** The smallest number that at least half of the values do not exceed; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/** The median time of a synchronous call, in milliseconds, after it was warmed up: of runs long enough for any clock. */
export function medianTime(call: () => void, times: number): number {
  for (let n = 0; n < times * 10; n++) call();
  const measured: number[] = [];
  for (let n = 0; n < 15; n++) {
    const start = performance.now();
    for (let again = 0; again < times; again++) call();
    measured.push((performance.now() - start) / times);
  }
  return median(measured);
}
