import { formatExact, formatMagnitude, formatShare, formatSignificant } from '../../explain/numbers.ts';
import { rootMeanSquare } from '../../lib/experiments/dropout.ts';
import { type Setup, defaultSetup } from '../../lib/training/setup.ts';
import type { FinishedRun } from '../../lib/training/trials.ts';

/** λ, and what it comes to for one step: λ/m of the penalty, and the same share as weight decay. */
export const LAMBDA = 10;
const BATCH = 100;
export const DECAY = LAMBDA / BATCH;

const common: Setup = { ...defaultSetup, batchSize: BATCH, epochs: 20, weightDecay: DECAY };
const sgd: Setup = { ...common, learningRate: 0.1 };
const adam: Setup = { ...common, learningRate: 0.002 };

/** Two pairs, from the same seed: the penalty in the gradient, then the same as weight decay. */
export const decaySetups: readonly Setup[] = [
  { ...sgd, optimizer: 'sgd', l2: LAMBDA },
  { ...sgd, optimizer: 'sgdw' },
  { ...adam, optimizer: 'adam', l2: LAMBDA },
  { ...adam, optimizer: 'adamw' },
];

/** What each of them is called, in their order. */
export const decayNames = ['SGD with L2', 'SGD with weight decay', 'Adam with L2', 'Adam with weight decay'];

/** Two runs that are to be compared: where the price is in the gradient, and where it is beside it. */
export interface DecayPair {
  readonly name: 'SGD' | 'Adam';
  /** (units × 784) of the first layer. */
  readonly penalty: ArrayLike<number>;
  readonly decay: ArrayLike<number>;
  readonly units: number;
  /** √ of the mean squared difference, as a share of √ of the mean square of the weights with decay. */
  readonly apart: number;
  readonly largest: number;
  /** Mean size of the weights at pixels that are never ink. */
  readonly onPaper: { readonly penalty: number; readonly decay: number };
  readonly test: { readonly penalty: number; readonly decay: number };
}

/** @param inked (784): whether a pixel has ink in any of the training images */
export function decayPair(
  name: DecayPair['name'],
  [first, second]: readonly [FinishedRun, FinishedRun],
  inked: readonly boolean[],
): DecayPair {
  const [penalty, decay] = [first, second].map(({ model }) => model.layers[0].weights);
  const { inputs, units } = second.model.layers[0];
  let largest = 0;
  for (let n = 0; n < decay.length; n++) largest = Math.max(largest, Math.abs(penalty[n] - decay[n]));
  const size = rootMeanSquare(decay, new Float64Array(decay.length));
  return {
    name,
    penalty,
    decay,
    units,
    apart: rootMeanSquare(penalty, decay) / size,
    largest,
    onPaper: { penalty: paperSize(penalty, inputs, inked), decay: paperSize(decay, inputs, inked) },
    test: { penalty: first.test, decay: second.test },
  };
}

function paperSize(weights: ArrayLike<number>, inputs: number, inked: readonly boolean[]): number {
  let [sum, count] = [0, 0];
  for (let n = 0; n < weights.length; n++) {
    if (inked[n % inputs]) continue;
    sum += Math.abs(weights[n]);
    count++;
  }
  return sum / count;
}

/** How far the two runs of a pair have come apart. */
export function describePair({ name, apart, largest, onPaper, test }: DecayPair): string {
  const gap =
    apart < 1e-4
      ? `the same to float32's rounding: no weight differs by more than ${formatMagnitude(largest)}`
      : `${formatShare(apart)} of the weights' size apart, one of them by ${formatSignificant(largest)}`;
  return `${name}: the two end ${gap}. Weights at pixels that are never ink are ${formatSignificant(onPaper.penalty)} in size with the penalty in the gradient, ${formatSignificant(onPaper.decay)} with weight decay. Of the test images they read ${formatShare(test.penalty)} and ${formatShare(test.decay)}.`;
}

/** Points of the chart: every so many weights, or it would be a blot. */
const EVERY = 17;

export function pairPoints({ penalty, decay }: DecayPair): [number, number][] {
  const points: [number, number][] = [];
  for (let n = 0; n < decay.length; n += EVERY) points.push([penalty[n], decay[n]]);
  return points;
}

/** What both runs of a pair are told to do. */
export const priceWords = `λ / m = ${formatExact(LAMBDA)} / ${BATCH} = ${formatExact(DECAY)}`;
