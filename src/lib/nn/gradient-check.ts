import type { Examples } from './examples.ts';
import type { Parameter } from './kernels/kernels.ts';
import type { Network } from './network.ts';
import { Random } from './random.ts';

/** One number of a network that training can change. */
export interface ParameterAddress {
  /** 0 for the first layer of weights. */
  readonly layer: number;
  readonly parameter: Parameter;
  /** unit × inputs + input for a weight, unit for a bias */
  readonly index: number;
}

/** A parameter's slope by backward and by nudging, and how far apart the two are. */
export interface GradientComparison extends ParameterAddress {
  /** What `backward` says. */
  readonly analytic: number;
  /** (L(θ + ε) − L(θ − ε)) / 2ε, from two forward passes. */
  readonly numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|, 1e-8), so that two zeros agree. */
  readonly relativeError: number;
}

/**
 * Checks `backward` against nudges: each parameter is moved by ±ε and the loss computed anew (central differences,
 * whose error falls with ε² until rounding takes over).
 *
 * Yields parameter by parameter, so that a caller can show progress and stop; the network is left as it was. Use a
 * network on float64 kernels where the numbers are to agree closely.
 *
 * @param only the parameters to check; every one when left out
 * @param dropoutSeed switches dropout on, with the same units dropped at every pass
 */
export function* gradientCheck(
  network: Network,
  examples: Examples,
  rows: Uint32Array,
  {
    epsilon = 1e-5,
    only,
    dropoutSeed,
  }: { epsilon?: number; only?: ParameterAddress[]; dropoutSeed?: number } = {},
): Generator<GradientComparison, void> {
  const loss = () => {
    const dropout = dropoutSeed === undefined ? undefined : new Random(dropoutSeed);
    return network.forwardWithLoss(examples, rows, dropout).loss;
  };
  loss();
  network.backward();
  const gradients = network.layers.map((layer) => ({
    weights: layer.read('weightGradient'),
    bias: layer.read('biasGradient'),
  }));

  for (const address of only ?? everyParameter(network)) {
    const numeric = centralDifference(network, address, epsilon, loss);
    const analytic = gradients[address.layer][address.parameter][address.index];
    yield { ...address, analytic, numeric, relativeError: relativeError(analytic, numeric) };
  }
}

/**
 * The slope of the loss along one parameter from two nudges, which is put back as it was.
 *
 * @param loss computed anew, with the network as it is then
 */
export function centralDifference(
  network: Network,
  { layer, parameter, index }: ParameterAddress,
  epsilon: number,
  loss: () => number,
): number {
  const target = network.layers[layer];
  const kept = target.readOne(parameter, index);
  target.writeOne(parameter, index, kept + epsilon);
  const above = loss();
  target.writeOne(parameter, index, kept - epsilon);
  const below = loss();
  target.writeOne(parameter, index, kept);
  return (above - below) / (2 * epsilon);
}

/** Where each parameter stands: layer by layer its weights, row by row, then its biases. */
export function* everyParameter(network: Network): Generator<ParameterAddress> {
  for (const [layer, { inputs, units }] of network.layers.entries()) {
    for (let index = 0; index < units * inputs; index++) yield { layer, parameter: 'weights', index };
    for (let index = 0; index < units; index++) yield { layer, parameter: 'bias', index };
  }
}

/** How far apart two gradients are, as a share of the larger. */
export function relativeError(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-8);
}
