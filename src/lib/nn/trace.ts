import { activations } from './activations.ts';
import type { Examples, Real } from './examples.ts';
import { target } from './losses.ts';
import type { Network } from './network.ts';
import { Optimizer } from './optimizers.ts';
import type { Cell, Origin, Quantity } from './origin.ts';
import type { Random } from './random.ts';
import { type Penalty, noPenalty, penaltyBatch, penaltySlope } from './regularizers.ts';

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

/** One pass of one example through a network, every number of it open. */
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
  /** What the network was trained with, and what a trace leaves out. */
  readonly leftOut: { readonly dropout: number; readonly penalty: Penalty };
}

/**
 * Runs the network's real forward and backward on one example, and keeps everything that they computed.
 *
 * Without dropout, and without the penalty on the weights unless it is charged: the gradients are those of this example's own loss,
 * and what the penalty adds to them is a quantity of its own.
 *
 * @param row which of the examples; its label is used, so there is no gradient of an invented one
 * @param learningRate for one step of plain gradient descent after the passes, which the trace takes and takes back:
 *   the network's weights are afterwards what they were. No step when it is left out
 * @param isCharged whether the network's penalty on its weights takes part, as on a batch of this example alone
 * @throws RangeError when the example or its label does not fit the network
 */
export function trace(
  network: Network,
  examples: Examples,
  row: number,
  learningRate?: number,
  isCharged = false,
): Trace {
  return new NetworkTrace(network, examples, row, labelAt(network, examples, row), {
    learningRate,
    isCharged,
  });
}

/**
 * As `trace`, and one step further back, through the first weights to the pixels: ∂loss/∂x is the `activationGradient` of layer 0.
 *
 * @throws RangeError when the example or its label does not fit the network
 */
export function traceToInput(network: Network, examples: Examples, row: number): Trace {
  return new NetworkTrace(network, examples, row, labelAt(network, examples, row), { goesToInput: true });
}

function labelAt(network: Network, examples: Examples, row: number): number {
  if (!(Number.isInteger(row) && row >= 0 && row < examples.count)) {
    throw new RangeError(`there is no example ${row} among ${examples.count}`);
  }
  const label = examples.labels[row];
  if (label >= network.classes) {
    throw new RangeError(`label ${label} is not among the network's ${network.classes} classes`);
  }
  return label;
}

/**
 * The forward pass alone, of a picture that nobody has labelled: without a label there is no loss, and nobody to blame.
 *
 * @param dropoutRandom switches the network's dropout on, as in training: then sums are of what was not dropped
 * @param before an earlier trace of this network, which has not learnt since: its weights are taken over, the same arrays, uncopied
 * @throws RangeError when the example does not fit the network
 */
export function traceReading(
  network: Network,
  examples: Examples,
  row: number,
  { dropoutRandom, before }: { readonly dropoutRandom?: Random; readonly before?: Trace | undefined } = {},
): Trace {
  return new NetworkTrace(network, examples, row, undefined, { dropoutRandom, before });
}

/** How a pass is made, beside what goes through it. */
interface PassOptions {
  readonly learningRate?: number | undefined;
  readonly isCharged?: boolean;
  readonly goesToInput?: boolean;
  readonly dropoutRandom?: Random | undefined;
  readonly before?: Trace | undefined;
}

/** Quantities that have the same name here and in a layer. */
const keptForward = ['bias', 'preActivation', 'activation'] as const;
const keptBackward = ['delta', 'weightGradient', 'biasGradient'] as const;

class NetworkTrace implements Trace {
  readonly depth: number;
  readonly steps: readonly TraceStep[];
  readonly leftOut: Trace['leftOut'];
  readonly #network: Network;
  readonly #learningRate: number | undefined;
  readonly #goesToInput: boolean;
  /** What is charged: nothing unless it was asked for. */
  readonly #charged: Penalty;
  readonly #values = new Map<string, Real>();

