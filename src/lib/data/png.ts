import { crc32 } from './crc32.ts';
import { type Dataset, SIDE, imageOf } from './dataset.ts';
import { through } from './shards.ts';

/** Digits in a row of the picture. */
const ACROSS = 10;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Digits as one picture in PNG (ISO/IEC 15948): ten in a row, one against the other, each byte a pixel's grey as the data set has it,
 * 255 white. Nothing is lost: whoever opens the picture has the same pixels.
 */
export async function writePng(dataset: Dataset): Promise<Uint8Array<ArrayBuffer>> {
  const width = SIDE * Math.min(ACROSS, dataset.count);
  const height = SIDE * Math.ceil(dataset.count / ACROSS);
  // Each row of pixels begins with the filter that it was put through: none.
  const rows = new Uint8Array(height * (width + 1));
  for (let n = 0; n < dataset.count; n++) {
    const image = imageOf(dataset, n);
    for (let y = 0; y < SIDE; y++) {
      const at = (Math.floor(n / ACROSS) * SIDE + y) * (width + 1) + 1 + (n % ACROSS) * SIDE;
      rows.set(image.subarray(y * SIDE, (y + 1) * SIDE), at);
    }
  }
  // Eight bits a pixel, grey, and the one way of everything else that there is.
  const header = [...bigEndian(width), ...bigEndian(height), 8, 0, 0, 0, 0];
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk('IHDR', header),
    ...chunk('IDAT', await through(rows, new CompressionStream('deflate'))),
    ...chunk('IEND', []),
  ]);
}

function chunk(type: string, content: ArrayLike<number>): number[] {
  const body = [...[...type].map((letter) => letter.charCodeAt(0)), ...Array.from(content)];
  return [...bigEndian(content.length), ...body, ...bigEndian(crc32(Uint8Array.from(body)))];
}

function bigEndian(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}
