import { activations } from './activations.ts';
import type { Examples, Real } from './examples.ts';
import { target } from './losses.ts';
import type { Network } from './network.ts';
import { Optimizer } from './optimizers.ts';
import type { Cell, Origin, Quantity } from './origin.ts';
import { noPenalty } from './regularizers.ts';

/** One step of the pass: a whole quantity of one layer comes to be. */
export interface TraceStep {
  readonly direction: 'forward' | 'backward' | 'update';
  readonly quantity: Quantity;
  readonly layer: number;
  readonly rows: number;
  readonly columns: number;
  /** The named region of the source whose lines compute it. */
  readonly region: string;
}

export interface Trace {
  readonly steps: readonly TraceStep[];
  /** Layers of weights: the output is layer `depth`. */
  readonly depth: number;
  /** (rows × columns) of a quantity */
  shape(quantity: Quantity, layer: number): readonly [number, number];
  /** All the numbers of a quantity, row-major; the trace's own: not to be written to. */
  values(quantity: Quantity, layer: number): Real;
  value(cell: Cell): number;
  origin(cell: Cell): Origin;
}

/**
 * Runs the network's real forward and backward on one example, and keeps everything that they computed.
 *
 * Without dropout and without the penalty on the weights: the gradients are those of this example's own loss.
 *
 * @param row which of the examples; its label is used, so there is no gradient of an invented one
 * @param learningRate for one step of plain gradient descent after the passes, which the trace takes and takes back:
 *   the network's weights are afterwards what they were. No step when it is left out
 * @throws RangeError when the example or its label does not fit the network
 */
export function trace(network: Network, examples: Examples, row: number, learningRate?: number): Trace {
  if (!(Number.isInteger(row) && row >= 0 && row < examples.count)) {
    throw new RangeError(`there is no example ${row} among ${examples.count}`);
  }
  const label = examples.labels[row]!;
  if (label >= network.classes) {
    throw new RangeError(`label ${label} is not among the network's ${network.classes} classes`);
  }
  return new NetworkTrace(network, examples, row, label, learningRate);
}

/** Quantities that have the same name here and in a layer. */
const keptByLayers = [
  'bias',
  'preActivation',
  'activation',
  'delta',
  'weightGradient',
  'biasGradient',
] as const;

class NetworkTrace implements Trace {
  readonly depth: number;
  readonly steps: readonly TraceStep[];
  readonly #network: Network;
  readonly #learningRate: number | undefined;
  readonly #values = new Map<string, Real>();

