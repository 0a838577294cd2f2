import { crc32 } from '../data/crc32.ts';
import { fromHalf, toHalf } from './float16.ts';
import { type ActivationChoice, findActivations, resolveActivations } from './activation-choice.ts';
import { type NamedTensor, layersOf } from './named-tensors.ts';
import {
  type NetworkFile,
  NetworkFileError,
  type NetworkMetadata,
  assemble,
  readMetadata,
} from './network-file.ts';

/*
 * Safetensors: the length of the header as a little-endian uint64, the header as JSON (name → dtype, shape, offsets into
 * the rest; `__metadata__` holds texts), then the tensors' bytes, one after another without a gap.
 */

const HEADER_START = 8;
const MOST_HEADER_BYTES = 1_000_000;
const FORMAT = 'backprop-by-hand';

type Dtype = 'F16' | 'F32' | 'F64';
const BYTES: Record<Dtype, number> = { F16: 2, F32: 4, F64: 8 };

interface Tensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * A network as a safetensors file: `layers.0.weight` (units × inputs), `layers.0.bias` (units), …
 *
 * @param storage float16 halves the size and rounds each number to about three digits
 */
export function writeSafetensors(
  { model, metadata }: NetworkFile,
  storage: 'float32' | 'float16' = 'float32',
): Uint8Array<ArrayBuffer> {
  const dtype: Dtype = storage === 'float32' ? 'F32' : 'F16';
  const tensors = model.layers.flatMap(({ weights, bias, units, inputs }, l) => [
    { name: `layers.${l}.weight`, shape: [units, inputs], values: weights },
    { name: `layers.${l}.bias`, shape: [units], values: bias },
  ]);
  const entries: Record<string, unknown> = {};
  let length = 0;
  for (const { name, shape, values } of tensors) {
    const end = length + values.length * BYTES[dtype];
    entries[name] = { dtype, shape, data_offsets: [length, end] };
    length = end;
  }
  const numbers = new Uint8Array(length);
  const view = new DataView(numbers.buffer);
  let at = 0;
  for (const { values } of tensors) {
    for (const value of values) {
      if (dtype === 'F32') view.setFloat32(at, value, true);
      else view.setUint16(at, toHalf(value), true);
      at += BYTES[dtype];
    }
  }
  const texts = {
    format: FORMAT,
    activations: model.layers.map(({ activation }) => activation).join(','),
    network: JSON.stringify(metadata),
  };
  const header = { __metadata__: { ...texts, crc32: checksumOf(texts, numbers) }, ...entries };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((HEADER_START + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - HEADER_START), true);
  bytes.fill(0x20, HEADER_START, start); // spaces, so that the tensors begin at a multiple of 8
  bytes.set(text, HEADER_START);
  bytes.set(numbers, start);
  return bytes;
}

/** Of all that a wrong byte could make another network without breaking the file: its texts and its numbers. */
function checksumOf({ activations, network }: Record<string, unknown>, numbers: Uint8Array): string {
  const texts = new TextEncoder().encode(`${activations}${network}`);
  return crc32(numbers, crc32(texts)).toString(16).padStart(8, '0');
}

/**
 * The network of a safetensors file: one written here, or one whose tensors are named as other tools name them.
 *
 * @param choice what the reader says of activations that the file does not name
 * @throws NetworkFileError
 */
export function readSafetensors(bytes: Uint8Array, choice: ActivationChoice = {}): NetworkFile {
  const { header, start } = readHeader(bytes);
  const texts = header['__metadata__'] ?? {};
  if (typeof texts !== 'object' || texts === null)
    throw new NetworkFileError("the header's __metadata__ is not an object");
  const known = texts as Record<string, unknown>;
  const tensors = [...readTensors(header, bytes.length - start)].map(([name, tensor]): NamedTensor => {
    return { name, shape: tensor.shape, read: () => readValues(bytes, start, tensor) };
  });
  // Files of other tools have none.
  const isWhole = known['crc32'] === undefined || known['crc32'] === checksumOf(known, bytes.subarray(start));
  if (!isWhole) throw new NetworkFileError('the checksum of its numbers is wrong: at least one byte is');
  const { layers, assumptions } = layersOf(tensors, 'tensor');
  const { activations, assumptions: assumed } = resolveActivations(
    findActivations(known),
    layers.length,
    choice,
  );
  return assemble(
    layers.map((layer, l) => ({ ...layer, activation: activations[l] })),
    metadataOf(known, activations.at(-1)!),
    [...assumptions, ...assumed],
  );
}

