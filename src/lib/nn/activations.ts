import { exponential } from './elementary.ts';

/**
 * An activation g of one number, and its derivative.
 *
 * The derivative is given both z and a = g(z): each function uses the one in which it is simplest.
 */
export interface Activation {
  readonly value: (z: number) => number;
  readonly derivative: (z: number, a: number) => number;
}

export const LEAK = 0.01;

// #region activations
/** Element-wise activations. ReLU's derivative at exactly 0 is taken to be 0; NaN stays NaN. */
export const activations = {
  linear: { value: (z) => z, derivative: () => 1 },
  relu: { value: (z) => (z <= 0 ? 0 : z), derivative: (z) => (z > 0 ? 1 : 0) },
  'leaky-relu': { value: (z) => (z > 0 ? z : LEAK * z), derivative: (z) => (z > 0 ? 1 : LEAK) },
  sigmoid: { value: (z) => sigmoid(z), derivative: (_z, a) => a * (1 - a) },
  tanh: { value: (z) => tanh(z), derivative: (_z, a) => 1 - a * a },
} as const satisfies Record<string, Activation>;
// #endregion

export type ElementwiseName = keyof typeof activations;
/** Softmax looks at a whole row, so it is not among the element-wise ones: see kernels/reference.ts. */
export type ActivationName = ElementwiseName | 'softmax';
export const elementwiseNames = Object.keys(activations) as ElementwiseName[];
export const activationNames: readonly ActivationName[] = [...elementwiseNames, 'softmax'];

// #region sigmoid
/** 1 / (1 + e⁻ᶻ), from the side on which the exponential cannot overflow. */
function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + exponential(-z));
  const e = exponential(z);
  return e / (1 + e);
}
// #endregion

// #region tanh
/** tanh z; by its series' first terms near 0, where 1 − e⁻²ᶻ would cancel. */
function tanh(z: number): number {
  const x = Math.abs(z);
  const z2 = z * z;
  if (x < 1e-2) return z * (1 - z2 * (1 / 3 - z2 * (2 / 15 - (17 / 315) * z2)));
  const e = exponential(-2 * x);
  const t = (1 - e) / (1 + e);
  return z < 0 ? -t : t;
}
// #endregion
