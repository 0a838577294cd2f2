import { describe, expect, test } from 'vitest';
import { createDataset } from '../../../src/lib/data/dataset.ts';
import { strokeDigits } from '../../../src/lib/ink/stroke-digits.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { trace } from '../../../src/lib/nn/trace.ts';
import { untrainedNetwork } from '../../../src/state/batch.ts';
import { meanOutputs, unitView } from '../../../src/state/digit-neuron.ts';
import { activationSpreads, type beginnings, describeSpreads } from '../../../src/state/initialization.ts';
import { answer, createLinearStack, singleLayerAnswer } from '../../../src/state/linear-stack.ts';
import { shapedProduct } from '../../../src/state/shapes.ts';
import { FIRST_NEURON, neuronPass } from '../../../src/state/small-neuron.ts';

const { values, labels } = strokeDigits(120, new Random(4));
const digits = createDataset('pen digits', values, labels);

test('a neuron with three inputs sums their products and its bias, and bends the sum', () => {
  const at = (quantity: 'preActivation' | 'activation', numbers = FIRST_NEURON) =>
    neuronPass(numbers).values(quantity, 1)[0]!;
  const byHand = 0.6 * 1 - 1 * 0.5 + 0.5 * 0.8 + 0.2;
  expect(at('preActivation')).toBeCloseTo(byHand, 12);
  expect(at('activation')).toBeCloseTo(byHand, 12);
  expect(at('activation', { ...FIRST_NEURON, bias: -2 })).toBe(0);
});

test('the running sum of a unit’s products ends, with the bias, at its z', () => {
  const pass = trace(untrainedNetwork(), digits, 3);
  for (const unit of [0, 17, 31]) {
    const { running, bias, sum } = unitView(pass, unit);
    expect(running.length).toBe(784);
    expect(running.at(-1)! + bias).toBeCloseTo(sum, 5);
  }
});

test('a unit’s mean output for a digit is the mean of its outputs for that digit’s images', () => {
  const network = untrainedNetwork();
  const means = meanOutputs(network, digits, 5);
  const outputs = [...digits.labels.keys()]
    .filter((row) => digits.labels[row] === 8)
    .map((row) => trace(network, digits, row).values('activation', 1)[5]!);
  expect(means[8]).toBeCloseTo(outputs.reduce((sum, output) => sum + output, 0) / outputs.length, 5);
});

describe('three questions', () => {
  test('tell everything about two linear layers', () => {
    const stack = createLinearStack();
    for (const inputs of [
      [0.3, -1.7],
      [-2, 2],
    ] as const) {
      stack.inputs.value = inputs;
      expect(Math.abs(stack.both.value - stack.single.value)).toBeLessThan(1e-12);
    }
  });

  test('do not tell everything about two layers with a bend between them', () => {
    const network = Network.initialize(
      {
        inputs: 2,
        layers: [
          { units: 4, activation: 'relu' },
          { units: 1, activation: 'linear' },
        ],
      },
      'he',
      new Random(2),
      { loss: 'mean-squared-error' },
    );
    const gap = Math.abs(answer(network, [0.5, -1]) - singleLayerAnswer(network, [0.5, -1]));
    expect(gap).toBeGreaterThan(0.01);
  });
});

describe('shapes', () => {
  test('that go together give Z, row by row', () => {
    const { W, b, A, Z, mismatch } = shapedProduct({ units: 3, weightsPerUnit: 2, inputs: 2, batch: 2 });
    expect(mismatch).toBeUndefined();
    for (const [i, j] of [
      [0, 0],
      [1, 2],
    ] as const) {
      expect(Z![i * 3 + j]).toBe(W[j * 2]! * A[i * 2]! + W[j * 2 + 1]! * A[i * 2 + 1]! + b[j]!);
    }
  });

  test('that do not are named', () => {
    const few = shapedProduct({ units: 2, weightsPerUnit: 4, inputs: 3, batch: 1 });
    expect(few.Z).toBeUndefined();
    expect(few.mismatch).toContain('W has 4 columns and each example 3 numbers: 1 of a unit');
    expect(shapedProduct({ units: 2, weightsPerUnit: 1, inputs: 3, batch: 1 }).mismatch).toContain(
      '2 inputs find no weight',
    );
  });
});

describe('how the first weights are drawn', () => {
  const spreads = (beginning: (typeof beginnings)[number]['name']) =>
    activationSpreads({ beginning, activation: 'relu', seed: 1 }, digits);

  test('zeros: nothing comes through, and it is said', () => {
    expect(spreads('zeros').every(({ zeros }) => zeros === 1)).toBe(true);
    expect(describeSpreads(spreads('zeros'))).toContain('looks the same');
  });

  test('He keeps the spread through ten layers of ReLU, within a factor of ten', () => {
    const he = spreads('he');
    expect(he.length).toBe(10);
    expect(describeSpreads(he)).toContain('about as strong');
  });

  test('too small dies, too large grows, Xavier fades under ReLU', () => {
    expect(describeSpreads(spreads('small'))).toContain('dies');
    expect(describeSpreads(spreads('large'))).toContain('grows');
    const xavier = spreads('xavier');
    expect(xavier.at(-1)!.deviation).toBeLessThan(spreads('he').at(-1)!.deviation);
  });

  test('the same seed draws the same weights', () => {
    expect(spreads('he')).toEqual(spreads('he'));
  });
});
