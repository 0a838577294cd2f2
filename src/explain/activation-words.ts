import { type ActivationName, LEAK } from '../lib/nn/activations.ts';
import { formatNumber } from './numbers.ts';

/** What is to be said of an activation: of all the units of a layer at once. */
export interface ActivationWords {
  /** Within a sentence. */
  readonly name: string;
  /**
   * What it made of a layer's sums.
   *
   * @param sums the layer's z, and `values` its a, both (units)
   */
  readonly forward: (layer: string, sums: ArrayLike<number>, values: ArrayLike<number>) => string;
  /** What its slopes, (units), let through on the way back. */
  readonly slopes: (layer: string, slopes: ArrayLike<number>) => string;
}

/** Every activation, as the sentences about a layer need it. `layer` is "layer 2". */
export const activationWords: { readonly [Name in ActivationName]: ActivationWords } = {
  relu: {
    name: 'ReLU',
    forward: (layer, _sums, values) =>
      `ReLU lets the positive sums of ${layer} through and makes the others 0: ${count(values, isZero)} of ${values.length} units stay silent.`,
    slopes: (layer, slopes) =>
      `The slope of ReLU is 1 at a positive sum and 0 at any other. Of ${layer}, ${count(slopes, isZero)} units let no blame through, and the other ${count(slopes, (slope) => slope !== 0)} all of it.`,
  },
  'leaky-relu': {
    name: 'leaky ReLU',
    forward: (layer, sums) =>
      `Leaky ReLU lets the positive sums of ${layer} through and multiplies the others by ${LEAK}: those of ${count(sums, (z) => !(z > 0))} of ${sums.length} units.`,
    slopes: (layer, slopes) =>
      `The slope of leaky ReLU is 1 at a positive sum and ${LEAK} at any other. Of ${layer}, ${count(slopes, (slope) => slope !== 1)} units let a hundredth of the blame through, and the other ${count(slopes, (slope) => slope === 1)} all of it.`,
  },
  sigmoid: {
    name: 'sigmoid',
    forward: (layer, _sums, values) =>
      `Sigmoid bends every sum of ${layer} into the range from 0 to 1: here they come out ${range(values)}.`,
    slopes: (layer, slopes) =>
      `The slope of sigmoid is a · (1 − a), never more than a quarter. In ${layer} it goes ${range(slopes)}: that much of the blame passes.`,
  },
  tanh: {
    name: 'tanh',
    forward: (layer, _sums, values) =>
      `Tanh bends every sum of ${layer} into the range from −1 to 1: here they come out ${range(values)}.`,
    slopes: (layer, slopes) =>
      `The slope of tanh is 1 − a · a, never more than 1. In ${layer} it goes ${range(slopes)}: that much of the blame passes.`,
  },
  linear: {
    name: 'no bend',
    forward: (layer, sums) =>
      `There is no bend in ${layer}: what comes out of its ${sums.length} units are their sums, as they are.`,
    slopes: (layer, slopes) =>
      `Where nothing bends, the slope is 1: all ${slopes.length} units of ${layer} let all of the blame through.`,
  },
  softmax: {
    name: 'softmax',
    forward: (layer, sums) =>
      `Softmax turns the ${sums.length} sums of ${layer} into probabilities that sum to 1.`,
    slopes: () => {
      throw new RangeError('softmax has no slope for each unit alone');
    },
  },
};

/** Within a sentence: "from 0.012 to 0.98". */
function range(values: ArrayLike<number>): string {
  let [low, high] = [Infinity, -Infinity];
  for (let n = 0; n < values.length; n++) {
    low = Math.min(low, values[n]);
    high = Math.max(high, values[n]);
  }
  return `from ${formatNumber(low)} to ${formatNumber(high)}`;
}

export function count(values: ArrayLike<number>, isCounted: (value: number) => boolean): number {
  return Array.from(values).filter(isCounted).length;
}

export const isZero = (value: number): boolean => value === 0;
