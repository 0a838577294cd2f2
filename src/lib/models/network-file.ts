import type { RefusalPrice } from '../experiments/refusal.ts';
import type { ActivationName } from '../nn/activations.ts';
import type { LossName } from '../nn/losses.ts';
import type { LayerModel, NetworkModel } from '../nn/model.ts';
import { checkArchitecture, checkModel } from '../nn/validation.ts';
import { activationNamed } from './activation-names.ts';

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
  /** How it says that it cannot tell, where it was taught to. */
  readonly refusal?: Refusal;
}

/** When a network says that it cannot tell. */
export interface Refusal {
  /** It cannot tell where its likeliest digit is less likely than this. */
  readonly threshold: number;
  /** What this and other thresholds cost, measured: lowest first. */
  readonly prices: readonly RefusalPrice[];
}

/** What a file leaves open and was assumed, as a sentence for the reader. */
export interface Assumption {
  /** The activation of the hidden layers or of the last one can be chosen by the reader; the rest can only be told. */
  readonly about: 'hidden' | 'output' | 'weights' | 'names';
  readonly text: string;
}

/** A network as a file holds it. */
export interface NetworkFile {
  readonly model: NetworkModel;
  readonly metadata: NetworkMetadata;
  /** Left out when the file said all that there is to know. */
  readonly assumptions?: readonly Assumption[];
}

/** A file that is no network, or a damaged one: the message says what is wrong and where. Nothing was loaded. */
export class NetworkFileError extends Error {
  override name = 'NetworkFileError';
}

/** The largest file that is looked at: twenty times the largest network that the site trains. */
export const MOST_BYTES = 200_000_000;
export const MOST_LAYERS = 64;
/** Of all layers together: what one pass over many digits has to hold in memory. */
const MOST_UNITS = 65_536;
/** Sums stay so far below the largest float32, 3.4e38, that neither their squares nor their differences overflow. */
const LARGEST_SUM = 1e18;

/** A layer as it stands in a file, not checked yet. */
export interface ReadLayer {
  readonly units: number;
  readonly inputs: number;
  readonly activation: string;
  readonly weights: Float32Array | Float64Array;
  readonly bias: Float32Array | Float64Array;
}

/**
 * Puts what a reader found together: every reader ends here, so that every format is checked alike, and what opens can be
 * run.
 *
 * @throws NetworkFileError for an unknown activation, layers that do not chain or are too many, numbers that are missing,
 * not finite or too large for float32, and weights whose sums would be
 */
export function assemble(
  layers: readonly ReadLayer[],
  metadata: NetworkMetadata,
  assumptions: readonly Assumption[] = [],
): NetworkFile {
  if (layers.length === 0) throw new NetworkFileError('the file holds no layers');
  if (layers.length > MOST_LAYERS)
    throw new NetworkFileError(`the file has ${layers.length} layers; ${MOST_LAYERS} is the most`);
  const model = {
    layers: layers.map((layer, l): LayerModel => ({ ...layer, activation: activationOf(layer, l) })),
  };
  const inside = model.layers.findIndex(
    ({ activation }, l) => activation === 'softmax' && l < layers.length - 1,
  );
  if (inside >= 0)
    throw new NetworkFileError(`layer ${inside + 1} has softmax, which only the last layer can have`);
  try {
    checkModel(model);
    checkArchitecture(
      { inputs: layers[0].inputs, layers: model.layers },
      { loss: metadata.loss, penalty: { l2: 0, l1: 0 }, dropout: 0, labelSmoothing: 0 },
    );
  } catch (error) {
    throw new NetworkFileError((error as Error).message);
  }
  const units = layers.reduce((sum, layer) => sum + layer.units, layers[0].inputs);
  if (units > MOST_UNITS)
    throw new NetworkFileError(`the file has ${units} units and inputs in all; ${MOST_UNITS} is the most`);
  checkNumbers(model);
  return { model, metadata, ...(assumptions.length > 0 && { assumptions }) };
}

