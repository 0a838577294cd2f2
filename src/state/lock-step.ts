import { computed, signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import { Network } from '../lib/nn/network.ts';
import { Random } from '../lib/nn/random.ts';
import { type Trace, type TraceStep, trace } from '../lib/nn/trace.ts';
import { architectureOf, defaultSetup } from '../lib/training/setup.ts';
import { inDoublePrecision } from './blamed-digit.ts';
import { loadDataset } from './datasets.ts';
import { loadNetwork } from './networks.ts';

/** Two passes that are equal in all but one thing. */
export interface Pair {
  readonly left: Trace;
  readonly right: Trace;
  readonly names: readonly [string, string];
  /** Which of the test images each reads. */
  readonly rows: readonly [number, number];
}

export const pairNames = ['loss', 'activation', 'digit', 'start'] as const;
export type PairName = (typeof pairNames)[number];

export const pairLabels: { readonly [Name in PairName]: string } = {
  loss: 'squared error or cross-entropy, on a confident mistake',
  activation: 'sigmoid or ReLU',
  digit: 'a digit read right or one read wrong',
  start: 'first weights by He, or tiny ones',
};

/** What to look for in each. */
export const pairHints: { readonly [Name in PairName]: string } = {
  loss: 'Both outputs are sure, and wrong. With squared error the blame has to come back through the slope of softmax, which is nearly 0 where softmax is sure: whoever is most wrong learns least. With cross-entropy that slope has been divided away, and δ is p − y.',
  activation:
    'Each sigmoid multiplies the blame by at most ¼ on its way back; ReLU by 1 or 0. Two layers down, the blame of the sigmoids is a fraction of the other.',
  digit:
    'The digit that is read right has little left to say: p − y is nearly 0, and so is all that follows from it.',
  start:
    'With tiny weights forward makes next to nothing of the digit, and backward next to nothing of the blame: it is multiplied by those same weights.',
};

/** The two passes of a comparison. */
export function pairOf(name: PairName, original: Network, digits: Dataset): Pair {
  const reads = readings(original, digits);
  const wrong = mostConfident(reads, (each) => !each.isRight);
  const right = mostConfident(reads, (each) => each.isRight);
  const fresh = (activation: 'sigmoid' | 'relu', initializer: 'he' | 'xavier' | 'normal') =>
    inDoublePrecision(
      Network.initialize(
        architectureOf({ ...defaultSetup, activation: [activation] }),
        initializer,
        new Random(1),
      ),
    );
  switch (name) {
    case 'loss': {
      const squared = Network.fromModel(original.toModel(), {
        loss: 'mean-squared-error',
        kernels: original.kernels,
      });
      return {
        left: trace(squared, digits, wrong),
        right: trace(original, digits, wrong),
        names: ['squared error', 'cross-entropy'],
        rows: [wrong, wrong],
      };
    }
    case 'activation':
      return {
        left: trace(fresh('sigmoid', 'xavier'), digits, right),
        right: trace(fresh('relu', 'xavier'), digits, right),
        names: ['sigmoid', 'ReLU'],
        rows: [right, right],
      };
    case 'digit':
      return {
        left: trace(original, digits, right),
        right: trace(original, digits, wrong),
        names: ['read right', 'read wrong'],
        rows: [right, wrong],
      };
    case 'start':
      return {
        left: trace(fresh('relu', 'he'), digits, right),
        right: trace(fresh('relu', 'normal'), digits, right),
        names: ['He', 'tiny'],
        rows: [right, right],
      };
  }
}

/** The backward steps that both passes have, in their order. */
export function sharedSteps({ left, right }: Pair): TraceStep[] {
  const same = (a: TraceStep) => (b: TraceStep) => a.quantity === b.quantity && a.layer === b.layer;
  return left.steps.filter((step) => step.direction === 'backward' && right.steps.some(same(step)));
}

export function createLockStep() {
  const name = signal<PairName>('loss');
  const step = signal(0);
  const network = signal<Network | undefined>(undefined);
  const digits = signal<Dataset | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const pair = computed(
    () => network.value && digits.value && pairOf(name.value, network.value, digits.value),
  );
  const steps = computed(() => (pair.value ? sharedSteps(pair.value) : []));
  return {
    name,
    step,
    digits,
    pair,
    steps,
    current: computed(() => steps.value[step.value]),
    failure,
    async load(): Promise<void> {
      try {
        const [opened, dataset] = await Promise.all([loadNetwork('original'), loadDataset('sample-test')]);
        digits.value = dataset;
        network.value = inDoublePrecision(opened.network);
      } catch (error) {
        failure.value = `The two passes cannot be shown: ${(error as Error).message}`;
      }
    },
    choose(next: PairName): void {
      name.value = next;
      step.value = 0;
    },
    go(to: number): void {
      step.value = Math.max(0, Math.min(steps.value.length - 1, to));
    },
  };
}

interface Reading {
  readonly row: number;
  readonly isRight: boolean;
  readonly sure: number;
}

function readings(network: Network, digits: Dataset): Reading[] {
  const outputs = network.predict(digits);
  return Array.from(digits.labels, (label, row) => {
    const read = predictedClass(outputs, network.classes, row);
    return { row, isRight: read === label, sure: outputs[row * network.classes + read]! };
  });
}

function mostConfident(reads: readonly Reading[], isWanted: (reading: Reading) => boolean): number {
  return reads.filter(isWanted).reduce((best, each) => (each.sure > best.sure ? each : best)).row;
}
