import { expect, test } from 'vitest';
import type { NetworkModel } from '../../../../src/lib/nn/model.ts';
import { drawLayers, modelOf } from '../../../../src/sandbox/exercises/row-network.ts';
import { keptLabRuns } from '../../../../src/state/store/lab-store.ts';
import { keepOwnCode } from '../../../../src/state/store/own-code.ts';
import { freshDatabase } from './fresh-database.ts';

const trained = (sizes: readonly number[], seed = 1) => modelOf(drawLayers(sizes, seed));

test('what the reader’s code has trained is kept as a network, and the next takes its place', async () => {
  freshDatabase();
  await keepOwnCode(trained([784, 8, 10]));
  await keepOwnCode(trained([784, 4, 10], 2));
  const kept = await keptLabRuns();
  expect(kept.map(({ file }) => file.model.layers.map(({ units }) => units))).toEqual([[4, 10]]);
  expect(kept[0].file.model.layers[0].weights).toEqual(
    Float32Array.from(trained([784, 4, 10], 2).layers[0].weights),
  );
});

const broken = (change: (layer: NetworkModel['layers'][number]) => object) => ({
  layers: trained([784, 4, 10]).layers.map((layer, l) => (l === 0 ? { ...layer, ...change(layer) } : layer)),
});

test.each([
  ['nothing', undefined, /no network/],
  ['no layers', { layers: [] }, /no layers/],
  ['layers that are none', { layers: [null] }, /no network/],
  ['text for weights', broken(() => ({ weights: 'many' })), /no network/],
  ['too few weights', broken(({ weights }) => ({ weights: weights.slice(1) })), /weights of layer 1/],
  [
    'a number that is none',
    broken(({ weights }) => ({ weights: weights.map(() => Number.NaN) })),
    /weights of layer 1/,
  ],
  ['another shape', trained([12, 4, 10]), /784 pixels in 10 classes/],
])('%s is refused, and what was kept stays', async (_, given, says) => {
  freshDatabase();
  await keepOwnCode(trained([784, 4, 10]));
  await expect(keepOwnCode(given as NetworkModel)).rejects.toThrow(says);
  expect(await keptLabRuns()).toHaveLength(1);
});
