import type { Examples } from '../nn/examples.ts';
import { exponential, logarithm } from '../nn/elementary.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type BackwardRules, type LayerPass, rightRules } from './backward.ts';
import { type FaultName, faultOf } from './faults.ts';

/** Mean gradients of one batch: for each layer of W (units × inputs) and of b (units). */
export interface Gradients {
  readonly weights: readonly Float64Array[];
  readonly bias: readonly Float64Array[];
}

/** What came of one pass over some examples: the loss, and how many were read right. */
export interface Passed {
  /** Mean cross-entropy, and how many were read right. */
  readonly loss: number;
  readonly correct: number;
}

interface PatientLayer extends LayerPass {
  readonly b: Float64Array;
}

/**
 * A network with a backward of its own, which may be ill: ReLU layers and a softmax, one example at a time, in float64. Pixels
 * that are 0 are passed over, in forward and in the gradient: they add nothing.
 */
export class Patient {
  readonly fault: FaultName | undefined;
  readonly #layers: readonly PatientLayer[];
  readonly #rules: BackwardRules;
  readonly #inked: Uint16Array;
  #inkedCount = 0;
  readonly #all: Uint16Array;
  #divisor = 1;

  /** @param seed of what a fault draws by lot */
  constructor(model: NetworkModel, fault: FaultName | undefined, seed = 1) {
    this.fault = fault;
    this.#rules = fault ? { ...rightRules, ...faultOf(fault).rules(seed) } : rightRules;
    const inputs = model.layers[0].inputs;
    let before = new Float64Array(inputs);
    this.#layers = model.layers.map((layer): PatientLayer => {
      const { units } = layer;
      const vector = () => new Float64Array(units);
      const aPrev = before;
      before = vector();
      return {
        inputs: layer.inputs,
        units,
        W: Float64Array.from(layer.weights),
        b: Float64Array.from(layer.bias),
        aPrev,
        z: vector(),
        a: before,
        delta: vector(),
        dA: vector(),
        dW: new Float64Array(units * layer.inputs),
        db: vector(),
      };
    });
    this.#inked = new Uint16Array(inputs);
    this.#all = Uint16Array.from(
      { length: Math.max(...model.layers.map((layer) => layer.units)) },
      (_, k) => k,
    );
  }

  /** Forward and backward on some examples, their gradients summed up. */
  pass(examples: Examples, rows: ArrayLike<number>): Passed {
    const last = this.#layers.at(-1)!;
    for (const layer of this.#layers) this.#rules.clear(layer);
    let [loss, correct] = [0, 0];
    for (let i = 0; i < rows.length; i++) {
      const label = examples.labels[rows[i]];
      this.#forward(examples, rows[i]);
      loss -= logarithm(Math.max(last.a[label], Number.MIN_VALUE));
      if (largest(last.a) === label) correct++;
      this.#backward(label);
    }
    this.#divisor = this.#rules.divisor(rows.length);
    return { loss: loss / rows.length, correct };
  }

  /** W −= η·dW and b −= η·db, with what the last pass has left. */
  step(learningRate: number): void {
    const factor = learningRate / this.#divisor;
    for (const { W, b, dW, db } of this.#layers) {
      for (let n = 0; n < W.length; n++) W[n] -= factor * dW[n];
      for (let n = 0; n < b.length; n++) b[n] -= factor * db[n];
    }
  }

  /** What this backward takes for the gradients of the last pass: copies. */
  gradients(): Gradients {
    const divided = (values: Float64Array) => values.map((value) => value / this.#divisor);
    return {
      weights: this.#layers.map(({ dW }) => divided(dW)),
      bias: this.#layers.map(({ db }) => divided(db)),
    };
  }

  /** How many of the examples are read right. */
  countRight(examples: Examples): number {
    let right = 0;
    for (let row = 0; row < examples.count; row++) {
      this.#forward(examples, row);
      if (largest(this.#layers.at(-1)!.a) === examples.labels[row]) right++;
    }
    return right;
  }

  /** The first-layer weights, (units × inputs): a copy. */
  firstWeights(): Float32Array {
    return Float32Array.from(this.#layers[0].W);
  }

  #forward({ values, width }: Examples, row: number): void {
    const layers = this.#layers;
    const x = layers[0].aPrev;
    const scale = values instanceof Uint8Array ? 255 : 1;
    this.#inkedCount = 0;
    for (let k = 0; k < width; k++) {
      const value = values[row * width + k];
      x[k] = value / scale;
      if (value !== 0) this.#inked[this.#inkedCount++] = k;
    }
    layers.forEach((layer, l) => {
      const { W, b, aPrev, z, a, inputs, units } = layer;
      const isFirst = l === 0;
      for (let j = 0; j < units; j++) {
        let sum = b[j];
        const start = j * inputs;
        if (isFirst) {
          for (let n = 0; n < this.#inkedCount; n++) sum += W[start + this.#inked[n]] * aPrev[this.#inked[n]];
        } else {
          for (let k = 0; k < inputs; k++) sum += W[start + k] * aPrev[k];
        }
        z[j] = sum;
        a[j] = sum > 0 ? sum : 0;
      }
    });
    softmaxInto(layers.at(-1)!);
  }

  #backward(label: number): void {
    const layers = this.#layers;
    const rules = this.#rules;
    rules.outputDelta(layers.at(-1)!, label);
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l];
      if (l < layers.length - 1) {
        rules.passBack(layers[l + 1], layer);
        rules.bend(layer, l, layers);
      }
      if (l === 0) rules.addWeights(layer, this.#inked, this.#inkedCount);
      else rules.addWeights(layer, this.#all, layer.inputs);
      rules.addBias(layer);
    }
  }
}

function softmaxInto({ z, a }: LayerPass): void {
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < z.length; k++) max = Math.max(max, z[k]);
  let sum = 0;
  for (let k = 0; k < z.length; k++) sum += a[k] = exponential(z[k] - max);
  for (let k = 0; k < z.length; k++) a[k] /= sum;
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}
