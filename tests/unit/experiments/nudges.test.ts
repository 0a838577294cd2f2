import { describe, expect, test } from 'vitest';
import { everyParameter, gradientCheck } from '../../../src/lib/nn/gradient-check.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { nudgeEveryParameter, passesFor } from '../../../src/lib/experiments/nudges.ts';
import { compareEpsilons, epsilonsDown, lossAlong } from '../../../src/lib/experiments/one-parameter.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

const float64 = { kernels: referenceKernels('float64') };
const small = randomNetwork([6, 5, 4, 3], 'tanh', 'softmax', float64).toModel();
const examples = randomExamples(4, 6, 3);

function gradientsOf(model = small, row = 1, of = examples) {
  const network = Network.fromModel(model, float64);
  const { loss } = network.forwardWithLoss(of, Uint32Array.of(row));
  network.backward();
  const gradients = network.layers.map((layer) => ({
    weights: layer.read('weightGradient'),
    bias: layer.read('biasGradient'),
  }));
  return { loss, gradients };
}

describe('nudges', () => {
  test('every parameter comes once, and its nudge agrees with backward', () => {
    const { gradients } = gradientsOf();
    const seen = new Set<string>();
    for (const { layer, parameter, index, numeric } of nudgeEveryParameter(small, examples, 1)) {
      seen.add(`${layer} ${parameter} ${index}`);
      const analytic = gradients[layer][parameter][index];
      expect(Math.abs(numeric - analytic), `${layer} ${parameter} ${index}`).toBeLessThan(1e-9);
    }
    const all = [...everyParameter(Network.fromModel(small))];
    expect(seen.size).toBe(all.length);
    expect(passesFor(small)).toBe(2 * all.length);
  });

  test('a pass that begins at the nudged unit gives the same bits as a whole one', () => {
    const relu = randomNetwork([6, 5, 4, 3], 'relu', 'softmax', float64).toModel();
    const network = Network.fromModel(relu, float64);
    const short = [...nudgeEveryParameter(relu, examples, 2)];
    for (const { numeric, ...address } of short) {
      const [whole] = [...gradientCheck(network, examples, Uint32Array.of(2), { only: [address] })];
      expect(numeric).toBe(whole.numeric);
    }
    expect(short.some(({ numeric }) => numeric === 0)).toBe(true);
  });

  test('it can be stopped and taken up again, and leaves the model as it was', () => {
    const before = structuredClone(small);
    const nudging = nudgeEveryParameter(small, examples, 1);
    const first = [nudging.next().value!, nudging.next().value!];
    expect(first.map(({ parameter, index }) => [parameter, index])).toEqual([
      ['weights', 0],
      ['weights', 6],
    ]);
    expect([...first, ...nudging]).toEqual([...nudgeEveryParameter(small, examples, 1)]);
    expect(small).toEqual(before);
  });

  test('784-32-32-10 takes 53,012 passes', () => {
    const model = randomNetwork([784, 32, 32, 10], 'relu', 'softmax', float64).toModel();
    expect(passesFor(model)).toBe(53_012);
    const digits = randomExamples(1, 784, 10);
    const { gradients } = gradientsOf(model, 0, digits);
    const from = performance.now();
    let furthest = 0;
    for (const { layer, parameter, index, numeric } of nudgeEveryParameter(model, digits, 0)) {
      furthest = Math.max(furthest, Math.abs(numeric - gradients[layer]![parameter][index]!));
    }
    console.info(`53,012 forward passes in ${(performance.now() - from).toFixed(0)} ms`);
    expect(furthest).toBeLessThan(1e-6);
  });
});

describe('one parameter', () => {
  const address = { layer: 1, parameter: 'weights', index: 7 } as const;

  test('over ε the error falls with ε² and rises again with rounding, in float32 sooner', () => {
    const epsilons = epsilonsDown(1);
    expect(epsilons).toHaveLength(12);
    expect(epsilons.at(-1)).toBeCloseTo(1e-12, 20);
    const all = compareEpsilons(small, examples, 1, address, epsilons);
    const errors = (precision: string) =>
      all.filter((each) => each.precision === precision).map(({ relativeError }) => relativeError);
    const [single, double] = [errors('float32'), errors('float64')];
    expect(double[0]! / double[1]!).toBeGreaterThan(50);
    expect(double[0]! / double[1]!).toBeLessThan(200);
    expect(Math.min(...double)).toBeLessThan(1e-8);
    expect(Math.min(...single)).toBeGreaterThan(Math.min(...double));
    expect(double.at(-1)!).toBeGreaterThan(100 * Math.min(...double));
    // 1e-12 is lost in the last place of a float32 weight: no nudge at all.
    expect(single.at(-1)).toBe(1);
  });

  test('the loss along a weight is the network’s own, and its slope at the start is the gradient', () => {
    const { loss, gradients } = gradientsOf();
    const along = lossAlong(small, examples, 1, address, () => [-1e-5, 0, 1e-5, 0.5]);
    expect(along.loss).toBe(loss);
    expect(along.losses[1]).toBe(loss);
    expect(along.gradient).toBe(gradients[1]!.weights[7]);
    expect((along.losses[2]! - along.losses[0]!) / 2e-5).toBeCloseTo(along.gradient, 8);
    const moved = structuredClone(small);
    moved.layers[1]!.weights[7] = along.value + 0.5;
    expect(along.losses[3]).toBe(gradientsOf(moved).loss);
  });
});
