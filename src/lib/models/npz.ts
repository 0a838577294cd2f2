import { unzipSync, zipSync } from 'fflate';
import {
  MOST_BYTES,
  MOST_LAYERS,
  type NetworkFile,
  NetworkFileError,
  type ReadLayer,
  assemble,
  readMetadata,
} from './network-file.ts';
import { type NpyNumbers, readNpy, writeNpy, writeNpyTexts } from './npy.ts';

/*
 * NumPy's .npz, a zip of arrays: W1 (units × inputs), b1 (units), W2, b2, … and `activations`, a text for each layer.
 * In Python: `net = np.load('network.npz'); net['W1'] @ x + net['b1']`.
 */

/** Not compressed: weights hardly are smaller for it. */
export function writeNpz({ model, metadata }: NetworkFile): Uint8Array<ArrayBuffer> {
  const entries: Record<string, Uint8Array> = {
    'activations.npy': writeNpyTexts(model.layers.map(({ activation }) => activation)),
    'loss.npy': writeNpyTexts([metadata.loss]),
  };
  model.layers.forEach(({ weights, bias, units, inputs }, l) => {
    entries[`W${l + 1}.npy`] = writeNpy([units, inputs], weights);
    entries[`b${l + 1}.npy`] = writeNpy([units], bias);
  });
  return zipSync(entries, { level: 0, mtime: new Date('1980-01-01T00:00:00') }) as Uint8Array<ArrayBuffer>;
}

/** @throws NetworkFileError */
export function readNpz(bytes: Uint8Array): NetworkFile {
  const arrays = unpack(bytes);
  const depth = [...arrays.keys()].filter((name) => /^W\d+$/.test(name)).length;
  const numbers = (name: string): NpyNumbers => {
    const packed = arrays.get(name);
    if (!packed)
      throw new NetworkFileError(
        `the file has no array ${name}; it has ${[...arrays.keys()].slice(0, 8).join(', ')}`,
      );
    const { array } = readNpy(packed, name);
    if (array.kind !== 'numbers') throw new NetworkFileError(`${name} holds texts, not numbers`);
    return array;
  };
  const texts = (name: string): readonly string[] | undefined => {
    const packed = arrays.get(name);
    if (!packed) return undefined;
    const { array } = readNpy(packed, name);
    if (array.kind !== 'texts') throw new NetworkFileError(`${name} holds numbers, not texts`);
    return array.values;
  };
  if (depth === 0) throw new NetworkFileError('the file has no array W1: it holds no network');
  const activations = texts('activations');
  if (activations && activations.length !== depth) {
    throw new NetworkFileError(`the file names ${activations.length} activations for ${depth} layers`);
  }
  const layers = Array.from({ length: depth }, (_, l): ReadLayer => {
    const W = numbers(`W${l + 1}`);
    if (W.shape.length !== 2) throw new NetworkFileError(`W${l + 1} has ${W.shape.length} dimensions, not 2`);
    const [units, inputs] = W.shape as [number, number];
    const usual = l === depth - 1 ? 'softmax' : 'relu';
    return {
      units,
      inputs,
      activation: activations?.[l] ?? usual,
      weights: W.values,
      bias: numbers(`b${l + 1}`).values,
    };
  });
  return assemble(layers, readMetadata({ loss: texts('loss')?.[0] }, layers[depth - 1]!.activation));
}

export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The arrays by name. A zip says how large each entry will be: too much is refused before it is unpacked. */
function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  let [total, count] = [0, 0];
  let fault: string | undefined;
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        count++;
        if (total > MOST_BYTES) fault = `the file unpacks to more than ${MOST_BYTES / 1e6} MB`;
        if (count > 4 * MOST_LAYERS) fault = 'the file holds too many arrays';
        return fault === undefined && name.endsWith('.npy');
      },
    });
    if (fault) throw new NetworkFileError(fault);
    return new Map(Object.entries(entries).map(([name, entry]) => [name.replace(/\.npy$/, ''), entry]));
  } catch (error) {
    if (error instanceof NetworkFileError) throw error;
    throw new NetworkFileError(`the file is a damaged zip: ${(error as Error).message}`);
  }
}
