import { computed, signal } from '@preact/signals';
import { type Dataset, concatenate, imageOf, subset } from '../../lib/data/dataset.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';
import { trace } from '../../lib/nn/trace.ts';
import { createDigitPick } from '../../state/digits/digit-pick.ts';
import { architectureOf, defaultSetup } from '../../lib/training/setup.ts';
import { lossAt } from '../../explain/loss-curve.ts';
import { loadNetwork } from '../../state/site/networks.ts';
import { createRequirement } from '../../state/site/requirement.ts';

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
    const label = digits.labels[row];
    const probability = outputs[i * network.classes + label];
    return { row, label, probability, loss: lossAt(probability) };
  });
  return { members, loss };
}

/** The share of a batch's sum that its two dearest digits make up, from 0 to 1. */
export function shareOfDearestTwo(members: readonly BatchMember[]): number {
  const losses = members.map(({ loss }) => loss).sort((a, b) => b - a);
  const sum = losses.reduce((total, loss) => total + loss, 0);
  return sum === 0 ? 0 : (losses[0] + (losses[1] ?? 0)) / sum;
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
      blame: pass.values('delta', 1)[unit],
    };
  });
  network.forwardWithLoss(digits, Uint32Array.from(rows));
  network.backward();
  const mean = network.layers[0].read('weightGradient').slice(from, to);
  let [left, pushed] = [0, 0];
  for (let k = 0; k < mean.length; k++) {
    left += Math.abs(mean[k]);
    for (const { gradient } of parts) pushed += Math.abs(gradient[k]) / parts.length;
  }
  return { parts, mean, cancelled: pushed === 0 ? 0 : 1 - left / pushed };
}

/** The network of the chapters before its first step of training. */
export function untrainedNetwork(): Network {
  return Network.initialize(architectureOf(defaultSetup), 'he', new Random(defaultSetup.seed));
}

/**
 * A digit and those that follow it in the sample, in the original network or in one that has learnt nothing yet.
 *
 * @param begin the first digit of the first batch
 */
export function createBatch(size: number, { begin = 0, startsTrained = true } = {}) {
  const pick = createDigitPick(begin);
  const trained = signal<Network | undefined>(undefined);
  const isTrained = signal(startsTrained);
  const untrained = computed(untrainedNetwork);
  const network = computed(() => (isTrained.value ? trained.value : untrained.value));
  /** Whether all have the label of the first. */
  const isAlike = signal(false);
  const unit = signal(0);

  /** Test images after the one chosen, round to it again. */
  const following = computed((): number[] => {
    const [dataset, from] = [pick.digits.value, pick.index.value];
    const rows = Array.from(
      { length: dataset?.count ?? 0 },
      (_, n) => (from + 1 + n) % (dataset?.count ?? 1),
    );
    return isAlike.value ? rows.filter((row) => dataset?.labels[row] === pick.label.value) : rows;
  });
  const examples = computed((): Dataset | undefined => {
    const [dataset, first] = [pick.digits.value, pick.example.value];
    return dataset && first && concatenate([first, subset(dataset, following.value.slice(0, size - 1))]);
  });
  const rows = computed(() => Array.from({ length: examples.value?.count ?? 0 }, (_, row) => row));

  const requirement = createRequirement('The batch cannot be shown', async () => {
    const [opened] = await Promise.all([loadNetwork('original'), pick.load()]);
    trained.value = opened.network;
  });
  return {
    ...requirement,
    pick,
    isTrained,
    isAlike,
    unit,
    read: computed(
      () => network.value && examples.value && readBatch(network.value, examples.value, rows.value),
    ),
    gradient: computed(
      () =>
        network.value &&
        examples.value &&
        batchGradient(network.value, examples.value, rows.value, unit.value),
    ),
    /** Of its n-th digit. */
    imageOf: (n: number) =>
      examples.value && n < examples.value.count ? imageOf(examples.value, n) : undefined,
    next(): void {
      pick.choose(following.peek()[size - 1] ?? 0);
    },
    chooseNetwork(next: 'trained' | 'untrained'): void {
      isTrained.value = next === 'trained';
    },
    /** Of the first layer. */
    chooseUnit(next: number): void {
      unit.value = next;
    },
    wantAlike(next: boolean): void {
      isAlike.value = next;
    },
  };
}
