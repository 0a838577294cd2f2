import type { Examples, Precision } from '../nn/examples.ts';
import {
  type GradientComparison,
  type ParameterAddress,
  centralDifference,
  relativeError,
} from '../nn/gradient-check.ts';
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
    const rows = Uint32Array.of(row);
    const loss = () => network.forwardWithLoss(examples, rows).loss;
    loss();
    network.backward();
    const analytic = gradientOf(network, address);
    return epsilons.map((epsilon) => {
      const numeric = centralDifference(network, address, epsilon, loss);
      return {
        ...address,
        analytic,
        numeric,
        relativeError: relativeError(analytic, numeric),
        precision,
        epsilon,
      };
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
 * @param offsets what is added to the parameter, one forward pass each; told the gradient
 */
export function lossAlong(
  model: NetworkModel,
  examples: Examples,
  row: number,
  address: ParameterAddress,
  offsets: (gradient: number) => readonly number[],
): LossAlong {
  const { layer, parameter, index } = address;
  const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
  const rows = Uint32Array.of(row);
  const { loss } = network.forwardWithLoss(examples, rows);
  network.backward();
  const gradient = gradientOf(network, address);
  const target = network.layers[layer];
  const value = target.readOne(parameter, index);
  const losses = offsets(gradient).map((offset) => {
    target.writeOne(parameter, index, value + offset);
    return network.forwardWithLoss(examples, rows).loss;
  });
  return { value, gradient, loss, losses };
}

/** As `backward` has left it. */
function gradientOf(network: Network, { layer, parameter, index }: ParameterAddress): number {
  return network.layers[layer].read(parameter === 'weights' ? 'weightGradient' : 'biasGradient')[index];
}