/** Checks that every number has a float32, and that no sum can become too large, whatever the pixels from 0 to 1. */
function checkNumbers({ layers }: NetworkModel): void {
  let largest = new Float64Array(layers[0].inputs).fill(1);
  layers.forEach(({ weights, bias, units, inputs, activation }, l) => {
    const sums = new Float64Array(units);
    for (let j = 0; j < units; j++) {
      let sum = Math.abs(inFloat32(bias[j], `bias of layer ${l + 1}`, j));
      for (let i = 0; i < inputs; i++) {
        const n = j * inputs + i;
        sum += Math.abs(inFloat32(weights[n], `weights of layer ${l + 1}`, n)) * largest[i];
      }
      if (!(sum <= LARGEST_SUM)) {
        throw new NetworkFileError(
          `layer ${l + 1}: the weights of unit ${j} can add up to more than ${LARGEST_SUM}, too large to calculate with`,
        );
      }
      sums[j] = sum;
    }
    const isBounded = activation === 'sigmoid' || activation === 'tanh' || activation === 'softmax';
    largest = isBounded ? new Float64Array(units).fill(1) : sums;
  });
}

function inFloat32(value: number, name: string, n: number): number {
  if (Number.isFinite(Math.fround(value))) return value;
  throw new NetworkFileError(`${name}: number ${n} is ${value}, more than float32 can hold`);
}

/** The loss that goes with an output where a file does not say. */
export function usualLoss(output: string): LossName {
  return activationNamed(output) === 'softmax' ? 'cross-entropy' : 'mean-squared-error';
}

/** Metadata from what a file says: what is not of the expected kind is left out, a loss that cannot be is an error. */
export function readMetadata(value: Readonly<Record<string, unknown>>, output: string): NetworkMetadata {
  const named = value['loss'] ?? usualLoss(output);
  const loss = typeof named === 'string' ? lossNamed(named) : undefined;
  if (!loss) throw new NetworkFileError(`the file names an unknown loss, ${JSON.stringify(named)}`);
  if (loss === 'cross-entropy' && activationNamed(output) !== 'softmax') {
    throw new NetworkFileError(
      `the file's loss is cross-entropy, which needs a softmax output, not ${output}`,
    );
  }
  const text = (name: string) => (typeof value[name] === 'string' ? { [name]: value[name] } : {});
  const epochs = value['epochs'];
  return {
    loss,
    ...text('title'),
    ...text('data'),
    ...(typeof epochs === 'number' && Number.isInteger(epochs) && epochs >= 0 && { epochs }),
    ...recordOf('training', value['training'], (entry) => typeof entry === 'string'),
    ...recordOf('metrics', value['metrics'], (entry) => Number.isFinite(entry)),
    ...readRefusal(value['refusal']),
  };
}

/** Left out as a whole where a part of it is not as it should be. */
function readRefusal(value: unknown): { refusal?: Refusal } {
  const { threshold, prices } = (value ?? {}) as Partial<Record<keyof Refusal, unknown>>;
  if (!isShare(threshold) || !Array.isArray(prices)) return {};
  const isPrice = (price: unknown): price is RefusalPrice => {
    const { threshold: at, refused } = (price ?? {}) as Partial<Record<keyof RefusalPrice, unknown>>;
    return (
      isShare(at) && typeof refused === 'object' && refused !== null && Object.values(refused).every(isShare)
    );
  };
  return prices.every(isPrice) ? { refusal: { threshold, prices } } : {};
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function recordOf(name: string, value: unknown, accepts: (entry: unknown) => boolean): object {
  if (typeof value !== 'object' || value === null) return {};
  return { [name]: Object.fromEntries(Object.entries(value).filter(([, entry]) => accepts(entry))) };
}

/** The loss that a name means, here or in other tools. */
function lossNamed(name: string): LossName | undefined {
  const letters = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (/^(mse|meansquarederror|squarederror)$/.test(letters)) return 'mean-squared-error';
  if (/^((sparse)?categorical)?crossentropy(loss)?$/.test(letters)) return 'cross-entropy';
  return undefined;
}

function activationOf({ activation }: ReadLayer, l: number): ActivationName {
  const found = activationNamed(activation);
  if (!found) throw new NetworkFileError(`layer ${l + 1} has an unknown activation, "${activation}"`);
  return found;
}