  constructor(network: Network, examples: Examples, row: number, label: number, learningRate?: number) {
    this.#network = network;
    this.#learningRate = learningRate;
    this.depth = network.layers.length;
    this.#run(examples, row, label);
    this.steps = [...this.#forwardSteps(), ...this.#backwardSteps(), ...this.#updateSteps()];
  }

  shape(quantity: Quantity, layer: number): readonly [number, number] {
    if (layer === 0) return [this.#network.inputs, 1];
    const { units, inputs } = this.#layer(layer);
    switch (quantity) {
      case 'weight':
      case 'weightGradient':
      case 'updatedWeight':
        return [units, inputs];
      case 'loss':
        return [1, 1];
      default:
        return [units, 1];
    }
  }

  values(quantity: Quantity, layer: number): Real {
    const values = this.#values.get(key(quantity, layer));
    if (!values) throw new RangeError(`the trace has no ${quantity} of layer ${layer}`);
    return values;
  }

  value({ quantity, layer, row, column }: Cell): number {
    return this.values(quantity, layer)[row * this.shape(quantity, layer)[1] + column]!;
  }

  /** Every quantity's rule, said once. */
  origin(cell: Cell): Origin {
    const { quantity, layer, row, column } = cell;
    const own = (of: Quantity): Cell => ({ quantity: of, layer, row, column: 0 });
    switch (quantity) {
      case 'weight':
      case 'bias':
        return { kind: 'given', by: 'parameter' };
      case 'target':
        return { kind: 'given', by: 'example' };
      case 'preActivation': {
        const before = this.#column('activation', layer - 1);
        const products = before.map((a) => [{ quantity: 'weight', layer, row, column: a.row } as const, a]);
        return { kind: 'sum-of-products', terms: [...products, [own('bias')]] };
      }
      case 'activation': {
        if (layer === 0) return { kind: 'given', by: 'example' };
        const name = this.#layer(layer).activation;
        if (name === 'softmax') {
          return { kind: 'softmax', own: own('preActivation'), all: this.#column('preActivation', layer) };
        }
        return { kind: 'activation', name, z: own('preActivation') };
      }
      case 'loss': {
        const outputs = this.#column('activation', layer);
        const y = this.#column('target', layer);
        if (this.#network.loss === 'cross-entropy') return { kind: 'cross-entropy', p: outputs, y };
        return { kind: 'mean-squared-error', a: outputs, y };
      }
      case 'activationGradient': {
        if (layer === this.depth) {
          const classes = this.#network.classes;
          return { kind: 'mean-squared-error-gradient', a: own('activation'), y: own('target'), classes };
        }
        // Into unit `row` of this layer comes the blame of every unit of the next that it feeds: a column of W.
        const blamed = this.#column('delta', layer + 1);
        const terms = blamed.map((delta) => [
          { quantity: 'weight', layer: layer + 1, row: delta.row, column: row } as const,
          delta,
        ]);
        return { kind: 'sum-of-products', terms };
      }
      case 'activationSlope': {
        const name = this.#layer(layer).activation;
        if (name === 'softmax')
          throw new RangeError(`softmax, of layer ${layer}, has no slope for each unit alone`);
        return { kind: 'slope', name, z: own('preActivation'), a: own('activation') };
      }
      case 'delta':
        if (layer === this.depth && this.#network.loss === 'cross-entropy') {
          return { kind: 'difference', from: own('activation'), taken: own('target') };
        }
        if (this.#layer(layer).activation === 'softmax') {
          const [p, dp] = [this.#column('activation', layer), this.#column('activationGradient', layer)];
          return { kind: 'softmax-backward', row, p, dp };
        }
        return { kind: 'sum-of-products', terms: [[own('activationGradient'), own('activationSlope')]] };
      case 'weightGradient': {
        const input: Cell = { quantity: 'activation', layer: layer - 1, row: column, column: 0 };
        return { kind: 'sum-of-products', terms: [[own('delta'), input]] };
      }
      case 'biasGradient':
        return { kind: 'sum-of-products', terms: [[own('delta')]] };
      case 'updatedWeight':
      case 'updatedBias': {
        const [from, gradient] =
          quantity === 'updatedWeight'
            ? (['weight', 'weightGradient'] as const)
            : (['bias', 'biasGradient'] as const);
        const of = (part: Quantity): Cell => ({ ...cell, quantity: part });
        return { kind: 'descent', from: of(from), gradient: of(gradient), learningRate: this.#learningRate! };
      }
    }
  }

  #run(examples: Examples, row: number, label: number): void {
    const { classes, labelSmoothing, layers, penalty } = this.#network;
    this.#network.penalty = noPenalty;
    const { loss } = this.#network.forwardWithLoss(examples, Uint32Array.of(row));
    this.#network.backward();
    this.#network.penalty = penalty;

    const keep = (quantity: Quantity, layer: number, values: Real) =>
      this.#values.set(key(quantity, layer), values);
    keep('activation', 0, this.#network.readInput());
    keep(
      'target',
      this.depth,
      Float64Array.from({ length: classes }, (_, k) => target(label, k, classes, labelSmoothing)),
    );
    keep('loss', this.depth, Float64Array.of(loss));
    layers.forEach((layer, l) => {
      keep('weight', l + 1, layer.read('weights'));
      for (const quantity of keptByLayers) keep(quantity, l + 1, layer.read(quantity));
      if (l > 0) keep('activationGradient', l, layer.inputGradient().copy());
      if (layer.activation !== 'softmax')
        keep('activationSlope', l + 1, this.#slopes(l + 1, layer.activation));
    });
    if (this.#network.loss === 'mean-squared-error') {
      keep('activationGradient', this.depth, this.#network.readOutputGradient());
    }
    if (this.#learningRate !== undefined) this.#takeStep(this.#learningRate);
  }

  /** Reads what one step makes of the parameters, and takes the step back. */
  #takeStep(learningRate: number): void {
    const rule = new Optimizer({ optimizer: 'sgd' }).next(learningRate);
    this.#network.layers.forEach((layer, l) => {
      const averages = layer.readOptimizerState();
      layer.writeOptimizerState([]);
      layer.update(rule);
      this.#values.set(key('updatedWeight', l + 1), layer.read('weights'));
      this.#values.set(key('updatedBias', l + 1), layer.read('bias'));
      layer.write('weights', this.values('weight', l + 1));
      layer.write('bias', this.values('bias', l + 1));
      layer.writeOptimizerState(averages);
    });
  }

  #slopes(layer: number, activation: keyof typeof activations): Real {
    const [z, a] = [this.values('preActivation', layer), this.values('activation', layer)];
    return z.map((value, j) => activations[activation].derivative(value, a[j]!));
  }

  *#forwardSteps(): Generator<TraceStep> {
    for (let layer = 1; layer <= this.depth; layer++) {
      yield this.#step('forward', 'preActivation', layer, 'affine');
      yield this.#step('forward', 'activation', layer, this.#isSoftmax(layer) ? 'softmax' : 'activate');
    }
    yield this.#step('forward', 'loss', this.depth, this.#network.loss);
  }

  *#backwardSteps(): Generator<TraceStep> {
    for (let layer = this.depth; layer > 0; layer--) {
      const isOutput = layer === this.depth;
      if (isOutput && this.#network.loss === 'cross-entropy') {
        yield this.#step('backward', 'delta', layer, 'cross-entropy-gradient');
      } else {
        const region = isOutput ? 'mean-squared-error-gradient' : 'input-gradient';
        yield this.#step('backward', 'activationGradient', layer, region);
        if (!this.#isSoftmax(layer)) yield this.#step('backward', 'activationSlope', layer, 'activations');
        yield this.#step(
          'backward',
          'delta',
          layer,
          this.#isSoftmax(layer) ? 'softmax-backward' : 'activation-backward',
        );
      }
      yield this.#step('backward', 'weightGradient', layer, 'weight-gradient');
      yield this.#step('backward', 'biasGradient', layer, 'bias-gradient');
    }
  }

  *#updateSteps(): Generator<TraceStep> {
    if (this.#learningRate === undefined) return;
    for (let layer = this.depth; layer > 0; layer--) {
      yield this.#step('update', 'updatedWeight', layer, 'update-sgd');
      yield this.#step('update', 'updatedBias', layer, 'update-sgd');
    }
  }

  #step(direction: TraceStep['direction'], quantity: Quantity, layer: number, region: string): TraceStep {
    const [rows, columns] = this.shape(quantity, layer);
    return { direction, quantity, layer, rows, columns, region };
  }

  #column(quantity: Quantity, layer: number): Cell[] {
    const rows = layer === 0 ? this.#network.inputs : this.#layer(layer).units;
    return Array.from({ length: rows }, (_, row) => ({ quantity, layer, row, column: 0 }));
  }

  #isSoftmax(layer: number): boolean {
    return this.#layer(layer).activation === 'softmax';
  }

  #layer(layer: number) {
    return this.#network.layers[layer - 1]!;
  }
}

function key(quantity: Quantity, layer: number): string {
  return `${quantity} ${layer}`;
}
