import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inkPicture, sheetOfDigits } from '../../../src/build/ink-picture.ts';
import { createDataset } from '../../../src/lib/data/dataset.ts';
import { crc32 } from '../../../src/lib/data/crc32.ts';
import { Random } from '../../../src/lib/nn/random.ts';

/** The chunks of a PNG, each with its checksum compared. */
function chunksOf(address: string): Map<string, Buffer> {
  const bytes = Buffer.from(address.replace('data:image/png;base64,', ''), 'base64');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

test('an ink picture is a PNG whose opacity is the ink, byte for byte', () => {
  const random = new Random(3);
  const values = Uint8Array.from({ length: 5 * 7 }, () => random.below(256));
  const chunks = chunksOf(inkPicture(values, 5, 7));
  const header = chunks.get('IHDR')!;
  expect([header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]]).toEqual([7, 5, 8, 4]);
  const plain = inflateSync(chunks.get('IDAT')!);
  expect(plain.length).toBe(5 * (1 + 2 * 7));
  for (let n = 0; n < values.length; n++) {
    expect(plain[Math.floor(n / 7) * 15 + 2 + 2 * (n % 7)]).toBe(values[n]);
  }
  expect(chunks.has('IEND')).toBe(true);
});

test('a sheet has each digit in the middle of its square, and paper where there is none', () => {
  const images = new Uint8Array(3 * 784).map((_, n) => 1 + Math.floor(n / 784));
  const { values, rows, columns } = sheetOfDigits(createDataset('three', images, new Uint8Array(3)), 2, 2);
  expect([rows, columns]).toEqual([60, 60]);
  const at = (row: number, column: number) => values[row * 60 + column];
  expect([at(0, 0), at(1, 1), at(28, 28), at(29, 29)]).toEqual([0, 1, 1, 0]);
  expect([at(15, 45), at(45, 15), at(45, 45)]).toEqual([2, 3, 0]);
});
