import type { ActivationName } from './activations.ts';
import type { Real } from './examples.ts';

/** One dense layer at rest: what a file, a snapshot or a picture of the weights needs. */
export interface LayerModel {
  readonly inputs: number;
  readonly units: number;
  readonly activation: ActivationName;
  /** (units × inputs), row j holds the weights into unit j */
  readonly weights: Real;
  /** (units) */
  readonly bias: Real;
}

/** A whole network at rest, first layer first: plain data, copied, never a view of memory in use. */
export interface NetworkModel {
  readonly layers: readonly LayerModel[];
}

/** The shape of a network. */
export interface Architecture {
  /** Numbers per example: 784 for a digit. */
  readonly inputs: number;
  /** Units of each layer, the output last. */
  readonly layers: readonly { readonly units: number; readonly activation: ActivationName }[];
}
