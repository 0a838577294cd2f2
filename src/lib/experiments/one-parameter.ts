import type { Examples, Precision } from '../nn/examples.ts';
import { type GradientComparison, type ParameterAddress, gradientCheck } from '../nn/gradient-check.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';
import type { NetworkModel } from '../nn/model.ts';
import { Network } from '../nn/network.ts';

/** How well nudges of one size agree with backward. */
export interface EpsilonComparison extends GradientComparison {
  readonly precision: Precision;
  readonly epsilon: number;
}

/**
 * Backward's gradient of one parameter against nudges of many sizes, in float32 and in float64.
 *
 * Too large a nudge feels the curve of the loss; too small a one drowns in the rounding of two nearly equal losses.
 */
export function compareEpsilons(
  model: NetworkModel,
  examples: Examples,
  row: number,
  address: ParameterAddress,
  epsilons: readonly number[],
): EpsilonComparison[] {
  return (['float32', 'float64'] as const).flatMap((precision) => {
    const network = Network.fromModel(model, { kernels: referenceKernels(precision) });
    return epsilons.map((epsilon) => {
      const options = { epsilon, only: [address] };
      const [comparison] = gradientCheck(network, examples, Uint32Array.of(row), options);
      return { ...comparison!, precision, epsilon };
    });
  });
}

/** From 1e-1 down to 1e-12, `perDecade` sizes for each power of ten. */
export function epsilonsDown(perDecade: number): number[] {
  return Array.from({ length: 11 * perDecade + 1 }, (_, n) => 10 ** (-1 - n / perDecade));
}

/** Loss where one parameter is moved and all the others stay, and the tangent there. */
export interface LossAlong {
  /** The parameter as it is, its gradient and the loss there. */
  readonly value: number;
  readonly gradient: number;
  readonly loss: number;
  /** The loss with the parameter at the given values, each from a forward pass of its own. */
  readonly losses: readonly number[];
}

/**
 * Walks along one parameter. In float64; on a network of its own.
 *
 * @param offsets what is added to the parameter, one forward pass each
 */
export function lossAlong(
  model: NetworkModel,
  examples: Examples,
  row: number,
  { layer, parameter, index }: ParameterAddress,
  offsets: readonly number[],
): LossAlong {
  const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
  const rows = Uint32Array.of(row);
  const { loss } = network.forwardWithLoss(examples, rows);
  network.backward();
  const target = network.layers[layer];
  const gradient = target.read(parameter === 'weights' ? 'weightGradient' : 'biasGradient')[index];
  const value = target.readOne(parameter, index);
  const losses = offsets.map((offset) => {
    target.writeOne(parameter, index, value + offset);
    return network.forwardWithLoss(examples, rows).loss;
  });
  return { value, gradient, loss, losses };
}
