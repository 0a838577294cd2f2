import { formatCount, formatExact, formatShare, formatSignificant } from '../../explain/numbers.ts';
import { capital } from '../../explain/names.ts';
import { type Spread, spreadOf } from '../../lib/experiments/spread.ts';
import { type Setup, defaultSetup } from '../../lib/training/setup.ts';
import type { FinishedRun } from '../../lib/training/trials.ts';

export type PenaltyName = 'l2' | 'l1';

/** The prices that networks are trained with, 0 first. */
export const LAMBDAS = [0, 0.03, 0.1, 0.3, 1, 3, 10] as const;

/** All else is the same for all of them, the seed too. */
const common: Setup = { ...defaultSetup, learningRate: 0.1, batchSize: 100, epochs: 100 };

/** One set-up for each price of squares, then one for each price of sizes above 0: without a price the two are the same. */
export const lambdaSetups: readonly Setup[] = [
  ...LAMBDAS.map((l2) => ({ ...common, l2 })),
  ...LAMBDAS.slice(1).map((l1) => ({ ...common, l1 })),
];

/** Which of the runs has this price. */
export function runOf(name: PenaltyName, stop: number): number {
  return name === 'l2' || stop === 0 ? stop : LAMBDAS.length - 1 + stop;
}

/** From −RANGE to RANGE goes the histogram of the weights; those beyond are in its last bars. */
export const RANGE = 0.3;
/** An odd number: one bar has 0 in its middle. */
const BINS = 61;

/** What became of the weights into the first layer. */
export interface FirstWeights {
  /** (units × 784) */
  readonly weights: ArrayLike<number>;
  readonly units: number;
  readonly spread: Spread;
  readonly zeros: number;
  /** Weights at pixels that are ink in none of the training images, and those of them that are exactly 0. */
  readonly onPaper: number;
  readonly zerosOnPaper: number;
}

/** @param inked (784): whether a pixel has ink in any of the training images */
export function firstWeights({ model }: FinishedRun, inked: readonly boolean[]): FirstWeights {
  const { weights, units, inputs } = model.layers[0];
  let [zeros, onPaper, zerosOnPaper] = [0, 0, 0];
  for (let n = 0; n < weights.length; n++) {
    const isZero = weights[n] === 0;
    if (isZero) zeros++;
    if (inked[n % inputs]) continue;
    onPaper++;
    if (isZero) zerosOnPaper++;
  }
  const spread = spreadOf(weights, BINS, -RANGE, RANGE);
  return { weights, units, spread, zeros, onPaper, zerosOnPaper };
}

const PRICES = { l2: 'L2', l1: 'L1' } as const;

/** Which network it is, in a few words. */
export function nameLambda(name: PenaltyName, stop: number): string {
  return stop === 0 ? 'without a price' : `${PRICES[name]}, λ = ${formatExact(LAMBDAS[stop])}`;
}

/** What each of the set-ups is called, in their order. */
export const lambdaNames = [
  ...LAMBDAS.map((_, stop) => nameLambda('l2', stop)),
  ...LAMBDAS.slice(1).map((_, n) => nameLambda('l1', n + 1)),
];

/** What the price did to the weights, and to the digits. */
export function describeLambda(
  name: PenaltyName,
  stop: number,
  { weights, zeros, spread, onPaper, zerosOnPaper }: FirstWeights,
  { training, test }: FinishedRun,
): string {
  const which = nameLambda(name, stop);
  const all = formatCount(weights.length);
  const reads = `The network reads ${formatShare(training)} of its training images and ${formatShare(test)} of the test images.`;
  if (zeros === weights.length)
    return `${capital(which)}: all ${all} weights into the first layer are exactly 0, and nothing of an image comes in. ${reads}`;
  const none =
    zeros === 0
      ? `none of the ${all} weights into the first layer is exactly 0`
      : `${formatCount(zeros)} of the ${all} weights into the first layer are exactly 0`;
  const where =
    zeros === 0
      ? ''
      : `: ${formatShare(zerosOnPaper / onPaper)} of those at pixels that are never ink, ${formatShare((zeros - zerosOnPaper) / (weights.length - onPaper))} of the others`;
  return `${capital(which)}: ${none}${where}. They spread by ${formatSignificant(spread.deviation)} around their mean. ${reads}`;
}
