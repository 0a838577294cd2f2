import { unzlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createDataset, imageOf } from '../../../src/lib/data/dataset.ts';
import { writePng } from '../../../src/lib/data/png.ts';
import { crc32 } from '../../../src/lib/data/crc32.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const random = new Random(6);
const count = 23;
const digits = createDataset(
  'digits',
  Uint8Array.from({ length: count * 784 }, () => random.below(256)),
  Uint8Array.from({ length: count }, (_, n) => n % 10),
);

/** By the standard: chunks with their checksums, and rows that begin with the filter 0. */
function readPng(bytes: Uint8Array): { width: number; height: number; pixels: Uint8Array[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(body));
    chunks.set(String.fromCharCode(...body.subarray(0, 4)), body.subarray(4));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR')!;
  expect([...header.subarray(8)]).toEqual([8, 0, 0, 0, 0]);
  const size = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  const rows = unzlibSync(chunks.get('IDAT')!);
  const pixels = Array.from({ length: height }, (_, y) => {
    expect(rows[y * (width + 1)]).toBe(0);
    return rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1));
  });
  return { width, height, pixels };
}

describe('a picture of digits', () => {
  test('has every byte of every digit, ten in a row', async () => {
    const { width, height, pixels } = readPng(await writePng(digits));
    expect([width, height]).toEqual([280, 84]);
    for (let n = 0; n < count; n++) {
      const [left, top] = [28 * (n % 10), 28 * Math.floor(n / 10)];
      const found = pixels.slice(top, top + 28).flatMap((row) => [...row.subarray(left, left + 28)]);
      expect(found).toEqual([...imageOf(digits, n)]);
    }
  });

  test('a single digit is 28 × 28', async () => {
    const { width, height } = readPng(
      await writePng(createDataset('one', imageOf(digits, 0), Uint8Array.of(3))),
    );
    expect([width, height]).toEqual([28, 28]);
  });
});
