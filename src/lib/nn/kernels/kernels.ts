import type { ActivationName } from '../activations.ts';
import type { Examples, Precision, Real } from '../examples.ts';
import type { GradientOf, LossName, OutputLoss } from '../losses.ts';
import type { UpdateRule } from '../optimizers.ts';
import type { Random } from '../random.ts';
import type { Penalty } from '../regularizers.ts';
import type { Block } from './block.ts';

/*
 * The seam between the network and the code that does its arithmetic: one layer on one batch. Whoever is behind it
 * owns the memory and its layout; everyone in front of it gets copies, weights always as (units × inputs).
 * The plain loops (layer.ts over kernels/reference.ts) are the specification that any other kernels are tested against.
 */

/** What a layer is to be, before it has weights. */
export interface LayerShape {
  readonly inputs: number;
  readonly units: number;
  readonly activation: ActivationName;
  /** Share of the units switched off at each training pass, in [0, 1). */
  readonly dropout: number;
}

export type Parameter = 'weights' | 'bias';

/** What a layer keeps from its last passes. `delta` is δ = ∂loss/∂z of each example's own loss. */
export type LayerQuantity =
  Parameter | 'preActivation' | 'activation' | 'delta' | 'weightGradient' | 'biasGradient';

/**
 * One layer of a network. What takes blocks is declared as a function: of methods TypeScript would let a layer ask for
 * narrower blocks than any, which it may refuse only when it sees them.
 */
export interface DenseLayer extends LayerShape {
  /**
   * Z = A_prev·Wᵀ + b and A = g(Z). Drops units when given the generator to draw them from.
   *
   * @throws TypeError when the block was made by other kernels; so does `backward`
   */
  forward: (input: Block, dropoutRandom?: Random) => Block;
  /** δ, then ∂W and ∂b as means over the batch, the penalty's share added. */
  backward: (gradient: Block, of: GradientOf, penalty: Penalty) => void;
  /**
   * ∂loss/∂A_prev = δ·W, to be asked for after `backward` and before `update`. In batches of 16 and more it may be left
   * at 0 where a ReLU before gave 0: its slope is 0 there, whatever arrives.
   */
  inputGradient(): Block;
  /** The loss of a network that ends with this layer. */
  loss(name: LossName, labelSmoothing: number): OutputLoss;
  /**
   * One step of the optimiser on W and b. Running averages of another kind of optimiser are dropped: it begins afresh.
   *
   * @throws RangeError when the state that was written is not of as many averages as the optimiser keeps
   */
  update(rule: UpdateRule): void;

  /** A copy: weights and their gradient (units × inputs), bias and its gradient (units), the rest (batch × units). */
  read(quantity: LayerQuantity): Real;
  /** @throws RangeError when the number of values is not the parameter's */
  write(parameter: Parameter, values: ArrayLike<number>): void;
  /** One weight (index = unit × inputs + input) or bias, for those who nudge a single one. */
  readOne(parameter: Parameter, index: number): number;
  writeOne(parameter: Parameter, index: number, value: number): void;
  /** Σw² and Σ|w| over the weights, for the penalty's share of the loss. */
  weightSums(): { squares: number; magnitudes: number };
  /** Copies of the optimiser's running averages, [] before the first update; in no documented order. */
  readOptimizerState(): Real[];
  writeOptimizerState(state: readonly Real[]): void;
}

/** Where examples enter: the one place in which pixels become numbers. */
export interface InputLayer {
  /** Takes in the given rows of the examples; bytes are scaled to [0, 1], real numbers are taken as they are. */
  load(examples: Examples, rows: Uint32Array): Block;
}

/** Who computes: makers of layers and of their input, all with the same arithmetic. */
export interface Kernels {
  readonly name: string;
  readonly precision: Precision;
  input(width: number): InputLayer;
  layer(shape: LayerShape): DenseLayer;
}
