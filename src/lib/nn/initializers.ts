import type { Random } from './random.ts';

export const initializerNames = ['zeros', 'normal', 'xavier', 'he'] as const;
export type InitializerName = (typeof initializerNames)[number];

/** The standard deviation of `normal`: small, whatever the layer's size. */
const NORMAL_DEVIATION = 0.01;

/**
 * The standard deviation that an initialiser draws a layer's weights with.
 *
 * Xavier: √(2 / (inputs + units)), Glorot and Bengio 2010. He: √(2 / inputs), He et al. 2015, made for ReLU.
 */
export function initialDeviation(name: InitializerName, inputs: number, units: number): number {
  switch (name) {
    case 'zeros':
      return 0;
    case 'normal':
      return NORMAL_DEVIATION;
    case 'xavier':
      return Math.sqrt(2 / (inputs + units));
    case 'he':
      return Math.sqrt(2 / inputs);
  }
}

/** Weights (units × inputs) drawn from a normal distribution; biases start at 0. */
export function initialWeights(
  name: InitializerName,
  inputs: number,
  units: number,
  random: Random,
): Float64Array {
  const deviation = initialDeviation(name, inputs, units);
  const weights = new Float64Array(units * inputs);
  if (deviation === 0) return weights;
  for (let n = 0; n < weights.length; n++) weights[n] = deviation * random.normal();
  return weights;
}
