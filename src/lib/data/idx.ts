import { DataError, type Dataset, PIXELS, SIDE, createDataset } from './dataset.ts';

/*
 * IDX, the format of the MNIST files (LeCun, Cortes and Burges): two zero bytes, the type of the elements (8: unsigned
 * byte), the number of dimensions, each dimension as a big-endian uint32, then the elements.
 */

const UNSIGNED_BYTE = 0x08;

/**
 * @returns (count × 784) bytes
 * @throws DataError naming the file
 */
export function readIdxImages(bytes: Uint8Array, file: string): Uint8Array {
  const { sizes, elements } = readIdx(bytes, file, 3);
  if (sizes[1] !== SIDE || sizes[2] !== SIDE) {
    throw new DataError(`${file}: the images are ${sizes[1]} × ${sizes[2]} pixels, not ${SIDE} × ${SIDE}`);
  }
  return elements;
}

/**
 * @returns (count) labels
 * @throws DataError naming the file
 */
export function readIdxLabels(bytes: Uint8Array, file: string): Uint8Array {
  return readIdx(bytes, file, 1).elements;
}

/** A data set from an images file and a labels file. */
export function readIdxDataset(
  name: string,
  images: { file: string; bytes: Uint8Array },
  labels: { file: string; bytes: Uint8Array },
): Dataset {
  const values = readIdxImages(images.bytes, images.file);
  const labelBytes = readIdxLabels(labels.bytes, labels.file);
  if (values.length !== labelBytes.length * PIXELS) {
    throw new DataError(
      `${images.file} has ${values.length / PIXELS} images, and ${labels.file} has ${labelBytes.length} labels`,
    );
  }
  return createDataset(name, values, labelBytes);
}

/** The two files of a data set, as `readIdxDataset` reads them. */
export function writeIdx({ values, labels, count }: Dataset): { images: Uint8Array; labels: Uint8Array } {
  return { images: writeElements([count, SIDE, SIDE], values), labels: writeElements([count], labels) };
}

function readIdx(
  bytes: Uint8Array,
  file: string,
  dimensions: number,
): { sizes: number[]; elements: Uint8Array } {
  const header = 4 + 4 * dimensions;
  const other = whatElse(bytes);
  if (other) throw new DataError(`${file} is ${other}, not an IDX file`);
  if (bytes.length < header) {
    throw new DataError(`${file} ends after ${bytes.length} bytes, before its header of ${header} is over`);
  }
  if (bytes[0] !== 0 || bytes[1] !== 0)
    throw new DataError(`${file} is not an IDX file: it does not begin with 0, 0`);
  if (bytes[2] !== UNSIGNED_BYTE) {
    throw new DataError(
      `${file} holds elements of IDX type ${bytes[2]}, not unsigned bytes (${UNSIGNED_BYTE})`,
    );
  }
  if (bytes[3] !== dimensions) {
    const wanted = dimensions === 3 ? 'images (3 dimensions)' : 'labels (1 dimension)';
    throw new DataError(`${file} has ${bytes[3]} dimensions, and ${wanted} were expected`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
  const expected = header + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    const fault = bytes.length < expected ? 'is cut off' : 'has more after its end';
    throw new DataError(
      `${file} ${fault}: its header announces ${expected} bytes, and there are ${bytes.length}`,
    );
  }
  return { sizes, elements: bytes.subarray(header) };
}

/** What a file is that begins as these bytes do, where it is plainly something else. */
function whatElse(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  if (head.startsWith('<!doctype') || head.startsWith('<html') || head.startsWith('<?xml'))
    return 'a web page (the download went wrong, or led to a page about the file)';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'packed as gzip';
  if (head.startsWith('pk')) return 'packed as zip';
  return undefined;
}

function writeElements(sizes: readonly number[], elements: Uint8Array): Uint8Array {
  const header = 4 + 4 * sizes.length;
  const bytes = new Uint8Array(header + elements.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (UNSIGNED_BYTE << 8) | sizes.length);
  sizes.forEach((size, d) => view.setUint32(4 + 4 * d, size));
  bytes.set(elements, header);
  return bytes;
}
