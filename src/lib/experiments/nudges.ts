import type { Examples, Real } from '../nn/examples.ts';
import type { ParameterAddress } from '../nn/gradient-check.ts';
import { activate, affine, softmax } from '../nn/kernels/reference.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';
import type { Layer } from '../nn/layer.ts';
import type { OutputLoss } from '../nn/losses.ts';
import { Matrix } from '../nn/matrix.ts';
import type { NetworkModel } from '../nn/model.ts';
import { Network } from '../nn/network.ts';

/** A parameter, and its slope as two nudges measure it. */
export interface Nudged extends ParameterAddress {
  /** (L(θ + ε) − L(θ − ε)) / 2ε, from two forward passes. */
  readonly numeric: number;
}

/** Forward passes for all parameters: two each. */
export function passesFor({ layers }: NetworkModel): number {
  return 2 * layers.reduce((count, { weights, bias }) => count + weights.length + bias.length, 0);
}

/**
 * The gradient of every parameter for one example, by nothing but forward passes: each is nudged by ±ε, and the
 * cross-entropy read off. In float64 and plain loops, on a network of its own.
 *
 * What a nudge cannot have changed is not computed anew: a pass begins at the one sum that the parameter goes into, with
 * all of its products, and goes on through its layer's activations and every layer after it.
 *
 * A generator, so that its caller may show how far it is, and stop. A layer's weights come input by input, for all its
 * units in turn; then its biases.
 */
export function* nudgeEveryParameter(
  model: NetworkModel,
  examples: Examples,
  row: number,
  epsilon = 1e-5,
): Generator<Nudged, void> {
  const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
  const rows = Uint32Array.of(row);
  const short = new ShortPass(network, Uint8Array.of(examples.labels[row]));
  for (const [layer, target] of network.layers.entries()) {
    network.forward(examples, rows);
    for (let input = 0; input <= target.inputs; input++) {
      for (let unit = 0; unit < target.units; unit++) {
        const parameter = input < target.inputs ? 'weights' : 'bias';
        const index = input < target.inputs ? unit * target.inputs + input : unit;
        const kept = target.readOne(parameter, index);
        target.writeOne(parameter, index, kept + epsilon);
        const above = short.loss(layer, unit);
        target.writeOne(parameter, index, kept - epsilon);
        const below = short.loss(layer, unit);
        target.writeOne(parameter, index, kept);
        yield { layer, parameter, index, numeric: (above - below) / (2 * epsilon) };
      }
    }
  }
}

/** Forward passes that begin at one unit, over what the network's last whole pass has left in its layers. */
class ShortPass {
  readonly #layers: readonly Layer[];
  readonly #loss: OutputLoss;
  readonly #labels: Uint8Array;
  /** Row j of a layer's W as a matrix of its own, over the same memory, and its bias. */
  readonly #units: readonly (readonly { readonly W: Matrix; readonly b: Real }[])[];
  readonly #z = new Matrix('float64', 1, 1);

  /** @param network on the plain kernels, whose layers are open to us */
  constructor(network: Network, labels: Uint8Array) {
    this.#layers = network.layers as readonly Layer[];
    this.#loss = this.#layers[this.#layers.length - 1].loss(network.loss, 0);
    this.#labels = labels;
    this.#units = this.#layers.map(({ W, b }) =>
      Array.from({ length: W.rows }, (_, unit) => {
        const row = new Matrix(W.precision, 0, W.columns);
        row.values = W.values.subarray(unit * W.columns, (unit + 1) * W.columns);
        row.rows = 1;
        return { W: row, b: b.subarray(unit, unit + 1) };
      }),
    );
  }

  /** The loss, computed from this unit's sum on. */
  loss(at: number, unit: number): number {
    const layer = this.#layers[at];
    const { W, b } = this.#units[at][unit];
    const kept = layer.Z.values[unit];
    affine(layer.A_prev, W, b, this.#z);
    layer.Z.values[unit] = this.#z.values[0];
    if (layer.activation === 'softmax') softmax(layer.Z, layer.A);
    else activate(layer.activation, layer.Z, layer.A);
    let A = layer.A;
    for (let l = at + 1; l < this.#layers.length; l++) A = this.#layers[l].forward(A);
    const { sum } = this.#loss.measure(this.#labels);
    // The next pass may begin at another unit of this layer, and is to find this sum as it was.
    layer.Z.values[unit] = kept;
    return sum;
  }
}
