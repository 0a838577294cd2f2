import type { NetworkModel } from '../../lib/nn/model.ts';
import { type ReadLayer, assemble } from '../../lib/models/network-file.ts';
import { OWN_CODE, keepLabRun } from './lab-store.ts';

/**
 * Keeps what the reader's code in the cells has trained as a network like any other.
 *
 * @param model as it came from the cells: it may be anything
 * @throws Error that says what is wrong with it, or why it cannot be kept
 */
export async function keepOwnCode(model: NetworkModel): Promise<void> {
  const { layers } = model ?? {};
  if (!Array.isArray(layers) || !layers.every(isLayer)) throw new Error('that is no network');
  const file = assemble(layers, { loss: 'cross-entropy', title: 'Your own code’s' });
  const [inputs, units] = [layers[0].inputs, layers.at(-1)!.units];
  if (inputs !== 784 || units !== 10) {
    throw new Error(
      `it reads ${inputs} numbers and has ${units} outputs; digits are 784 pixels in 10 classes`,
    );
  }
  const small = file.model.layers.map((layer) => ({
    ...layer,
    weights: Float32Array.from(layer.weights),
    bias: Float32Array.from(layer.bias),
  }));
  const run = { id: OWN_CODE, name: 'your own code’s', points: [], epochs: [] };
  await keepLabRun({ ...run, file: { ...file, model: { layers: small } } });
}

function isLayer(value: unknown): value is ReadLayer {
  const { inputs, units, activation, weights, bias } = (value ?? {}) as Record<string, unknown>;
  return (
    [inputs, units].every((size) => Number.isSafeInteger(size) && (size as number) > 0) &&
    (activation === 'relu' || activation === 'softmax') &&
    weights instanceof Float64Array &&
    bias instanceof Float64Array
  );
}
