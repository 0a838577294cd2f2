import { allocate, type Precision, type Real } from './examples.ts';
import { type Block, foreignBlock } from './kernels/block.ts';
import type { DenseLayer, LayerQuantity, LayerShape, Parameter } from './kernels/kernels.ts';
import {
  activate,
  activationBackward,
  affine,
  biasGradient,
  inputGradient,
  softmax,
  softmaxBackward,
  weightGradient,
} from './kernels/reference.ts';
import { CrossEntropy, type GradientOf, type LossName, MeanSquaredError, type OutputLoss } from './losses.ts';
import { Matrix } from './matrix.ts';
import {
  type AveragesMade,
  type OptimizerName,
  type UpdateRule,
  createAverages,
  goesOn,
  updateParameter,
} from './optimizers.ts';
import type { Random } from './random.ts';
import {
  type Penalty,
  addPenaltyGradient,
  applyMask,
  drawDropoutMask,
  noPenalty,
  stopAtZero,
} from './regularizers.ts';

/**
 * A dense layer in plain loops: n units, each a weighted sum of all the inputs, plus a bias, through g.
 *
 * A batch of m examples is one example a row. What the forward pass computes is kept: the backward pass needs it.
 */
export class Layer implements DenseLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: LayerShape['activation'];
  readonly dropout: number;

  /** W (units × inputs) and b (units). */
  readonly W: Matrix;
  readonly b: Real;
  /** The layer's input A_prev (m × inputs), Z = A_prev·Wᵀ + b and A = g(Z), both (m × units). */
  A_prev: Matrix;
  readonly Z: Matrix;
  readonly A: Matrix;
  /** δ = ∂loss/∂Z (m × units), and the gradients dW (units × inputs), db (units), dA_prev (m × inputs). */
  readonly delta: Matrix;
  readonly dW: Matrix;
  readonly db: Real;
  readonly dA_prev: Matrix;

  /** Dropout's mask, A ⊙ mask and dA ⊙ mask, all (m × units). */
  readonly #mask: Matrix;
  readonly #kept: Matrix;
  readonly #keptGradient: Matrix;
  #dropped = false;
  readonly #sums: Float64Array;
  /** The penalty in dW, and where it has a kink the weights before a step: (units × inputs). */
  #penalty = noPenalty;
  #before: Real | undefined;
  #averages: { readonly W: Real[]; readonly b: Real[]; readonly made: AveragesMade } | undefined;

  constructor(shape: LayerShape, precision: Precision) {
    const { inputs, units } = shape;
    this.inputs = inputs;
    this.units = units;
    this.activation = shape.activation;
    this.dropout = shape.dropout;
    this.W = new Matrix(precision, units, inputs);
    this.b = allocate(precision, units);
    this.A_prev = new Matrix(precision, 0, inputs);
    this.Z = new Matrix(precision, 0, units);
    this.A = new Matrix(precision, 0, units);
    this.delta = new Matrix(precision, 0, units);
    this.dW = new Matrix(precision, units, inputs);
    this.db = allocate(precision, units);
    this.dA_prev = new Matrix(precision, 0, inputs);
    this.#mask = new Matrix(precision, 0, units);
    this.#kept = new Matrix(precision, 0, units);
    this.#keptGradient = new Matrix(precision, 0, units);
    this.#sums = new Float64Array(inputs);
  }

  forward(input: Block, dropoutRandom?: Random): Matrix {
    this.A_prev = matrixOf(input);
    const { A_prev, W, b, Z, A, activation: g } = this;
    // #region forward
    affine(A_prev, W, b, Z); // Z = A_prev·Wᵀ + b
    if (g === 'softmax') {
      softmax(Z, A); // A = softmax(Z), row by row
    } else {
      activate(g, Z, A); // A = g(Z)
    }
    // #endregion
    this.#dropped = dropoutRandom !== undefined && this.dropout > 0;
    return dropoutRandom && this.#dropped ? this.#dropUnits(dropoutRandom) : A;
  }

  backward(gradient: Block, of: GradientOf, penalty: Penalty): void {
    const { A_prev, W, Z, A, delta, dW, db, activation: g } = this;
    const dA = this.#dropped ? this.#maskGradient(matrixOf(gradient)) : matrixOf(gradient);
    // #region backward
    if (of === 'preActivation') {
      copyRows(dA, delta); // δ is given: loss and activation were differentiated together
    } else if (g === 'softmax') {
      softmaxBackward(dA, A, delta); // δ = Jᵀ·dA, row by row
    } else {
      activationBackward(g, dA, Z, A, delta); // δ = dA ⊙ g′(Z)
    }
    weightGradient(delta, A_prev, dW, this.#sums); // dW = δᵀ·A_prev / m
    biasGradient(delta, db); // db = mean of δ over the batch
    addPenaltyGradient(penalty, W, delta.rows, dW); // dW += (λ₂·W + λ₁·sign W) / m
    // #endregion
    this.#penalty = penalty;
  }

  inputGradient(): Matrix {
    const { delta, W, dA_prev } = this;
    // #region backward-input
    inputGradient(delta, W, dA_prev, this.#sums); // dA_prev = δ·W
    // #endregion
    return dA_prev;
  }

  loss(name: LossName, labelSmoothing: number): OutputLoss {
    return name === 'cross-entropy'
      ? new CrossEntropy(this, labelSmoothing)
      : new MeanSquaredError(this, labelSmoothing);
  }

  update(rule: UpdateRule): void {
    const { W, b, dW, db } = this;
    const averages = this.#averagesFor(rule.optimizer);
    const before = this.#penalty.l1 > 0 ? this.#weightsBefore() : undefined;
    // #region update
    updateParameter(rule, W.values, dW.values, averages.W, true); // W −= η·dW, for plain SGD
    updateParameter(rule, b, db, averages.b, false); // b −= η·db
    // #endregion
    if (before) stopAtZero(before, dW, W);
  }

  read(quantity: LayerQuantity): Real {
    switch (quantity) {
      case 'weights':
        return this.W.copy();
      case 'bias':
        return this.b.slice();
      case 'preActivation':
        return this.Z.copy();
      case 'activation':
        return this.A.copy();
      case 'delta':
        return this.delta.copy();
      case 'weightGradient':
        return this.dW.copy();
      case 'biasGradient':
        return this.db.slice();
    }
  }

  write(parameter: Parameter, values: ArrayLike<number>): void {
    const target = this.#parameter(parameter);
    if (values.length !== target.length) {
      throw new RangeError(
        `the ${parameter} of a layer of ${this.units} units and ${this.inputs} inputs are ${target.length} numbers, not ${values.length}`,
      );
    }
    target.set(values);
  }

  readOne(parameter: Parameter, index: number): number {
    return this.#parameter(parameter)[index];
  }

  writeOne(parameter: Parameter, index: number, value: number): void {
    this.#parameter(parameter)[index] = value;
  }

  weightSums(): { squares: number; magnitudes: number } {
    let [squares, magnitudes] = [0, 0];
    for (const w of this.W.values) {
      squares += w * w;
      magnitudes += Math.abs(w);
    }
    return { squares, magnitudes };
  }

  readOptimizerState(): Real[] {
    if (!this.#averages) return [];
    return [...this.#averages.W, ...this.#averages.b].map((average) => average.slice());
  }

  writeOptimizerState(state: readonly Real[]): void {
    const count = state.length / 2;
    const copies = state.map((average) => average.slice());
    const made = { count, by: 'elsewhere' as const };
    this.#averages = count === 0 ? undefined : { W: copies.slice(0, count), b: copies.slice(count), made };
  }

  /** What goes on to the next layer; A itself stays whole, since g′ may be computed from it. */
  #dropUnits(random: Random): Matrix {
    const [mask, kept] = [this.#mask, this.#kept];
    mask.resize(this.A.rows);
    drawDropoutMask(mask.values, mask.rows * mask.columns, this.dropout, random);
    copyRows(this.A, kept);
    applyMask(kept, mask);
    return kept;
  }

  /** dA ⊙ mask, in memory of its own: the gradient stays whole for whoever handed it over. */
  #maskGradient(dA: Matrix): Matrix {
    const kept = this.#keptGradient;
    copyRows(dA, kept);
    applyMask(kept, this.#mask);
    return kept;
  }

  #weightsBefore(): Real {
    this.#before ??= allocate(this.W.precision, this.W.values.length);
    this.#before.set(this.W.values);
    return this.#before;
  }

  /** The averages that this optimiser goes on with: at 0 before its first update. */
  #averagesFor(optimizer: OptimizerName): { readonly W: Real[]; readonly b: Real[] } {
    if (!this.#averages || !goesOn(this.#averages.made, optimizer)) {
      const W = createAverages(optimizer, this.W.precision, this.W.values.length);
      const b = createAverages(optimizer, this.W.precision, this.b.length);
      this.#averages = { W, b, made: { count: W.length, by: optimizer } };
    }
    return this.#averages;
  }

  #parameter(parameter: Parameter): Real {
    return parameter === 'weights' ? this.W.values : this.b;
  }
}

/** @throws TypeError when the block was made by other kernels */
function matrixOf(block: Block): Matrix {
  if (block instanceof Matrix) return block;
  throw foreignBlock(block);
}

function copyRows(from: Matrix, to: Matrix): void {
  to.resize(from.rows);
  to.values.set(from.values.subarray(0, from.rows * from.columns));
}
