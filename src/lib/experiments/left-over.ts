import type { Examples, Real } from '../nn/examples.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';
import type { NetworkModel } from '../nn/model.ts';
import { Network } from '../nn/network.ts';

/** One layer's gradients: (units × inputs), and (units). */
interface Gradients {
  readonly weights: Real;
  readonly bias: Real;
}

/** What becomes of a step when the gradients of the one before are not cleared. */
export interface LeftOver {
  /** ∂W of the first layer, (units × inputs): of the first example, of the second, and what lies there when nobody clears. */
  readonly first: Real;
  readonly second: Real;
  readonly notCleared: Real;
  /** The second example's loss before its step, and after a step along each. */
  readonly before: number;
  readonly afterCleared: number;
  readonly afterNotCleared: number;
}

/**
 * Two examples, one after the other: the step for the second with its own gradient, and with the first's still in it.
 *
 * In float64, and from the same weights both times.
 */
export function leftOver(
  model: NetworkModel,
  first: Examples,
  second: Examples,
  learningRate: number,
): LeftOver {
  const gradientsOf = (examples: Examples): Gradients[] => {
    const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
    network.forwardWithLoss(examples, Uint32Array.of(0));
    network.backward();
    return network.layers.map((layer) => ({
      weights: layer.read('weightGradient'),
      bias: layer.read('biasGradient'),
    }));
  };
  const [one, two] = [gradientsOf(first), gradientsOf(second)];
  const added = two.map(({ weights, bias }, l) => ({
    weights: sum(weights, one[l].weights),
    bias: sum(bias, one[l].bias),
  }));
  const lossAfter = (gradients: readonly Gradients[] | undefined) => {
    const layers = model.layers.map((layer, l) => ({
      ...layer,
      weights: stepped(layer.weights, gradients?.[l].weights, learningRate),
      bias: stepped(layer.bias, gradients?.[l].bias, learningRate),
    }));
    const network = Network.fromModel({ layers }, { kernels: referenceKernels('float64') });
    return network.forwardWithLoss(second, Uint32Array.of(0)).loss;
  };
  return {
    first: one[0].weights,
    second: two[0].weights,
    notCleared: added[0].weights,
    before: lossAfter(undefined),
    afterCleared: lossAfter(two),
    afterNotCleared: lossAfter(added),
  };
}

function sum(a: Real, b: Real): Float64Array {
  return Float64Array.from(a, (value, n) => value + b[n]);
}

function stepped(values: Real, gradient: Real | undefined, learningRate: number): Float64Array {
  return Float64Array.from(values, (value, n) => value - learningRate * (gradient?.[n] ?? 0));
}
