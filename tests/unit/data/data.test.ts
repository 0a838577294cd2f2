import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  DataError,
  type Dataset,
  concatenate,
  countLabels,
  createDataset,
  imageOf,
  oneHot,
  subset,
} from '../../../src/lib/data/dataset.ts';
import { readIdxDataset, readIdxImages, readIdxLabels, writeIdx } from '../../../src/lib/data/idx.ts';
import { crc32 } from '../../../src/lib/data/crc32.ts';
import { readManifest, readShard, writeShard } from '../../../src/lib/data/shards.ts';
import { stratifiedSplit } from '../../../src/lib/data/splits.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { type TrainAndTest, loadMnist } from '../../../scripts/network/mnist.ts';

let mnist: TrainAndTest;
beforeAll(async () => {
  mnist = await loadMnist();
});

const few = (count = 40): Dataset =>
  subset(
    mnist.train,
    Array.from({ length: count }, (_, i) => i),
  );

describe('MNIST', () => {
  test('has 60,000 and 10,000 digits, in these numbers', () => {
    expect(countLabels(mnist.train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(countLabels(mnist.test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  test('is four fifths paper', () => {
    const zeros = mnist.train.values.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
    expect(zeros / mnist.train.values.length).toBeCloseTo(0.809, 3);
  });

  test('begins with a 5', () => expect(mnist.train.labels[0]).toBe(5));
});

describe('a data set', () => {
  test('refuses pixels that do not fit its labels, and labels that are no digits', () => {
    expect(() => createDataset('mine', new Uint8Array(10), new Uint8Array(1))).toThrow(
      'mine: 1 labels need 784 pixels',
    );
    expect(() => createDataset('mine', new Uint8Array(784), Uint8Array.of(10))).toThrow(
      'label 10 of image 0',
    );
  });

  test('subset and concatenate keep pixels and labels together', () => {
    const both = concatenate([subset(mnist.train, [5, 3]), subset(mnist.train, [7])]);
    expect([...both.labels]).toEqual([5, 3, 7].map((i) => mnist.train.labels[i]));
    [5, 3, 7].forEach((i, place) => expect(imageOf(both, place)).toEqual(imageOf(mnist.train, i)));
  });

  test('one-hot rows have a single 1, at the label', () => {
    expect([...oneHot(Uint8Array.of(2, 0), 3)]).toEqual([0, 0, 1, 1, 0, 0]);
  });
});

describe('a stratified split', () => {
  test('parts the images, each digit in its share', () => {
    const { picked, rest } = stratifiedSplit(mnist.train, 6000, new Random(1));
    expect([picked.length, rest.length]).toEqual([6000, 54_000]);
    expect(new Set([...picked, ...rest]).size).toBe(60_000);
    const whole = countLabels(mnist.train);
    countLabels(subset(mnist.train, picked)).forEach((count, digit) => {
      expect(Math.abs(count - whole[digit]! / 10)).toBeLessThanOrEqual(1);
    });
  });

  test('is the same for the same seed, and asks for no more than there is', () => {
    const split = (seed: number) => stratifiedSplit(few(), 11, new Random(seed)).picked;
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
    expect(() => stratifiedSplit(few(), 41, new Random(1))).toThrow(DataError);
  });
});

describe('IDX', () => {
  test('a data set written and read is the same to the byte', () => {
    const { images, labels } = writeIdx(few());
    const again = readIdxDataset(few().name, { file: 'i', bytes: images }, { file: 'l', bytes: labels });
    expect(again).toEqual(few());
  });

  test('damage is named with the file', () => {
    const { images, labels } = writeIdx(few());
    expect(() => readIdxImages(images.slice(0, -1), 'a.idx')).toThrow(
      'a.idx is cut off: its header announces 31376',
    );
    expect(() => readIdxImages(Uint8Array.of(...images, 0), 'a.idx')).toThrow('a.idx has more after its end');
    expect(() => readIdxImages(labels, 'a.idx')).toThrow('a.idx has 1 dimensions, and images (3 dimensions)');
    expect(() => readIdxLabels(Uint8Array.of(1, 2, 3), 'a.idx')).toThrow('ends after 3 bytes');
    expect(() => readIdxLabels(Uint8Array.of(31, 139, 8, 0, 0, 0, 0, 0), 'a.gz')).toThrow(
      'a.gz is packed as gzip, not an IDX file',
    );
    const other = writeIdx(few(39)).labels;
    expect(() => readIdxDataset('x', { file: 'i', bytes: images }, { file: 'l', bytes: other })).toThrow(
      'i has 40 images, and l has 39 labels',
    );
  });

  test('whatever is done to the bytes, the answer is a data set or a DataError', () => {
    const { images, labels } = writeIdx(few(3));
    const mutation = fc.array(fc.tuple(fc.nat(20), fc.nat(255)), { maxLength: 4 });
    fc.assert(
      fc.property(mutation, fc.nat(images.length), fc.boolean(), (bytes, length, cut) => {
        const spoilt = cut ? images.slice(0, length) : images.slice();
        for (const [at, byte] of bytes) if (at < spoilt.length) spoilt[at] = byte;
        try {
          const read = readIdxDataset('x', { file: 'i', bytes: spoilt }, { file: 'l', bytes: labels });
          expect(read.count).toBe(3);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });
});

describe('shards', () => {
  test('come back the same to the byte, under a name with their checksum', async () => {
    const { entry, bytes } = await writeShard('few-0', few());
    expect(entry).toMatchObject({ count: 40, bytes: bytes.length });
    expect(entry.file).toBe(`few-0.${entry.checksum}.bin`);
    const again = await readShard(entry, bytes);
    expect(again.values).toEqual(few().values);
    expect(again.labels).toEqual(few().labels);
  });

  test('CRC-32 of the usual check text is the published one', () => {
    expect(crc32(new TextEncoder().encode('123456789')).toString(16)).toBe('cbf43926');
  });

  test('a download cut off, damaged or of something else is named', async () => {
    const { entry, bytes } = await writeShard('few-0', few());
    await expect(readShard(entry, bytes.slice(9))).rejects.toThrow('the download is not whole');
    await expect(readShard(entry, bytes.with(50, bytes[50]! ^ 1))).rejects.toThrow('arrived damaged');
    const page = new TextEncoder().encode('<!doctype html>');
    const lying = { ...entry, bytes: page.length, checksum: crc32(page).toString(16).padStart(8, '0') };
    await expect(readShard(lying, page)).rejects.toThrow('cannot be unpacked');
    await expect(readShard({ ...entry, count: 41 }, bytes)).rejects.toThrow('are not 41 images');
  });

  test('any manifest is read or refused as a DataError', () => {
    const entry = { file: 'a.00000000.bin', count: 1, bytes: 1, checksum: '00000000' };
    expect(readManifest({ version: 1, datasets: { a: [entry] } }).datasets['a']).toEqual([entry]);
    for (const wrong of [{ file: '../a.00000000.bin' }, { count: 0 }, { bytes: 1.5 }, { checksum: 'x' }]) {
      expect(() => readManifest({ version: 1, datasets: { a: [{ ...entry, ...wrong }] } })).toThrow(
        'entry for a is damaged',
      );
    }
    for (const datasets of [null, undefined, 7]) {
      expect(() => readManifest({ version: 1, datasets })).toThrow('not one that this version');
    }
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          readManifest(value);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });
});
