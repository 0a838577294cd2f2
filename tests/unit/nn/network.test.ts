import { describe, expect, test } from 'vitest';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { Layer } from '../../../src/lib/nn/layer.ts';
import { Matrix } from '../../../src/lib/nn/matrix.ts';
import type { Architecture } from '../../../src/lib/nn/model.ts';
import { Network, type NetworkOptions } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { randomExamples, randomNetwork, rowsOf } from './networks.ts';

const tiny = (options: NetworkOptions = {}) =>
  new Network(
    {
      inputs: 2,
      layers: [
        { units: 2, activation: 'relu' },
        { units: 2, activation: 'softmax' },
      ],
    },
    { kernels: referenceKernels('float64'), ...options },
  );

describe('a 2-2-2 network, worked out on paper', () => {
  // x = (1, 2): z¹ = (1·1 + 1·2 − 1, 1·1 − 2·2 + 1) = (2, −2), a¹ = (2, 0), z² = (ln 3, 0) by W² = ((ln 3 / 2, 5), (0, 7)).
  const network = tiny();
  network.layers[0]!.write('weights', [1, 1, 1, -2]);
  network.layers[0]!.write('bias', [-1, 1]);
  network.layers[1]!.write('weights', [Math.log(3) / 2, 5, 0, 7]);
  const examples = { count: 1, width: 2, values: Float64Array.of(1, 2), labels: Uint8Array.of(1) };
  const { loss } = network.forwardWithLoss(examples, Uint32Array.of(0));
  network.backward();
  const [first, second] = network.layers as [(typeof network.layers)[0], (typeof network.layers)[0]];
  const near = (actual: ArrayLike<number>, expected: number[]) => {
    expect(actual.length).toBe(expected.length);
    expected.forEach((value, n) => expect(actual[n]).toBeCloseTo(value, 12));
  };

  test('forward', () => {
    near(first.read('preActivation'), [2, -2]);
    near(first.read('activation'), [2, 0]);
    near(second.read('activation'), [0.75, 0.25]);
    expect(loss).toBeCloseTo(Math.log(4), 12);
  });

  test('backward: δ² = p − y, then through W² and the gate of the ReLU', () => {
    near(second.read('delta'), [0.75, -0.75]);
    near(second.read('weightGradient'), [1.5, 0, -1.5, 0]);
    near(second.read('biasGradient'), [0.75, -0.75]);
    near(first.read('delta'), [(0.75 * Math.log(3)) / 2, 0]);
    near(first.read('weightGradient'), [(0.75 * Math.log(3)) / 2, 0.75 * Math.log(3), 0, 0]);
  });
});

test('the gradient of a batch is the mean of the gradients of its examples', () => {
  const network = randomNetwork([5, 4, 3], 'tanh', 'softmax', { kernels: referenceKernels('float64') });
  const examples = randomExamples(4, 5, 3);
  const gradientOf = (rows: Uint32Array) => {
    network.forwardWithLoss(examples, rows);
    network.backward();
    return network.layers.map((layer) => layer.read('weightGradient'));
  };
  const whole = gradientOf(rowsOf(examples));
  const single = [0, 1, 2, 3].map((row) => gradientOf(Uint32Array.of(row)));
  whole.forEach((gradient, l) => {
    gradient.forEach((value, n) => {
      const mean = single.reduce((sum, gradients) => sum + gradients[l]![n]!, 0) / 4;
      expect(value).toBeCloseTo(mean, 14);
    });
  });
});

test('pixels: byte 255 is 1, byte 51 is 0.2', () => {
  const network = tiny();
  network.forward(
    { count: 1, width: 2, values: Uint8Array.of(255, 51), labels: Uint8Array.of(0) },
    Uint32Array.of(0),
  );
  expect([...network.readInput()]).toEqual([1, 0.2]);
});

describe('evaluate', () => {
  const network = randomNetwork([5, 6, 3], 'relu', 'softmax');
  const examples = randomExamples(1203, 5, 3);
  const { confusion, accuracy, loss, count } = network.evaluate(examples);

  test('the confusion matrix counts every example once, in the row of its label', () => {
    expect(count).toBe(1203);
    for (let label = 0; label < 3; label++) {
      const row = confusion.slice(3 * label, 3 * label + 3).reduce((a, b) => a + b);
      expect(row).toBe(examples.labels.filter((l) => l === label).length);
    }
    expect((confusion[0]! + confusion[4]! + confusion[8]!) / 1203).toBe(accuracy);
  });

  test('agrees with the probabilities of predict', () => {
    const outputs = network.predict(examples);
    let sum = 0;
    for (let i = 0; i < count; i++) sum -= Math.log(outputs[3 * i + examples.labels[i]!]!);
    expect(loss).toBeCloseTo(sum / count, 6);
  });
});

