import { zipSync } from 'fflate';
import { type ActivationChoice, findActivations, resolveActivations } from './activation-choice.ts';
import { type NamedTensor, layersOf, namesParameter } from './named-tensors.ts';
import {
  type Assumption,
  type NetworkFile,
  NetworkFileError,
  assemble,
  readMetadata,
} from './network-file.ts';
import { type NpyArray, readNpy, writeNpy, writeNpyTexts } from './npy.ts';
import { readZip } from './zip.ts';

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

/**
 * @param choice what the reader says of activations that the file does not name
 * @throws NetworkFileError
 */
export function readNpz(bytes: Uint8Array, choice: ActivationChoice = {}): NetworkFile {
  const { tensors, texts, unread } = readArrays(readZip(bytes, '.npy'));
  const { layers, assumptions } = layersOf(tensors, 'array');
  const { activations, assumptions: assumed } = resolveActivations(
    findActivations(texts),
    layers.length,
    choice,
  );
  const loss = texts['loss']?.[0];
  return assemble(
    layers.map((layer, l) => ({ ...layer, activation: activations[l] })),
    readMetadata({ loss }, activations.at(-1)!),
    [...assumptions, ...assumed, ...notUsed(unread)],
  );
}

interface Arrays {
  readonly tensors: readonly NamedTensor[];
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** Arrays that are neither of a network nor of a kind that is read. */
  readonly unread: readonly string[];
}

function readArrays(files: ReadonlyMap<string, Uint8Array>): Arrays {
  const tensors: NamedTensor[] = [];
  const texts: Record<string, readonly string[]> = {};
  const unread: string[] = [];
  for (const [file, packed] of files) {
    const name = file.replace(/\.npy$/, '');
    let array: NpyArray;
    try {
      ({ array } = readNpy(packed, name));
    } catch (error) {
      if (namesParameter(name)) throw error;
      unread.push(name);
      continue;
    }
    if (array.kind === 'texts') {
      if (namesParameter(name)) throw new NetworkFileError(`${name} holds texts, not numbers`);
      texts[name] = array.values;
    } else {
      const { shape, values } = array;
      tensors.push({ name, shape, read: () => values });
    }
  }
  return { tensors, texts, unread };
}

function notUsed(names: readonly string[]): Assumption[] {
  if (names.length === 0) return [];
  return [
    {
      about: 'names',
      text: `Not used, since it is of no kind that is read: ${names.slice(0, 8).join(', ')}.`,
    },
  ];
}
