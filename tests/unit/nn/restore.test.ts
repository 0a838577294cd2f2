import { describe, expect, test } from 'vitest';
import type { LayerModel, NetworkModel } from '../../../src/lib/nn/model.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const networkOf = (hidden: number, seed: number) =>
  Network.initialize(
    {
      inputs: 4,
      layers: [
        { units: hidden, activation: 'relu' },
        { units: 2, activation: 'softmax' },
      ],
    },
    'he',
    new Random(seed),
  );

function withLayer(model: NetworkModel, l: number, change: Partial<LayerModel>): NetworkModel {
  return { layers: model.layers.map((layer, n) => (n === l ? { ...layer, ...change } : layer)) };
}

describe('restore', () => {
  const other = networkOf(3, 2).toModel();

  test('takes over every parameter of a model of the same shape', () => {
    const network = networkOf(3, 1);
    network.restore(other);
    expect(network.toModel()).toEqual(other);
  });

  test.each([
    [
      'weights that are no number',
      withLayer(other, 1, { weights: new Float64Array(6).fill(Number.NaN) }),
      'weights of layer 2: number 0 is NaN',
    ],
    [
      'a bias that is infinite',
      withLayer(other, 0, { bias: Float64Array.of(0, -Infinity, 0) }),
      'bias of layer 1: number 1 is -Infinity',
    ],
    [
      'too few weights',
      withLayer(other, 0, { weights: Float64Array.of(1, 2, 3) }),
      'weights of layer 1 must be 12 numbers, not 3',
    ],
    ['another width', networkOf(5, 2).toModel(), 'a network 4-5-2, and this one is 4-3-2'],
    ['a layer too few', { layers: other.layers.slice(0, 1) }, 'a network 4-3, and this one is 4-3-2'],
  ])('refuses %s, says which, and leaves the network as it was', (_, model, message) => {
    const network = networkOf(3, 1);
    const before = network.toModel();
    expect(() => network.restore(model)).toThrow(message);
    expect(network.toModel()).toEqual(before);
  });
});
