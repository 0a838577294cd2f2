import { describe, expect, test } from 'vitest';
import { activations, elementwiseNames } from '../../../src/lib/nn/activations.ts';
import { fit } from '../../../src/lib/nn/fit.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { softmax } from '../../../src/lib/nn/kernels/reference.ts';
import { NONE } from '../../../src/lib/nn/examples.ts';
import { predictedClass, target } from '../../../src/lib/nn/losses.ts';
import { Matrix } from '../../../src/lib/nn/matrix.ts';
import { Network } from '../../../src/lib/nn/network.ts';

function softmaxOf(logits: readonly number[]): number[] {
  const [Z, P] = [new Matrix('float64', 1, logits.length), new Matrix('float64', 1, logits.length)];
  Z.values.set(logits);
  softmax(Z, P);
  return [...P.values];
}

/** Loss of one example whose logits are the biases of a network that looks at nothing. */
function lossOf(logits: readonly number[], label: number, labelSmoothing = 0): number {
  const architecture = { inputs: 1, layers: [{ units: logits.length, activation: 'softmax' as const }] };
  const network = new Network(architecture, { kernels: referenceKernels('float64'), labelSmoothing });
  network.layers[0]!.write('bias', logits);
  const examples = { count: 1, width: 1, values: new Uint8Array(1), labels: Uint8Array.of(label) };
  return network.evaluate(examples).loss;
}

describe('activations', () => {
  test('values at points that can be worked out by hand', () => {
    const at = (name: keyof typeof activations, z: number) => activations[name].value(z);
    expect([at('relu', -2), at('relu', 0), at('relu', 3)]).toEqual([0, 0, 3]);
    expect([at('leaky-relu', -2), at('leaky-relu', 3)]).toEqual([-0.02, 3]);
    expect(at('sigmoid', 0)).toBe(0.5);
    expect(at('sigmoid', Math.log(3))).toBeCloseTo(0.75, 14);
    expect(at('tanh', Math.log(3))).toBeCloseTo(0.8, 14);
    expect(at('linear', -7)).toBe(-7);
  });

  test('tanh agrees with Math.tanh, near 0 and far from it', () => {
    for (const z of [1e-9, 1e-4, 0.0099, 0.0101, 0.3, 2, 20, 400]) {
      expect(Math.abs(activations.tanh.value(z) / Math.tanh(z) - 1), `z = ${z}`).toBeLessThan(1e-12);
      expect(activations.tanh.value(-z)).toBe(-activations.tanh.value(z));
    }
  });

  for (const name of elementwiseNames) {
    test(`${name}: no overflow at ±1000, and NaN stays NaN`, () => {
      const { value, derivative } = activations[name];
      for (const z of [-1000, 1000]) {
        expect(Number.isFinite(value(z))).toBe(true);
        expect(Number.isFinite(derivative(z, value(z)))).toBe(true);
      }
      expect(value(Number.NaN)).toBeNaN();
    });
  }
});

describe('softmax', () => {
  test('adding a constant to every logit changes nothing', () => {
    const [plain, moved] = [softmaxOf([1, 2, -3]), softmaxOf([1001, 1002, 997])];
    plain.forEach((p, k) => expect(moved[k]).toBeCloseTo(p, 14));
  });

  test('the probabilities sum to 1, whatever the size of the logits', () => {
    for (const logits of [
      [0, 0],
      [1e300, -1e300, 5],
      [-800, -801, -802],
      [3, 1, 4, 1, 5],
    ]) {
      expect(softmaxOf(logits).reduce((a, b) => a + b)).toBeCloseTo(1, 14);
    }
  });

  test('odds are exponentials of differences', () => {
    const [p, q] = softmaxOf([Math.log(9), 0]);
    expect(p! / q!).toBeCloseTo(9, 12);
  });
});

describe('cross-entropy', () => {
  test('−log p of the label, by hand: equal logits over ten classes cost ln 10', () => {
    expect(lossOf(new Array<number>(10).fill(2), 3)).toBeCloseTo(Math.log(10), 13);
    expect(lossOf([Math.log(3), 0], 0)).toBeCloseTo(Math.log(4 / 3), 13);
  });

  test('stays finite where the probability itself has become 0', () => {
    expect(lossOf([0, 2000], 0)).toBeCloseTo(2000, 9);
  });

  test('label smoothing mixes in the mean over the classes', () => {
    const each = [0, 1, 2].map((label) => lossOf([1, 2, 4], label));
    const mean = each.reduce((a, b) => a + b) / 3;
    expect(lossOf([1, 2, 4], 1, 0.3)).toBeCloseTo(0.7 * each[1]! + 0.3 * mean, 12);
    expect([0, 1, 2].reduce((sum, k) => sum + target(1, k, 3, 0.3), 0)).toBeCloseTo(1, 14);
  });
});

test('predictedClass: the first of equals, −1 where there is no number', () => {
  expect(predictedClass([1, 5, 5, 2], 4)).toBe(1);
  expect(predictedClass([9, 9, 1, 2, 3, 0], 3, 1)).toBe(1);
  expect(predictedClass([Number.NaN, Number.NaN], 2)).toBe(-1);
});

describe('an example in none of the classes', () => {
  test('has the same target for each, whatever the smoothing, and costs ln of their number at the least', () => {
    for (const smoothing of [0, 0.1])
      for (let k = 0; k < 4; k++) expect(target(NONE, k, 4, smoothing)).toBe(0.25);
  });

  test('is learnt from: the network becomes unsure of it and stays sure of the others', () => {
    const architecture = { inputs: 2, layers: [{ units: 3, activation: 'softmax' as const }] };
    const network = new Network(architecture, { kernels: referenceKernels('float64') });
    network.layers[0]!.write('bias', [4, 0, 0]);
    const values = Float64Array.of(1, 0, 0, 1);
    const examples = { count: 2, width: 2, values, labels: Uint8Array.of(1, NONE) };
    for (const _ of fit(network, examples, { epochs: 400, batchSize: 2, learningRate: 0.5, seed: 1 }));
    const [known, none] = [0, 1].map((row) => [...network.forward(examples, Uint32Array.of(row)).copy()]);
    expect(known![1]).toBeGreaterThan(0.95);
    for (const p of none!) expect(p).toBeCloseTo(1 / 3, 1);
  });

  test('is refused where networks are measured: there is no right answer to it', () => {
    const architecture = { inputs: 1, layers: [{ units: 3, activation: 'softmax' as const }] };
    const examples = { count: 1, width: 1, values: new Uint8Array(1), labels: Uint8Array.of(NONE) };
    expect(() => new Network(architecture).evaluate(examples)).toThrow('label 255 of example 0');
  });
});
