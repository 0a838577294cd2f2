import type { Examples, Real } from './examples.ts';
import { type InitializerName, initialWeights } from './initializers.ts';
import type { Block } from './kernels/block.ts';
import type { DenseLayer, InputLayer, Kernels } from './kernels/kernels.ts';
import { referenceKernels } from './kernels/reference-kernels.ts';
import { type LossName, type OutputLoss, predictedClass } from './losses.ts';
import type { Architecture, NetworkModel } from './model.ts';
import type { UpdateRule } from './optimizers.ts';
import type { Random } from './random.ts';
import { type Penalty, noPenalty, penaltyLoss } from './regularizers.ts';
import { checkArchitecture, checkExamples, checkModel } from './validation.ts';

/** What of a network is no weight: how it is judged in training, and who computes. */
export interface NetworkOptions {
  readonly loss?: LossName;
  readonly penalty?: Penalty;
  /** Share of the hidden layers' units switched off at each training pass, in [0, 1). */
  readonly dropout?: number;
  /** How far the targets are drawn from 0 and 1 towards even, in [0, 1). */
  readonly labelSmoothing?: number;
  readonly kernels?: Kernels;
}

/** What one pass over a batch measured. */
export interface BatchResult {
  /** Mean loss of the examples, plus the penalty on the weights. */
  readonly loss: number;
  /** Share of the examples read right, in [0, 1]. */
  readonly accuracy: number;
}

/** How a network does on some examples. */
export interface Evaluation {
  readonly count: number;
  /** Mean loss per example, without penalty. */
  readonly loss: number;
  /** Share read right, in [0, 1]. */
  readonly accuracy: number;
  /** (classes × classes): row = the label, column = what the network read. */
  readonly confusion: Uint32Array;
}

/** Examples taken at a time where there is no gradient to be had: enough to be quick, little memory. */
const EVALUATION_BATCH = 500;

/**
 * A multilayer perceptron: a list of dense layers, and a loss at its end.
 *
 * `forward`, `backward` and `update` on one batch after the other is all that training is; `fit` does it for whole
 * epochs.
 */
export class Network {
  readonly inputs: number;
  readonly classes: number;
  readonly layers: readonly DenseLayer[];
  readonly loss: LossName;
  readonly labelSmoothing: number;
  readonly kernels: Kernels;
  /** What large weights cost; `fit` writes its batch size into it. */
  penalty: Penalty;

  readonly #input: InputLayer;
  readonly #outputLoss: OutputLoss;
  #X: Block | undefined;
  #labels: Uint8Array = new Uint8Array(0);

  /** All parameters start at 0: see `Network.initialize` and `Network.fromModel`. */
  constructor(architecture: Architecture, options: NetworkOptions = {}) {
    const { loss = 'cross-entropy', penalty = noPenalty, dropout = 0, labelSmoothing = 0 } = options;
    checkArchitecture(architecture, { loss, penalty, dropout, labelSmoothing });
    const kernels = options.kernels ?? referenceKernels();
    const last = architecture.layers.length - 1;
    this.inputs = architecture.inputs;
    this.classes = architecture.layers[last].units;
    this.layers = architecture.layers.map(({ units, activation }, l) => {
      const inputs = l === 0 ? architecture.inputs : architecture.layers[l - 1].units;
      return kernels.layer({ inputs, units, activation, dropout: l === last ? 0 : dropout });
    });
    this.loss = loss;
    this.labelSmoothing = labelSmoothing;
    this.penalty = penalty;
    this.kernels = kernels;
    this.#input = kernels.input(architecture.inputs);
    this.#outputLoss = this.layers[last].loss(loss, labelSmoothing);
  }

  /** A network with freshly drawn weights, and biases at 0. */
  static initialize(
    architecture: Architecture,
    initializer: InitializerName,
    random: Random,
    options: NetworkOptions = {},
  ): Network {
    const network = new Network(architecture, options);
    for (const layer of network.layers) {
      layer.write('weights', initialWeights(initializer, layer.inputs, layer.units, random));
    }
    return network;
  }

  /** A network with the weights of a model: of a file, or a snapshot. */
  static fromModel(model: NetworkModel, options: NetworkOptions = {}): Network {
    checkModel(model);
    const network = new Network({ inputs: model.layers[0].inputs, layers: model.layers }, options);
    network.restore(model);
    return network;
  }

  /** The output layer's activations for the given rows of the examples: (rows × classes). */
  forward(examples: Examples, rows: Uint32Array, dropoutRandom?: Random): Block {
    this.#X = this.#input.load(examples, rows);
    let A = this.#X;
    for (const layer of this.layers) {
      A = layer.forward(A, dropoutRandom);
    }
    return A;
  }

