import { computed, signal } from '@preact/signals';
import { type Dataset, imageOf } from '../../lib/data/dataset.ts';
import { predictedClass } from '../../lib/nn/losses.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';
import { type Trace, type TraceStep, trace } from '../../lib/nn/trace.ts';
import { architectureOf, defaultSetup } from '../../lib/training/setup.ts';
import { createBlamedDigit, inDoublePrecision } from '../../state/pass/blamed-digit.ts';
import { formatRatio } from '../../explain/numbers.ts';

/** Two passes that are equal in all but one thing. */
export interface Pair {
  readonly left: Trace;
  readonly right: Trace;
  readonly names: readonly [string, string];
  /** What each reads, (784) bytes. */
  readonly images: readonly [Uint8Array, Uint8Array];
}

export const pairNames = ['loss', 'activation', 'digit', 'start'] as const;
export type PairName = (typeof pairNames)[number];

export const pairLabels: { readonly [Name in PairName]: string } = {
  loss: 'squared error or cross-entropy',
  activation: 'sigmoid or ReLU',
  digit: 'the digit that is read most surely right, or this one',
  start: 'first weights by He, or tiny ones',
};

/** What to look for in each. */
export const pairHints: { readonly [Name in PairName]: string } = {
  loss: 'Squared error is a mean over the ten outputs, so 2/10 of p − y sets out; and it has to come back through the slope of softmax, which is nearly 0 where softmax is sure. So with it whoever is most wrong learns least. With cross-entropy that slope has been divided away, and δ is p − y.',
  activation:
    'Each sigmoid multiplies the blame by at most ¼ on its way back; ReLU by 1 or 0. Two layers down, the blame of the sigmoids is a fraction of the other.',
  digit:
    'The digit that is read right has little left to say: p − y is nearly 0, and so is all that follows from it.',
  start:
    'With tiny weights forward makes next to nothing of the digit, and backward next to nothing of the blame: it is multiplied by those same weights.',
};

/**
 * The two passes of a comparison.
 *
 * @param example the digit that is looked at, alone
 * @param digits where to find one that is read right
 */
export function pairOf(name: PairName, original: Network, example: Dataset, digits: Dataset): Pair {
  const image = imageOf(example, 0);
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
        left: trace(squared, example, 0),
        right: trace(original, example, 0),
        names: ['squared error', 'cross-entropy'],
        images: [image, image],
      };
    }
    case 'activation':
      return {
        left: trace(fresh('sigmoid', 'xavier'), example, 0),
        right: trace(fresh('relu', 'xavier'), example, 0),
        names: ['sigmoid', 'ReLU'],
        images: [image, image],
      };
    case 'digit': {
      const right = surest(original, digits, true);
      const [{ isRight }] = readings(original, example);
      return {
        left: trace(original, digits, right),
        right: trace(original, example, 0),
        names: ['read most surely right', isRight ? 'this one, read right' : 'this one, read wrong'],
        images: [imageOf(digits, right), image],
      };
    }
    case 'start':
      return {
        left: trace(fresh('relu', 'he'), example, 0),
        right: trace(fresh('relu', 'normal'), example, 0),
        names: ['He', 'tiny'],
        images: [image, image],
      };
  }
}

/** Where two passes are compared: the blame of the outputs, and the gradient of the first weights. */
export function sharedSteps({ left, right }: Pair): TraceStep[] {
  const same = (a: TraceStep) => (b: TraceStep) => a.quantity === b.quantity && a.layer === b.layer;
  const isLooked = ({ quantity, layer }: TraceStep) =>
    (quantity === 'delta' && layer === left.depth) || (quantity === 'weightGradient' && layer === 1);
  return left.steps.filter((step) => isLooked(step) && right.steps.some(same(step)));
}

/** By how much squared error makes δ of the outputs shorter than cross-entropy's p − y, and what each cause has of it. */
export interface LossShares {
  /** |p − y| / |∂loss/∂p|: the loss is a mean over the outputs. */
  readonly mean: number;
  /** |∂loss/∂p| / |δ|: on its way back through softmax. */
  readonly softmax: number;
  /** Their product, |p − y| / |δ|. */
  readonly whole: number;
}

/** @param pair the one of the two losses: squared error on the left, cross-entropy on the right */
export function lossShares({ left, right }: Pair): LossShares {
  const length = (pass: Trace, quantity: 'delta' | 'activationGradient') =>
    Math.hypot(...pass.values(quantity, pass.depth));
  const [error, arrived, delta] = [
    length(right, 'delta'),
    length(left, 'activationGradient'),
    length(left, 'delta'),
  ];
  return { mean: error / arrived, softmax: arrived / delta, whole: error / delta };
}

/** Where the two losses part: at δ of the outputs. */
export function describeLossShares(pair: Pair): string {
  const { softmax, whole } = lossShares(pair);
  const outputs = pair.left.shape('activation', pair.left.depth)[0];
  return `The ${formatRatio(whole)} times are two factors: ${formatRatio(outputs / 2)}, since squared error is a mean over ${outputs} outputs and sends back 2/${outputs} of p − y; and ${formatRatio(softmax)}, which is lost on the way back through the slope of softmax.`;
}

/** @param digit which of the sample's test images it begins with */
export function createLockStep(digit: number) {
  const name = signal<PairName>('loss');
  const step = signal(0);
  const { digitPick, network, failure, load } = createBlamedDigit(digit);
  const pair = computed(() => {
    const [digits, example] = [digitPick.digits.value, digitPick.example.value];
    return network.value && digits && example && pairOf(name.value, network.value, example, digits);
  });
  const steps = computed(() => (pair.value ? sharedSteps(pair.value) : []));
  return {
    name,
    step,
    digitPick,
    pair,
    steps,
    current: computed(() => steps.value[step.value]),
    failure,
    load,
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
    return { row, isRight: read === label, sure: outputs[row * network.classes + read] };
  });
}

/** Which digit the network reads most surely, of those that it reads right or of those that it reads wrong. */
export function surest(network: Network, digits: Dataset, isRight: boolean): number {
  return readings(network, digits)
    .filter((each) => each.isRight === isRight)
    .reduce((best, each) => (each.sure > best.sure ? each : best)).row;
}
