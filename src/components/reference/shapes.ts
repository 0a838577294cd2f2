import type { QuantityName } from '../../lib/notation.ts';

/** A column of numbers, one for each unit of layer ℓ; a matrix of its weights; a single number. */
const UNITS = 'n_\\ell';
const WEIGHTS = 'n_\\ell \\times n_{\\ell-1}';

/** How many numbers each quantity is, in TeX, for one example and in one layer; undefined where it is a single one. */
export const shapes: Readonly<Record<QuantityName, string | undefined>> = {
  input: 'n_0',
  weight: WEIGHTS,
  bias: UNITS,
  preActivation: UNITS,
  activation: UNITS,
  probability: 'n_L',
  target: 'n_L',
  loss: undefined,
  activationGradient: UNITS,
  inputGradient: 'n_0',
  activationSlope: UNITS,
  delta: UNITS,
  weightGradient: WEIGHTS,
  biasGradient: UNITS,
  penaltyGradient: WEIGHTS,
  updatedWeight: WEIGHTS,
  updatedBias: UNITS,
  learningRate: undefined,
  penalty: undefined,
  batchSize: undefined,
  layer: undefined,
};
