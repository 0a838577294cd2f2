import { computed, signal } from '@preact/signals';
import { type Dataset, imageOf } from '../lib/data/dataset.ts';
import { Network } from '../lib/nn/network.ts';
import { Random } from '../lib/nn/random.ts';
import { trace } from '../lib/nn/trace.ts';
import { loadDataset } from './datasets.ts';
import { architectureOf, defaultSetup } from '../lib/training/setup.ts';
import { lossAt } from './loss-curve.ts';
import { loadNetwork } from './networks.ts';

/** One digit of a batch, as the network reads it. */
export interface BatchMember {
  readonly row: number;
  readonly label: number;
  /** Of its label. */
  readonly probability: number;
  readonly loss: number;
}

export interface ReadBatch {
  readonly members: readonly BatchMember[];
  /** What the network itself says is the loss of the batch. */
  readonly loss: number;
}

/** What the loss of some examples is made of. */
export function readBatch(network: Network, digits: Dataset, rows: readonly number[]): ReadBatch {
  const picked = Uint32Array.from(rows);
  const { loss } = network.forwardWithLoss(digits, picked);
  const outputs = network.forward(digits, picked).copy();
  const members = rows.map((row, i) => {
    const label = digits.labels[row]!;
    const probability = outputs[i * network.classes + label]!;
    return { row, label, probability, loss: lossAt(probability) };
  });
  return { members, loss };
}

/** What a batch's gradient of one first-layer unit is made of. */
export interface BatchGradient {
  /** Each digit's own gradient of the unit's weights, (784), and the unit's blame for it. */
  readonly parts: readonly { readonly gradient: ArrayLike<number>; readonly blame: number }[];
  /** (784): what backward gives for the whole batch. */
  readonly mean: ArrayLike<number>;
  /** Of all that the digits push, the share that they take from one another, from 0 to 1. */
  readonly cancelled: number;
}

export function batchGradient(
  network: Network,
  digits: Dataset,
  rows: readonly number[],
  unit: number,
): BatchGradient {
  const [from, to] = [unit * network.inputs, (unit + 1) * network.inputs];
  const parts = rows.map((row) => {
    const pass = trace(network, digits, row);
    return {
      gradient: pass.values('weightGradient', 1).slice(from, to),
      blame: pass.values('delta', 1)[unit]!,
    };
  });
  network.forwardWithLoss(digits, Uint32Array.from(rows));
  network.backward();
  const mean = network.layers[0]!.read('weightGradient').slice(from, to);
  let [left, pushed] = [0, 0];
  for (let k = 0; k < mean.length; k++) {
    left += Math.abs(mean[k]!);
    for (const { gradient } of parts) pushed += Math.abs(gradient[k]!) / parts.length;
  }
  return { parts, mean, cancelled: pushed === 0 ? 0 : 1 - left / pushed };
}

/** The network of the chapters before its first step of training. */
export function untrainedNetwork(): Network {
  return Network.initialize(architectureOf(defaultSetup), 'he', new Random(defaultSetup.seed));
}

/** Digits of the sample, a batch at a time, in the original network or in one that has learnt nothing yet. */
export function createBatch(size: number) {
  const digits = signal<Dataset | undefined>(undefined);
  const trained = signal<Network | undefined>(undefined);
  const isTrained = signal(true);
  const untrained = computed(untrainedNetwork);
  const network = computed(() => (isTrained.value ? trained.value : digits.value && untrained.value));
  const failure = signal<string | undefined>(undefined);
  const first = signal(0);
  /** Only digits with this label; all of them when there is none. */
  const label = signal<number | undefined>(undefined);
  const unit = signal(0);

  const rows = computed((): number[] => {
    const all = Array.from(digits.value?.labels.keys() ?? []).filter(
      (row) => label.value === undefined || digits.value!.labels[row] === label.value,
    );
    return Array.from({ length: Math.min(size, all.length) }, (_, n) => all[(first.value + n) % all.length]!);
  });

  return {
    failure,
    isTrained,
    label,
    unit,
    rows,
    read: computed(() => network.value && readBatch(network.value, digits.value!, rows.value)),
    gradient: computed(
      () => network.value && batchGradient(network.value, digits.value!, rows.value, unit.value),
    ),
    imageOf: (row: number) => digits.value && imageOf(digits.value, row),
    async load(): Promise<void> {
      try {
        const [opened, dataset] = await Promise.all([loadNetwork('original'), loadDataset('sample-test')]);
        digits.value = dataset;
        trained.value = opened.network;
        failure.value = undefined;
      } catch (error) {
        failure.value = `The batch cannot be shown: ${(error as Error).message}`;
      }
    },
    next(): void {
      first.value += size;
    },
    chooseLabel(chosen: number | undefined): void {
      first.value = 0;
      label.value = chosen;
    },
  };
}
