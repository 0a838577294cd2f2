import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ensureData } from '../../../../scripts/data.ts';
import {
  chooseCollection,
  collection,
  nameImages,
  nearestToOwnMean,
} from '../../../../src/state/digits/collection.ts';

const FOLDER = new URL('../../../../public', import.meta.url);

beforeAll(async () => {
  await ensureData();
  vi.stubGlobal('fetch', async (path: string) => {
    return new Response(new Uint8Array(readFileSync(FOLDER.pathname + path)));
  });
});

afterAll(() => vi.unstubAllGlobals());

const training99 = () => collection.value!.train.values.slice(99 * 784, 100 * 784);

test('ten means are tried on every test digit of the sample, and an image is named with its set', async () => {
  await chooseCollection('sample');
  expect(nearestToOwnMean.value?.count).toBe(200);
  expect(nameImages(collection.value!, 'train', [99])).toBe('training image 99 of the sample');
});

test(
  'ten means are tried on every test digit of the whole, where a number is another picture than in the sample',
  { tags: ['long'] },
  async () => {
    await chooseCollection('sample');
    const few = training99();
    await chooseCollection('whole');
    // The nearest-centroid classifier on raw MNIST pixels: 82.03 %.
    expect(nearestToOwnMean.value).toEqual({ count: 10_000, right: 8203 });
    expect(training99()).not.toEqual(few);
    expect(nameImages(collection.value!, 'train', [99])).toBe('training image 99');
  },
);

test('several images are named together, and those of the reader’s own file as such', () => {
  expect(nameImages({ name: 'whole' }, 'test', [7, 1234])).toBe('test images 7; 1,234');
  expect(nameImages({ name: 'own' }, 'train', [0])).toBe('image 0 of yours');
});
