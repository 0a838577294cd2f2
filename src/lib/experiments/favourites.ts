import type { Examples } from '../nn/examples.ts';
import type { Network } from '../nn/network.ts';

/** The examples that a unit of the first layer answers to most. */
export interface Favourites {
  /** Rows of the examples, the strongest first; of equal ones the earlier. */
  readonly rows: Uint32Array;
  /** The unit's output for each of them. */
  readonly outputs: Float64Array;
  /** (inputs): the mean of these examples, as the network is given them. */
  readonly mean: Float64Array;
  /** The mean of the unit's sums z over them. Sums being linear, it is also the sum of their mean. */
  readonly meanSum: number;
  /** Over all examples: the unit's mean output, and the share on which it is silent (0 or less). */
  readonly meanOutput: number;
  readonly silent: number;
}

/**
 * For each unit of the first layer the examples that excite it most.
 *
 * @param most how many of them, at most all
 */
export function favouritesOfUnits(network: Network, examples: Examples, most: number): Favourites[] {
  const [layer] = network.layers;
  const { units } = layer;
  network.forward(
    examples,
    Uint32Array.from({ length: examples.count }, (_, row) => row),
  );
  const outputs = layer.read('activation');
  return Array.from({ length: units }, (_, unit) => {
    const own = Float64Array.from({ length: examples.count }, (_, row) => outputs[row * units + unit]);
    const rows = Uint32Array.from(own.keys())
      .sort((a, b) => own[b] - own[a] || a - b)
      .slice(0, most);
    return {
      rows,
      outputs: Float64Array.from(rows, (row) => own[row]),
      ...meansOver(network, examples, rows, unit),
      meanOutput: own.reduce((sum, output) => sum + output, 0) / own.length,
      silent: own.reduce((count, output) => count + (output <= 0 ? 1 : 0), 0) / own.length,
    };
  });
}

function meansOver(network: Network, examples: Examples, rows: Uint32Array, unit: number) {
  network.forward(examples, rows);
  const [inputs, sums] = [network.readInput(), network.layers[0].read('preActivation')];
  const mean = new Float64Array(network.inputs);
  let meanSum = 0;
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < mean.length; k++) mean[k] += inputs[i * mean.length + k] / rows.length;
    meanSum += sums[i * network.layers[0].units + unit] / rows.length;
  }
  return { mean, meanSum };
}
