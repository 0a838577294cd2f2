import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DataError, PIXELS, createDataset } from '../../../src/lib/data/dataset.ts';
import { csvRows } from '../../../src/lib/data/csv.ts';
import { writeIdx } from '../../../src/lib/data/idx.ts';
import { strokeDigits } from '../../../src/lib/ink/stroke-digits.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { loadCsvFile, loadFolder, readingOptions } from '../../../scripts/network/folder.ts';
import { explain } from '../../../scripts/network/system-errors.ts';

const drawn = (count: number, seed: number) => {
  const { values, labels } = strokeDigits(count, new Random(seed));
  return createDataset('drawn', values, labels);
};
const [train, test_] = [drawn(60, 1), drawn(30, 2)];
const csv = (dataset: typeof train) => [...csvRows(dataset)].join('');
const withoutLabels = (text: string) => text.replaceAll(/,[^,\n]*$/gm, '');

/** A folder with these files; a value that is an object is a folder. */
interface Tree {
  [name: string]: string | Uint8Array | Tree;
}
function folderOf(tree: Tree, at = mkdtempSync(join(tmpdir(), 'folder-'))): string {
  for (const [name, content] of Object.entries(tree)) {
    const path = join(at, name);
    if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(path, content);
    else {
      mkdirSync(path);
      folderOf(content, path);
    }
  }
  return at;
}