/** Whether the bytes begin as a safetensors file does. */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > HEADER_START && bytes[HEADER_START] === 0x7b && bytes[6] === 0 && bytes[7] === 0;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.length < HEADER_START) throw new NetworkFileError(`the file ends after ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MOST_HEADER_BYTES)
    throw new NetworkFileError(`the header is said to be ${length} bytes long: too long`);
  const start = HEADER_START + length;
  if (start > bytes.length) {
    throw new NetworkFileError(
      `the file is cut off: its header alone needs ${start} bytes, and there are ${bytes.length}`,
    );
  }
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(HEADER_START, start)),
    );
  } catch {
    throw new NetworkFileError('the header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new NetworkFileError('the header is not an object');
  }
  return { header: header as Record<string, unknown>, start };
}

/** The tensors by name, checked: known types, and together exactly the bytes that follow the header. */
function readTensors(header: Record<string, unknown>, length: number): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name !== '__metadata__') tensors.set(name, readTensor(name, entry));
  }
  let covered = 0;
  for (const [name, { from, to }] of [...tensors].sort(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from !== covered)
      throw new NetworkFileError(
        `tensor ${name} begins at byte ${from}, not where the last ends, ${covered}`,
      );
    covered = to;
  }
  if (covered !== length) {
    const fault = covered > length ? 'the file is cut off' : 'the file has more after its tensors';
    throw new NetworkFileError(`${fault}: they need ${covered} bytes, and there are ${length}`);
  }
  return tensors;
}

function readTensor(name: string, entry: unknown): Tensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (dtype !== 'F16' && dtype !== 'F32' && dtype !== 'F64') {
    throw new NetworkFileError(
      `tensor ${name} is of type ${JSON.stringify(dtype)}; F16, F32 and F64 are read`,
    );
  }
  if (!isIntegers(shape) || !isIntegers(offsets) || offsets.length !== 2) {
    throw new NetworkFileError(`tensor ${name} has no proper shape and offsets`);
  }
  const [from, to] = offsets as [number, number];
  const size = shape.reduce((product, extent) => product * extent, 1) * BYTES[dtype];
  if (to - from !== size) {
    throw new NetworkFileError(
      `tensor ${name} of shape ${shape.join(' × ')} needs ${size} bytes, and has ${to - from}`,
    );
  }
  return { dtype, shape, from, to };
}

function isIntegers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function readValues(
  bytes: Uint8Array,
  start: number,
  { dtype, from, to }: Tensor,
): Float32Array | Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + from, to - from);
  const count = (to - from) / BYTES[dtype];
  const values = dtype === 'F64' ? new Float64Array(count) : new Float32Array(count);
  for (let n = 0; n < count; n++) {
    if (dtype === 'F64') values[n] = view.getFloat64(n * 8, true);
    else values[n] = dtype === 'F32' ? view.getFloat32(n * 4, true) : fromHalf(view.getUint16(n * 2, true));
  }
  return values;
}

function metadataOf(texts: Record<string, unknown>, output: string): NetworkMetadata {
  const text = texts['network'];
  if (typeof text !== 'string') return readMetadata({}, output);
  try {
    return readMetadata((JSON.parse(text) ?? {}) as Record<string, unknown>, output);
  } catch (error) {
    if (error instanceof NetworkFileError) throw error;
    throw new NetworkFileError("the metadata's description of the network is not JSON");
  }
}