  /**
   * Forward on a batch with labels, keeping what `backward` will need.
   *
   * @param dropoutRandom switches dropout on, and is what the units to drop are drawn from
   */
  forwardWithLoss(examples: Examples, rows: Uint32Array, dropoutRandom?: Random): BatchResult {
    this.forward(examples, rows, dropoutRandom);
    this.#labels = gatherLabels(examples, rows);
    const { sum, correct } = this.#outputLoss.measure(this.#labels);
    return { loss: sum / rows.length + this.penaltyLoss(rows.length), accuracy: correct / rows.length };
  }

  /** δ and the gradients of every layer, for the batch that `forwardWithLoss` has just seen. */
  backward(): void {
    const { layers } = this;
    // #region network-backward
    let gradient = this.#outputLoss.gradient(this.#labels);
    let of = this.#outputLoss.gradientOf; // ∂loss/∂Z from cross-entropy, ∂loss/∂A from squared error
    for (let l = layers.length - 1; l >= 0; l--) {
      layers[l].backward(gradient, of, this.penalty);
      if (l > 0) gradient = layers[l].inputGradient();
      of = 'activation';
    }
    // #endregion
  }

  /**
   * ∂loss/∂x of the batch that `backward` has just seen, each example's own: a copy, (rows × inputs). Backprop one step further than
   * learning needs. Whole for batches of up to 15 (`DenseLayer.inputGradient`).
   */
  inputGradient(): Real {
    return this.layers[0].inputGradient().copy();
  }

  /** One step of the optimiser in every layer. */
  update(rule: UpdateRule): void {
    for (const layer of this.layers) layer.update(rule);
  }

  /** What the penalty on the weights adds to the mean loss of a batch of so many examples. */
  penaltyLoss(examples: number): number {
    const { l1, l2 } = this.penalty;
    if (l1 === 0 && l2 === 0) return 0;
    let sum = 0;
    for (const layer of this.layers) sum += penaltyLoss(this.penalty, layer.weightSums(), examples);
    return sum;
  }

  /** The outputs for all the examples: (count × classes); probabilities when the output is a softmax. */
  predict(examples: Examples): Real {
    checkExamples(examples, this.inputs);
    const outputs = new Float64Array(examples.count * this.classes);
    for (const rows of batches(examples.count, EVALUATION_BATCH)) {
      outputs.set(this.forward(examples, rows).copy(), rows[0] * this.classes);
    }
    return outputs;
  }

  /** Accuracy, mean loss and confusion matrix. */
  evaluate(examples: Examples): Evaluation {
    checkExamples(examples, this.inputs, this.classes);
    const { classes } = this;
    const confusion = new Uint32Array(classes * classes);
    let [lossSum, right] = [0, 0];
    for (const rows of batches(examples.count, EVALUATION_BATCH)) {
      const outputs = this.forward(examples, rows).copy();
      const labels = gatherLabels(examples, rows);
      const { sum, correct } = this.#outputLoss.measure(labels);
      lossSum += sum;
      right += correct;
      for (let i = 0; i < rows.length; i++) {
        const predicted = predictedClass(outputs, classes, i);
        if (predicted >= 0) confusion[labels[i] * classes + predicted]++;
      }
    }
    const { count } = examples;
    return { count, loss: lossSum / count, accuracy: right / count, confusion };
  }

  /** A copy of all the parameters, as a file or a snapshot holds them. */
  toModel(): NetworkModel {
    return {
      layers: this.layers.map((layer) => ({
        inputs: layer.inputs,
        units: layer.units,
        activation: layer.activation,
        weights: layer.read('weights'),
        bias: layer.read('bias'),
      })),
    };
  }

  /**
   * Takes over the parameters of a model of the same shape.
   *
   * @throws RangeError when a layer is missing, too many or of another shape, or a parameter is not finite, naming which;
   * then the network is as it was
   */
  restore(model: NetworkModel): void {
    checkModel(model);
    const shapes = [model.layers, this.layers].map((layers) =>
      [layers[0].inputs, ...layers.map(({ units }) => units)].join('-'),
    );
    if (shapes[0] !== shapes[1]) {
      throw new RangeError(
        `the parameters are those of a network ${shapes[0]}, and this one is ${shapes[1]}`,
      );
    }
    model.layers.forEach((from, l) => {
      this.layers[l].write('weights', from.weights);
      this.layers[l].write('bias', from.bias);
    });
  }

  /** The last batch as the first layer saw it: a copy, (rows × inputs). */
  readInput(): Real {
    return this.#X?.copy() ?? new Float64Array(0);
  }

  /** The gradient of the last batch's loss with which backward begins: a copy, (rows × classes). */
  readOutputGradient(): Real {
    return this.#outputLoss.gradient(this.#labels).copy();
  }
}

/** The rows 0 … count − 1 in order, in batches of at most `size`. */
export function* batches(count: number, size: number): Generator<Uint32Array> {
  for (let start = 0; start < count; start += size) {
    yield Uint32Array.from({ length: Math.min(size, count - start) }, (_, i) => start + i);
  }
}

function gatherLabels(examples: Examples, rows: Uint32Array): Uint8Array {
  const labels = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) labels[i] = examples.labels[rows[i]];
  return labels;
}