  constructor(
    network: Network,
    examples: Examples,
    row: number,
    label: number | undefined,
    { learningRate, isCharged = false, goesToInput = false, dropoutRandom, before }: PassOptions,
  ) {
    this.#network = network;
    this.#learningRate = learningRate;
    this.#goesToInput = goesToInput;
    this.depth = network.layers.length;
    // All hidden layers have the same.
    this.leftOut = { dropout: network.layers[0].dropout, penalty: isCharged ? noPenalty : network.penalty };
    this.#charged = isCharged ? network.penalty : noPenalty;
    if (label === undefined) {
      this.#read(examples, row, dropoutRandom, before);
      this.steps = [...this.#forwardSteps()];
    } else {
      this.#run(examples, row, label);
      this.steps = [
        ...this.#forwardSteps(),
        this.#step('forward', 'loss', this.depth, network.loss),
        ...this.#backwardSteps(),
        ...this.#updateSteps(),
      ];
    }
  }

  shape(quantity: Quantity, layer: number): readonly [number, number] {
    if (layer === 0) return [this.#network.inputs, 1];
    const { units, inputs } = this.#layer(layer);
    switch (quantity) {
      case 'weight':
      case 'weightGradient':
      case 'penaltyGradient':
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
    return this.values(quantity, layer)[row * this.shape(quantity, layer)[1] + column];
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
      case 'penaltyGradient':
        return {
          kind: 'price',
          weight: { ...cell, quantity: 'weight' },
          gradient: { ...cell, quantity: 'weightGradient' },
          penalty: { l2: this.#charged.l2, l1: this.#charged.l1 },
          m: penaltyBatch(this.#charged, 1),
        };
      case 'updatedWeight':
      case 'updatedBias': {
        const [from, gradient] =
          quantity === 'updatedWeight'
            ? (['weight', 'weightGradient'] as const)
            : (['bias', 'biasGradient'] as const);
        const of = (part: Quantity): Cell => ({ ...cell, quantity: part });
        return {
          kind: 'descent',
          from: of(from),
          gradient: of(gradient),
          learningRate: this.#learningRate!,
          ...(quantity === 'updatedWeight' &&
            this.#isCharged && { price: of('penaltyGradient'), stopsAtZero: this.#charged.l1 > 0 }),
        };
      }
    }
  }

  #read(examples: Examples, row: number, dropoutRandom: Random | undefined, before: Trace | undefined): void {
    this.#network.forward(examples, Uint32Array.of(row), dropoutRandom);
    this.#keepForward(before);
  }

  #keep(quantity: Quantity, layer: number, values: Real): void {
    this.#values.set(key(quantity, layer), values);
  }

  #keepForward(before?: Trace): void {
    this.#keep('activation', 0, this.#network.readInput());
    this.#network.layers.forEach((layer, l) => {
      this.#keep('weight', l + 1, before?.values('weight', l + 1) ?? layer.read('weights'));
      for (const quantity of keptForward) this.#keep(quantity, l + 1, layer.read(quantity));
    });
  }

  #run(examples: Examples, row: number, label: number): void {
    const { classes, labelSmoothing, layers, penalty } = this.#network;
    this.#network.penalty = noPenalty;
    const { loss } = this.#network.forwardWithLoss(examples, Uint32Array.of(row));
    this.#network.backward();
    this.#network.penalty = penalty;

    this.#keepForward();
    this.#keep(
      'target',
      this.depth,
      Float64Array.from({ length: classes }, (_, k) => target(label, k, classes, labelSmoothing)),
    );
    this.#keep('loss', this.depth, Float64Array.of(loss));
    layers.forEach((layer, l) => {
      for (const quantity of keptBackward) this.#keep(quantity, l + 1, layer.read(quantity));
      if (l > 0 || this.#goesToInput) this.#keep('activationGradient', l, layer.inputGradient().copy());
      if (layer.activation !== 'softmax')
        this.#keep('activationSlope', l + 1, this.#slopes(l + 1, layer.activation));
    });
    if (this.#network.loss === 'mean-squared-error') {
      this.#keep('activationGradient', this.depth, this.#network.readOutputGradient());
    }
    if (this.#isCharged) {
      // The same pass once more, now with the penalty's share in the gradient: the step is to be taken along both.
      this.#network.backward();
      layers.forEach((_, l) => this.#keep('penaltyGradient', l + 1, this.#prices(l + 1)));
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

  #prices(layer: number): Real {
    const gradient = this.values('weightGradient', layer);
    const m = penaltyBatch(this.#charged, 1);
    return this.values('weight', layer).map((w, n) => penaltySlope(this.#charged, m, w, gradient[n]));
  }

  #slopes(layer: number, activation: keyof typeof activations): Real {
    const [z, a] = [this.values('preActivation', layer), this.values('activation', layer)];
    return z.map((value, j) => activations[activation].derivative(value, a[j]));
  }

  *#forwardSteps(): Generator<TraceStep> {
    for (let layer = 1; layer <= this.depth; layer++) {
      yield this.#step('forward', 'preActivation', layer, 'affine');
      yield this.#step('forward', 'activation', layer, this.#isSoftmax(layer) ? 'softmax' : 'activate');
    }
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
      if (this.#isCharged) yield this.#step('backward', 'penaltyGradient', layer, 'add-penalty-gradient');
    }
    if (this.#goesToInput) yield this.#step('backward', 'activationGradient', 0, 'input-gradient');
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

  get #isCharged(): boolean {
    return this.#charged.l2 !== 0 || this.#charged.l1 !== 0;
  }

  #isSoftmax(layer: number): boolean {
    return this.#layer(layer).activation === 'softmax';
  }

  #layer(layer: number) {
    return this.#network.layers[layer - 1];
  }
}

function key(quantity: Quantity, layer: number): string {
  return `${quantity} ${layer}`;
}
