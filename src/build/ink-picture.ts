import { deflateSync } from 'node:zlib';
import { SIDE, imageOf, type Dataset } from '../lib/data/dataset.ts';
import { crc32 } from '../lib/data/crc32.ts';

/**
 * Numbers as a picture of ink for a page's first frame: a PNG whose opacity is the ink, as a `data:` address. Used as a
 * mask over the ink's colour it follows the theme without a line of script.
 *
 * @param values (rows × columns), bytes: 0 is paper, 255 is ink
 */
export function inkPicture(values: ArrayLike<number>, rows: number, columns: number): string {
  // Grey and opacity, 8 bits each; every row begins with the number of its filter, 0 for none.
  const pixels = Buffer.alloc(rows * (1 + 2 * columns));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      pixels[row * (1 + 2 * columns) + 2 + 2 * column] = values[row * columns + column];
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns, 0);
  header.writeUInt32BE(rows, 4);
  header.set([8, 4], 8);
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${png.toString('base64')}`;
}

/**
 * Images side by side on one sheet, a margin of paper between them.
 *
 * @returns (rows · 30 × columns · 30) bytes: each image in the middle of its 30 × 30
 */
export function sheetOfDigits(
  dataset: Dataset,
  rows: number,
  columns: number,
): { values: Uint8Array; rows: number; columns: number } {
  const cell = SIDE + 2;
  const width = columns * cell;
  const values = new Uint8Array(rows * cell * width);
  for (let i = 0; i < Math.min(dataset.count, rows * columns); i++) {
    const image = imageOf(dataset, i);
    const corner = (Math.floor(i / columns) * cell + 1) * width + (i % columns) * cell + 1;
    for (let row = 0; row < SIDE; row++)
      values.set(image.subarray(row * SIDE, (row + 1) * SIDE), corner + row * width);
  }
  return { values, rows: rows * cell, columns: width };
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
