/*
 * A copy of backward for the clinic, one example at a time, taken apart into the rules that it is made of: so that a
 * patient may have one of them wrong. Networks of ReLU with a softmax and cross-entropy at the end. The library's own
 * backward has no switches; that this copy computes the same is tested.
 */

/** What one layer has at hand while the blame comes back through it. */
export interface LayerPass {
  readonly inputs: number;
  readonly units: number;
  /** (units × inputs) */
  readonly W: Float64Array;
  /** (inputs), (units) and (units): of the example under way. */
  readonly aPrev: Float64Array;
  readonly z: Float64Array;
  readonly a: Float64Array;
  /** (units): the blame, as the rules make it. */
  readonly delta: Float64Array;
  /** (units): of the layer's outputs, where there is a layer after it. */
  readonly dA: Float64Array;
  /** Sums of the batch's gradients: (units × inputs) and (units). */
  readonly dW: Float64Array;
  readonly db: Float64Array;
}

/** The rules of backward, each one equation. */
export interface BackwardRules {
  /** δ of the output, from the probabilities and the label. */
  outputDelta(last: LayerPass, label: number): void;
  /** dA of the layer before, from this layer's δ. */
  passBack(layer: LayerPass, before: LayerPass): void;
  /** δ of a hidden layer, from its dA. `at` counts from 0; `all` are the network's layers. */
  bend(layer: LayerPass, at: number, all: readonly LayerPass[]): void;
  /** Adds the example's share to dW. `inked` are the inputs that are not 0. */
  addWeights(layer: LayerPass, inked: ArrayLike<number>, count: number): void;
  addBias(layer: LayerPass): void;
  /** What the batch's sums are divided by. */
  divisor(batch: number): number;
  /** Before a batch: the sums of the one before are done with. */
  clear(layer: LayerPass): void;
}

export const rightRules: BackwardRules = {
  outputDelta({ a, delta }, label) {
    for (let k = 0; k < delta.length; k++) delta[k] = a[k] - (k === label ? 1 : 0);
  },
  passBack({ W, delta, inputs, units }, before) {
    before.dA.fill(0);
    for (let j = 0; j < units; j++) {
      for (let k = 0; k < inputs; k++) before.dA[k] += W[j * inputs + k] * delta[j];
    }
  },
  bend({ z, dA, delta }) {
    for (let j = 0; j < delta.length; j++) delta[j] = dA[j] * (z[j] > 0 ? 1 : 0);
  },
  addWeights({ delta, aPrev, dW, inputs, units }, inked, count) {
    for (let j = 0; j < units; j++) {
      const blame = delta[j];
      if (blame === 0) continue;
      const row = j * inputs;
      for (let n = 0; n < count; n++) dW[row + inked[n]] += blame * aPrev[inked[n]];
    }
  },
  addBias({ delta, db }) {
    for (let j = 0; j < db.length; j++) db[j] += delta[j];
  },
  divisor: (batch) => batch,
  clear({ dW, db }) {
    dW.fill(0);
    db.fill(0);
  },
};
