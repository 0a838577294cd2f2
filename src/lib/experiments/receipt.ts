import type { Examples } from '../nn/examples.ts';
import type { NetworkModel } from '../nn/model.ts';
import { Network } from '../nn/network.ts';
import { trace } from '../nn/trace.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';

/** One update of a network for one example, with every number that it was made of: to be checked elsewhere. */
export interface Receipt {
  readonly what: string;
  readonly learning_rate: number;
  readonly label: number;
  /** (inputs), in [0, 1] */
  readonly x: readonly number[];
  readonly loss: number;
  readonly layers: readonly ReceiptLayer[];
}

/** A layer in a receipt: all its numbers before, during and after one step, as nested lists. */
export interface ReceiptLayer {
  readonly activation: string;
  /** (units × inputs), a list of rows, and (units). */
  readonly W: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly z: readonly number[];
  readonly a: readonly number[];
  readonly delta: readonly number[];
  readonly dW: readonly (readonly number[])[];
  readonly db: readonly number[];
  readonly W_after: readonly (readonly number[])[];
  readonly b_after: readonly number[];
}

/** Everything that one step of plain gradient descent computes, in float64. ReLU layers with a softmax at the end. */
export function makeReceipt(
  model: NetworkModel,
  examples: Examples,
  row: number,
  learningRate: number,
): Receipt {
  const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
  const { loss } = network.forwardWithLoss(examples, Uint32Array.of(row));
  const pass = trace(network, examples, row, learningRate);
  const list = (values: ArrayLike<number>) => Array.from(values);
  const rows = (values: ArrayLike<number>, columns: number) =>
    Array.from({ length: values.length / columns }, (_, j) =>
      list(Array.prototype.slice.call(values, j * columns, (j + 1) * columns)),
    );
  return {
    what: 'One step of gradient descent on one digit: forward, backward, update. Every number is here.',
    learning_rate: learningRate,
    label: examples.labels[row],
    x: list(pass.values('activation', 0)),
    loss,
    layers: model.layers.map(({ activation, inputs }, l) => ({
      activation,
      W: rows(pass.values('weight', l + 1), inputs),
      b: list(pass.values('bias', l + 1)),
      z: list(pass.values('preActivation', l + 1)),
      a: list(pass.values('activation', l + 1)),
      delta: list(pass.values('delta', l + 1)),
      dW: rows(pass.values('weightGradient', l + 1), inputs),
      db: list(pass.values('biasGradient', l + 1)),
      W_after: rows(pass.values('updatedWeight', l + 1), inputs),
      b_after: list(pass.values('updatedBias', l + 1)),
    })),
  };
}