test('dropout drops its share in training, scales up the rest, and leaves prediction alone', () => {
  const layer = new Layer({ inputs: 1, units: 1000, activation: 'linear', dropout: 0.3 }, 'float64');
  layer.write('bias', new Float64Array(1000).fill(1));
  const input = new Matrix('float64', 4, 1);
  const values = layer.forward(input, new Random(1)).copy();
  const dropped = values.filter((value) => value === 0).length;
  expect(Math.abs(dropped / 4000 - 0.3)).toBeLessThan(0.03);
  expect(new Set(values)).toEqual(new Set([0, 1 / 0.7]));
  expect(new Set(layer.forward(input).copy())).toEqual(new Set([1]));
});

describe('a model', () => {
  test('makes the same network again', () => {
    const network = randomNetwork([5, 4, 3], 'sigmoid', 'softmax');
    const examples = randomExamples(10, 5, 3);
    const again = Network.fromModel(network.toModel());
    expect(again.predict(examples)).toEqual(network.predict(examples));
  });

  test('is a copy: training goes on without changing it', () => {
    const network = randomNetwork([5, 4, 3], 'sigmoid', 'softmax');
    const model = network.toModel();
    const kept = model.layers[0]!.weights.slice();
    network.layers[0]!.writeOne('weights', 0, 99);
    expect(model.layers[0]!.weights).toEqual(kept);
  });

  test('with layers that do not fit, or a weight that is no number, is refused', () => {
    const { layers } = randomNetwork([5, 4, 3], 'sigmoid', 'softmax').toModel();
    expect(() => Network.fromModel({ layers: [] })).toThrow('no layers');
    expect(() => Network.fromModel({ layers: [layers[0]!, layers[0]!] })).toThrow(
      'layer 2 takes 5 inputs, but layer 1 has 4',
    );
    const broken = { ...layers[1]!, bias: Float32Array.of(0, Number.NaN, 0) };
    expect(() => Network.fromModel({ layers: [layers[0]!, broken] })).toThrow(
      'bias of layer 2: number 1 is NaN',
    );
    const short = { ...layers[1]!, bias: Float32Array.of(0) };
    expect(() => Network.fromModel({ layers: [layers[0]!, short] })).toThrow(
      'bias of layer 2 must be 3 numbers, not 1',
    );
  });
});

describe('architectures that cannot be are refused by name and value', () => {
  const output = { units: 2, activation: 'softmax' as const };
  const cases: [string, Architecture, NetworkOptions, RegExp][] = [
    ['no layers', { inputs: 2, layers: [] }, {}, /at least one layer/],
    [
      'no units',
      { inputs: 2, layers: [{ units: 0, activation: 'relu' }, output] },
      {},
      /units of layer 1 .* not 0/,
    ],
    [
      'units below 0',
      { inputs: 2, layers: [{ units: -3, activation: 'relu' }, output] },
      {},
      /units of layer 1 .* not -3/,
    ],
    ['softmax inside', { inputs: 2, layers: [output, output] }, {}, /activation of layer 1 is softmax/],
    [
      'cross-entropy without softmax',
      { inputs: 2, layers: [{ units: 2, activation: 'tanh' }] },
      {},
      /needs a softmax output/,
    ],
    ['a dropout of 1', { inputs: 2, layers: [output] }, { dropout: 1 }, /dropout .* not 1/],
    ['λ below 0', { inputs: 2, layers: [output] }, { penalty: { l2: -0.1, l1: 0 } }, /l2 .* not -0.1/],
    ['λ of NaN', { inputs: 2, layers: [output] }, { penalty: { l2: 0, l1: Number.NaN } }, /l1 .* not NaN/],
  ];
  for (const [name, architecture, options, message] of cases) {
    test(name, () => expect(() => new Network(architecture, options)).toThrow(message));
  }
});
