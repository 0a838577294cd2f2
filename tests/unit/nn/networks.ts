import type { ActivationName } from '../../../src/lib/nn/activations.ts';
import type { Examples } from '../../../src/lib/nn/examples.ts';
import { Network, type NetworkOptions } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';

/** Random real-valued examples, between −1 and 1, with a label each. */
export function randomExamples(count: number, width: number, classes: number, seed = 1): Examples {
  const random = new Random(seed);
  return {
    count,
    width,
    values: Float64Array.from({ length: count * width }, () => random.between(-1, 1)),
    labels: Uint8Array.from({ length: count }, () => random.below(classes)),
  };
}

export const rowsOf = ({ count }: Examples): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

/** A network of these sizes, inputs first, whose biases too are drawn at random: zeros hide mistakes. */
export function randomNetwork(
  sizes: readonly number[],
  hidden: ActivationName,
  output: ActivationName,
  options: NetworkOptions = {},
  seed = 2,
): Network {
  const random = new Random(seed);
  const [inputs, ...units] = sizes as [number, ...number[]];
  const layers = units.map((n, l) => ({ units: n, activation: l === units.length - 1 ? output : hidden }));
  const network = Network.initialize({ inputs, layers }, 'xavier', random, options);
  for (const layer of network.layers) {
    layer.write(
      'bias',
      Float64Array.from({ length: layer.units }, () => random.between(-0.3, 0.3)),
    );
  }
  return network;
}
