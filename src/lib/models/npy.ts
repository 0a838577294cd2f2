import { fromHalf } from './float16.ts';
import { NetworkFileError } from './network-file.ts';

/*
 * NumPy's .npy (format 1 to 3): the bytes 0x93 NUMPY, a version, the length of the header, a Python dictionary that
 * describes the array, then its elements.
 */

/** An array of numbers, row-major. */
export interface NpyNumbers {
  readonly kind: 'numbers';
  readonly shape: readonly number[];
  /** Row-major, whatever the order in the file. */
  readonly values: Float32Array | Float64Array;
}

/** An array of texts, row-major. */
export interface NpyTexts {
  readonly kind: 'texts';
  readonly shape: readonly number[];
  readonly values: readonly string[];
}

export type NpyArray = NpyNumbers | NpyTexts;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MOST_HEADER_BYTES = 65_536;
const MOST_DIMENSIONS = 4;
/** Texts name activations and the like: a few. */
const MOST_TEXTS = 10_000;

/** Whether a file begins as one of NumPy's arrays does. */
export function looksLikeNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, n) => bytes[n] === byte);
}

/**
 * One array, from `offset` on.
 *
 * @param name what to call the array in an error
 * @returns the array and where the next would begin
 * @throws NetworkFileError
 */
export function readNpy(bytes: Uint8Array, name: string, offset = 0): { array: NpyArray; end: number } {
  const { header, start } = readHeader(bytes, name, offset);
  const { descr, fortranOrder, shape } = parseHeader(header, name);
  const count = shape.reduce((product, extent) => product * extent, 1);
  const type = elementType(descr, name);
  const end = start + count * type.size;
  if (!(end <= bytes.length)) {
    throw new NetworkFileError(
      `${name} is cut off: it needs ${count * type.size} bytes, and ${bytes.length - start} are left`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  if (type.kind === 'texts') {
    if (count > MOST_TEXTS) throw new NetworkFileError(`${name} holds ${count} texts: too many`);
    if (fortranOrder && shape.length > 1)
      throw new NetworkFileError(`${name} holds texts in Fortran order, which is not read`);
    const values = Array.from({ length: count }, (_, n) => readText(view, n * type.size, type, name));
    return { array: { kind: 'texts', shape, values }, end };
  }
  const values = type.wide ? new Float64Array(count) : new Float32Array(count);
  for (let n = 0; n < count; n++) values[n] = type.read(view, n * type.size);
  const ordered = fortranOrder ? toRowMajor(values, shape) : values;
  return { array: { kind: 'numbers', shape, values: ordered }, end };
}

/** An array of float32 or float64, little-endian, row-major. */
export function writeNpy(
  shape: readonly number[],
  values: Float32Array | Float64Array,
): Uint8Array<ArrayBuffer> {
  const size = values.BYTES_PER_ELEMENT;
  const written = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  return writeParts(
    `{'descr': '<f${size}', 'fortran_order': False, 'shape': (${written}), }`,
    values.length * size,
    (view) => {
      values.forEach((value, n) =>
        size === 4 ? view.setFloat32(n * 4, value, true) : view.setFloat64(n * 8, value, true),
      );
    },
  );
}

/** An array of texts, as NumPy's fixed-width Unicode. */
export function writeNpyTexts(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const width = Math.max(1, ...texts.map((text) => text.length));
  const header = `{'descr': '<U${width}', 'fortran_order': False, 'shape': (${texts.length},), }`;
  return writeParts(header, texts.length * width * 4, (view) => {
    texts.forEach((text, n) => {
      for (let c = 0; c < text.length; c++) view.setUint32((n * width + c) * 4, text.charCodeAt(c), true);
    });
  });
}

function writeParts(
  dictionary: string,
  length: number,
  fill: (view: DataView) => void,
): Uint8Array<ArrayBuffer> {
  const start = Math.ceil((MAGIC.length + 4 + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(start - MAGIC.length - 5)}\n`;
  const bytes = new Uint8Array(start + length);
  bytes.set([...MAGIC, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), MAGIC.length + 4);
  fill(new DataView(bytes.buffer, start));
  return bytes;
}

function readHeader(bytes: Uint8Array, name: string, offset: number): { header: string; start: number } {
  if (!looksLikeNpy(bytes.subarray(offset)))
    throw new NetworkFileError(`${name} does not begin as a NumPy array does`);
  const version = bytes[offset + 6];
  if (version !== 1 && version !== 2 && version !== 3) {
    throw new NetworkFileError(
      `${name} is in version ${version ?? 'no'} of the .npy format; 1 to 3 are read`,
    );
  }
  const prefix = version === 1 ? 10 : 12;
  if (offset + prefix > bytes.length) throw new NetworkFileError(`${name} is cut off in its header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, prefix);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = offset + prefix + length;
  if (length > MOST_HEADER_BYTES)
    throw new NetworkFileError(`${name} has a header of ${length} bytes: too long`);
  if (start > bytes.length) throw new NetworkFileError(`${name} is cut off in its header`);
  return { header: new TextDecoder('latin1').decode(bytes.subarray(offset + prefix, start)), start };
}

function parseHeader(
  header: string,
  name: string,
): { descr: string; fortranOrder: boolean; shape: number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const extents = /'shape':\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  if (descr === undefined || fortran === undefined || extents === undefined) {
    throw new NetworkFileError(
      `${name} has a header that does not describe an array: ${header.trim().slice(0, 60)}`,
    );
  }
  const shape = extents
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  if (shape.length > MOST_DIMENSIONS) throw new NetworkFileError(`${name} has ${shape.length} dimensions`);
  return { descr, fortranOrder: fortran === 'True', shape };
}

interface TextType {
  readonly kind: 'texts';
  readonly size: number;
  readonly little: boolean;
  readonly unit: 1 | 4;
}

interface NumberType {
  readonly kind: 'numbers';
  readonly size: number;
  readonly wide: boolean;
  readonly read: (view: DataView, at: number) => number;
}

function elementType(descr: string, name: string): TextType | NumberType {
  if (descr.includes('O')) {
    throw new NetworkFileError(
      `${name} holds Python objects, which cannot be opened safely: save it with a plain dtype`,
    );
  }
  const [, order, kind, width] = /^([<>|=]?)([fUS])(\d{1,6})$/.exec(descr) ?? [];
  const little = order !== '>';
  const size = Number(width);
  // Any number of texts of length 0 would fit into no bytes at all.
  if (size === 0) throw new NetworkFileError(`${name} holds texts of length 0`);
  if (kind === 'U') return { kind: 'texts', size: size * 4, little, unit: 4 };
  if (kind === 'S') return { kind: 'texts', size, little, unit: 1 };
  if (kind === 'f' && size === 2) {
    return { kind: 'numbers', size, wide: false, read: (view, at) => fromHalf(view.getUint16(at, little)) };
  }
  if (kind === 'f' && size === 4) {
    return { kind: 'numbers', size, wide: false, read: (view, at) => view.getFloat32(at, little) };
  }
  if (kind === 'f' && size === 8) {
    return { kind: 'numbers', size, wide: true, read: (view, at) => view.getFloat64(at, little) };
  }
  throw new NetworkFileError(`${name} is of type ${descr}; floating-point numbers and texts are read`);
}

function readText(view: DataView, at: number, { size, little, unit }: TextType, name: string): string {
  let text = '';
  for (let c = 0; c < size; c += unit) {
    const code = unit === 4 ? view.getUint32(at + c, little) : view.getUint8(at + c);
    if (code > 0x10ffff) throw new NetworkFileError(`${name} holds a character that does not exist`);
    if (code !== 0) text += String.fromCodePoint(code);
  }
  return text;
}

function toRowMajor<T extends Float32Array | Float64Array>(values: T, shape: readonly number[]): T {
  const ordered = values.slice() as T;
  const indices = new Array<number>(shape.length).fill(0);
  for (let n = 0; n < values.length; n++) {
    // In Fortran order the first index runs fastest.
    let at = 0;
    for (let d = 0; d < shape.length; d++) at = at * shape[d] + indices[d];
    ordered[at] = values[n];
    for (let d = 0; d < shape.length && ++indices[d] === shape[d]; d++) indices[d] = 0;
  }
  return ordered;
}
