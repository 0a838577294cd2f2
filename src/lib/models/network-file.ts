import { type ActivationName, activationNames } from '../nn/activations.ts';
import { type LossName, lossNames } from '../nn/losses.ts';
import type { LayerModel, NetworkModel } from '../nn/model.ts';
import { checkModel } from '../nn/validation.ts';

/** What is known of a network beside its numbers: how it came to be, and how good it is. */
export interface NetworkMetadata {
  readonly loss: LossName;
  /** A name for people, such as "The shipped network". */
  readonly title?: string;
  /** The options of its training that are not the default, as their table writes them. */
  readonly training?: Readonly<Record<string, string>>;
  /** What it was trained on. */
  readonly data?: string;
  readonly epochs?: number;
  /** Shares in [0, 1] and losses, by name: `testAccuracy`. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A network as a file holds it. */
export interface NetworkFile {
  readonly model: NetworkModel;
  readonly metadata: NetworkMetadata;
}

/** A file that is no network, or a damaged one: the message says what is wrong and where. Nothing was loaded. */
export class NetworkFileError extends Error {
  override name = 'NetworkFileError';
}

/** The largest file that is looked at: twenty times the largest network that the site trains. */
export const MOST_BYTES = 200_000_000;
export const MOST_LAYERS = 64;

export interface ReadLayer {
  readonly units: number;
  readonly inputs: number;
  readonly activation: string;
  readonly weights: Float32Array | Float64Array;
  readonly bias: Float32Array | Float64Array;
}

/**
 * Puts what a reader found together: every reader ends here, so that every format is checked alike.
 *
 * @throws NetworkFileError for an unknown activation, layers that do not chain, and numbers that are missing or not finite
 */
export function assemble(layers: readonly ReadLayer[], metadata: NetworkMetadata): NetworkFile {
  if (layers.length === 0) throw new NetworkFileError('the file holds no layers');
  if (layers.length > MOST_LAYERS)
    throw new NetworkFileError(`the file has ${layers.length} layers; ${MOST_LAYERS} is the most`);
  const model = {
    layers: layers.map((layer, l): LayerModel => ({ ...layer, activation: activationOf(layer, l) })),
  };
  try {
    checkModel(model);
  } catch (error) {
    throw new NetworkFileError((error as Error).message);
  }
  const inside = model.layers.findIndex(
    ({ activation }, l) => activation === 'softmax' && l < layers.length - 1,
  );
  if (inside >= 0)
    throw new NetworkFileError(`layer ${inside + 1} has softmax, which only the last layer can have`);
  return { model, metadata };
}

/** The loss that goes with an output where a file does not say. */
export function usualLoss(output: string): LossName {
  return output === 'softmax' ? 'cross-entropy' : 'mean-squared-error';
}

/** Metadata from what a file says: what is not of the expected kind is left out, a loss that cannot be is an error. */
export function readMetadata(value: Readonly<Record<string, unknown>>, output: string): NetworkMetadata {
  const loss = value['loss'] ?? usualLoss(output);
  if (!lossNames.includes(loss as LossName))
    throw new NetworkFileError(`the file names an unknown loss, "${String(loss)}"`);
  if (loss === 'cross-entropy' && output !== 'softmax') {
    throw new NetworkFileError(
      `the file's loss is cross-entropy, which needs a softmax output, not ${output}`,
    );
  }
  const text = (name: string) => (typeof value[name] === 'string' ? { [name]: value[name] } : {});
  const epochs = value['epochs'];
  return {
    loss: loss as LossName,
    ...text('title'),
    ...text('data'),
    ...(typeof epochs === 'number' && Number.isInteger(epochs) && epochs >= 0 && { epochs }),
    ...recordOf('training', value['training'], (entry) => typeof entry === 'string'),
    ...recordOf('metrics', value['metrics'], (entry) => Number.isFinite(entry)),
  };
}

function recordOf(name: string, value: unknown, accepts: (entry: unknown) => boolean): object {
  if (typeof value !== 'object' || value === null) return {};
  return { [name]: Object.fromEntries(Object.entries(value).filter(([, entry]) => accepts(entry))) };
}

function activationOf({ activation }: ReadLayer, l: number): ActivationName {
  const found = activationNames.find((name) => name === activation);
  if (!found) throw new NetworkFileError(`layer ${l + 1} has an unknown activation, "${activation}"`);
  return found;
}