const idx = (
  ending = '',
  pack: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Record<string, Uint8Array> => ({
  [`train-images-idx3-ubyte${ending}`]: pack(writeIdx(train).images),
  [`train-labels-idx1-ubyte${ending}`]: pack(writeIdx(train).labels),
  [`t10k-images-idx3-ubyte${ending}`]: pack(writeIdx(test_).images),
  [`t10k-labels-idx1-ubyte${ending}`]: pack(writeIdx(test_).labels),
});

async function expectBoth(folder: string, notes: RegExp[] = []): Promise<void> {
  const found = await loadFolder(folder);
  expect(found.train.values).toEqual(train.values);
  expect(found.test.labels).toEqual(test_.labels);
  expect(found.notes.map(String)).toEqual(notes.map((note) => expect.stringMatching(note)));
}

describe('the files of a folder are chosen', () => {
  const trees: [string, Tree, RegExp[]][] = [
    [
      'by exact names, whatever else holds the word',
      { 'train.csv': csv(train), 'test.csv': csv(test_), 'contest.csv': 'a,b', 'test_results.csv': 'a,b' },
      [],
    ],
    [
      'as npm run data writes them',
      { 'mnist_train.csv': csv(train), 'mnist_test.csv': csv(test_), 'latest-training-log.csv': 'x' },
      [],
    ],
    ['packed', { 'train.csv.gz': gzipSync(csv(train)), 'test.csv.gz': gzipSync(csv(test_)) }, []],
    [
      'by a word of their names, which is said',
      { 'digitsTraining.csv': csv(train), 'digits-test-2.csv': csv(test_) },
      [/training images: digitsTraining.csv/, /test images: digits-test-2.csv/],
    ],
    ['IDX, packed or called so', { ...idx('.gz', gzipSync) }, []],
    ['IDX that was unpacked and is still called .gz', idx('.gz'), []],
    ['IDX that is packed and not called so', idx('', gzipSync), []],
    [
      'IDX in folders of their own names',
      Object.fromEntries(Object.entries(idx()).map(([name, bytes]) => [name, { [name]: bytes }])),
      [],
    ],
    ['IDX beside folders named like them', { ...idx(), 'train.images.idx3.ubyte': {}, 'test.csv': {} }, []],
    [
      'EMNIST-like names',
      Object.fromEntries(
        Object.entries(idx()).map(([name, bytes]) => [
          `emnist-digits-${name.replace('t10k', 'test')}`,
          bytes,
        ]),
      ),
      [/training images: emnist/, /labels of the training/, /test images: emnist/, /labels of the test/],
    ],
  ];
  for (const [name, tree, notes] of trees) test(name, () => expectBoth(folderOf(tree), notes));

  test('of two with exact names one is taken, and it is said', async () => {
    const folder = folderOf({ ...idx(), 'train.images.idx3.ubyte': writeIdx(test_).images });
    await expectBoth(folder, [/train-images-idx3-ubyte is taken, not train.images.idx3.ubyte/]);
  });

  test('two that could be meant are not guessed between', async () => {
    const folder = folderOf({ 'train.csv': csv(train), 'test_a.csv': csv(test_), 'test_b.csv': csv(test_) });
    await expect(loadFolder(folder)).rejects.toThrow(
      'test_a.csv and test_b.csv could all be the test images',
    );
  });

  test('through links to files', async () => {
    const there = folderOf({ 'a.csv': csv(train), 'b.csv': csv(test_) });
    const folder = folderOf({});
    symlinkSync(join(there, 'a.csv'), join(folder, 'train.csv'));
    symlinkSync(join(there, 'b.csv'), join(folder, 'test.csv'));
    await expectBoth(folder);
  });
});

test("where the test images have no labels, as Kaggle's, a sixth of the training images is held back, and it is said", async () => {
  const folder = folderOf({
    'train.csv': csv(train),
    'test.csv': withoutLabels(csv(test_)),
    'sample_submission.csv': 'ImageId,Label\n1,0',
  });
  const found = await loadFolder(folder);
  expect([found.train.count, found.test.count]).toEqual([50, 10]);
  expect(found.test.name).toBe('held back from train.csv');
  expect(found.notes).toEqual([
    expect.stringMatching(/test.csv is without labels.*10 images of train.csv are held back/),
  ]);
  const images = new Set<string>();
  for (const { values, count } of [found.train, found.test])
    for (let i = 0; i < count; i++) images.add(values.subarray(i * PIXELS, (i + 1) * PIXELS).join());
  expect(images.size).toBe(60);
  await expect(loadCsvFile(join(folder, 'test.csv'))).rejects.toThrow('without labels');
});

describe('what is wrong is said in words, with the file', () => {
  const html = '<html><head><title>404</title></head></html>';
  const cases: [string, Tree, RegExp][] = [
    [
      'a web page for an IDX file',
      { ...idx(), 't10k-labels-idx1-ubyte': html },
      /^t10k-labels-idx1-ubyte is a web page/,
    ],
    [
      'a web page called .gz',
      { ...idx('.gz', gzipSync), 't10k-images-idx3-ubyte.gz': html },
      /^t10k-images-idx3-ubyte.gz is a web page/,
    ],
    [
      'a packed file cut off',
      { ...idx(), 'train-images-idx3-ubyte': gzipSync(writeIdx(train).images).subarray(0, 200) },
      /train-images-idx3-ubyte is packed as gzip, and damaged or cut off/,
    ],
    [
      'a file that unpacks to very much',
      { ...idx(), 'train-labels-idx1-ubyte': gzipSync(Buffer.alloc(70e6)) },
      /train-labels-idx1-ubyte unpacks to far more/,
    ],
    [
      'images without labels',
      { 'train-images-idx3-ubyte': writeIdx(train).images },
      /train-images-idx3-ubyte is there, and not the labels/,
    ],
    ['nothing', {}, /has no training images/],
    [
      'a folder named like the file, and nothing of use in it',
      { 'train.csv': {}, 'test.csv': csv(test_) },
      /has no training images/,
    ],
    [
      'a bad row',
      { 'train.csv': csv(train).replace(/,\d\n/, ',x\n'), 'test.csv': csv(test_) },
      /train.csv: row 2 has the label "x"/,
    ],
    [
      'white paper',
      { 'train.csv': csv(inverted(train)), 'test.csv': csv(test_) },
      /train.csv: .*white paper.*--invert yes or no/,
    ],
    [
      'white paper in IDX',
      { ...idx(), 'train-images-idx3-ubyte': writeIdx(inverted(train)).images },
      /train-images-idx3-ubyte: .*white paper.*--invert/,
    ],
  ];
  for (const [name, tree, message] of cases) {
    test(name, async () => {
      const folder = folderOf(tree);
      await expect(loadFolder(folder)).rejects.toThrow(DataError);
      await expect(loadFolder(folder)).rejects.toThrow(message);
    });
  }

  test('a file in place of a folder, a folder in place of a file, and nothing at all', async () => {
    const folder = folderOf({ 'file.csv': 'x' });
    await expect(loadFolder(join(folder, 'file.csv'))).rejects.toThrow(/file.csv leads through a file/);
    await expect(loadCsvFile(folder)).rejects.toThrow(/is a folder, and a file was expected/);
    await expect(loadCsvFile(join(folder, 'no.csv'))).rejects.toThrow(/there is no .*no.csv/);
  });

  test('codes of the system, also those that nobody has met yet', () => {
    const error = (code: string) => Object.assign(new Error(`${code}: bad thing, open`), { code });
    expect(explain(error('EACCES'), 'a.csv')).toBe('a.csv may not be read or written by you');
    expect(explain(error('EXDEV'), 'a.csv')).toBe('a.csv: the system refuses it (EXDEV)');
    expect(explain(new Error('plain'))).toBe('plain');
  });
});

function inverted(dataset: typeof train): typeof train {
  return createDataset(
    dataset.name,
    dataset.values.map((value) => 255 - value),
    dataset.labels,
  );
}

describe('the flags of reading', () => {
  test('invert and turn what they are to, and the label is where it is said', async () => {
    const folder = folderOf({ 'train.csv': csv(inverted(train)), 'test.csv': csv(inverted(test_)) });
    const found = await loadFolder(folder, readingOptions({ invert: 'yes', label: 'label' }));
    expect(found.train.values).toEqual(train.values);
    const kept = await loadFolder(folder, readingOptions({ invert: 'no', turn: 'no', label: '785' }));
    expect(kept.test.values).toEqual(inverted(test_).values);
  });

  test('are yes or no', () => {
    expect(() => readingOptions({ turn: 'maybe' })).toThrow('--turn is yes or no, not maybe');
  });
});
