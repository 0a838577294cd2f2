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

test('ten means are tried on every test digit of the collection, and an image is named with its set', async () => {
  const training99 = () => collection.value!.train.values.slice(99 * 784, 100 * 784);
  await chooseCollection('sample');
  expect(nearestToOwnMean.value?.count).toBe(200);
  const [few, calledThere] = [training99(), nameImages(collection.value!, 'train', [99])];
  await chooseCollection('whole');
  // The nearest-centroid classifier on raw MNIST pixels: 82.03 %.
  expect(nearestToOwnMean.value).toEqual({ count: 10_000, right: 8203 });
  // The same number is another picture in the sample than in the whole.
  expect(training99()).not.toEqual(few);
  expect(calledThere).toBe('training image 99 of the sample');
  expect(nameImages(collection.value!, 'train', [99])).toBe('training image 99');
});

test('several images are named together, and those of the reader’s own file as such', () => {
  expect(nameImages({ name: 'whole' }, 'test', [7, 1234])).toBe('test images 7; 1,234');
  expect(nameImages({ name: 'own' }, 'train', [0])).toBe('image 0 of yours');
});
