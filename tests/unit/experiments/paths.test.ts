import { describe, expect, test } from 'vitest';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { multiplicationsOfAll, unfold } from '../../../src/lib/experiments/paths.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { trace } from '../../../src/lib/nn/trace.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

const float64 = { kernels: referenceKernels('float64') };
const network = randomNetwork([784, 32, 32, 10], 'relu', 'softmax', float64);
const pass = trace(network, randomExamples(1, 784, 10), 0);
const random = new Random(11);
const weights = Array.from({ length: 40 }, () => [random.below(32), random.below(784)] as const);
const gradient = (unit: number, input: number) =>
  pass.value({ quantity: 'weightGradient', layer: 1, row: unit, column: input });

describe('paths', () => {
  test('the 320 paths of random first-layer weights sum to their gradients', () => {
    for (const [unit, input] of weights) {
      const { paths, sum } = unfold(pass, unit, input);
      expect(paths).toHaveLength(320);
      expect(new Set(paths.map(({ units }) => units.join())).size).toBe(320);
      expect(Math.abs(sum - gradient(unit, input)), `unit ${unit}, input ${input}`).toBeLessThan(1e-12);
    }
    expect(weights.some(([unit, input]) => Math.abs(gradient(unit, input)) > 1e-4)).toBe(true);
  });

  test('a path multiplies input, slope, weight, slope, weight and the output’s δ, along its own units', () => {
    const { paths } = unfold(pass, 3, 100);
    for (const { units, factors, product, closedBy } of paths) {
      const [own, second, output] = units;
      expect(factors.map(({ quantity, layer, row, column }) => [quantity, layer, row, column])).toEqual([
        ['activation', 0, 100, 0],
        ['activationSlope', 1, own, 0],
        ['weight', 2, second, own],
        ['activationSlope', 2, second, 0],
        ['weight', 3, output, second],
        ['delta', 3, output, 0],
      ]);
      expect(product).toBe(factors.reduce((made, cell) => made * pass.value(cell), 1));
      const z = [pass.values('preActivation', 1)[own!]!, pass.values('preActivation', 2)[second!]!];
      expect(closedBy.map(({ layer }) => layer)).toEqual([1, 2].filter((layer) => z[layer - 1]! <= 0));
      if (closedBy.length > 0) expect(Math.abs(product)).toBe(0);
    }
    expect(paths.some(({ closedBy }) => closedBy.length > 0)).toBe(true);
  });

  test('folded, 320 paths become 32 and then 1, and what is kept at a unit is its δ', () => {
    for (const [unit, input] of weights.slice(0, 8)) {
      for (const [foldFrom, count] of [
        [2, 32],
        [1, 1],
      ] as const) {
        const { paths, folded, sum } = unfold(pass, unit, input, foldFrom);
        expect(paths).toHaveLength(count);
        expect(Math.abs(sum - gradient(unit, input))).toBeLessThan(1e-12);
        expect(folded.length).toBe(foldFrom === 2 ? 32 : 33);
        for (const { cell, value } of folded) expect(Math.abs(value - pass.value(cell))).toBeLessThan(1e-12);
      }
    }
  });

  test('multiplications are those that are done: five a path, and few when folded', () => {
    expect(unfold(pass, 0, 0).multiplications).toBe(320 * 5);
    // δ of 32 units from 10 outputs each and a slope, then 32 products of four factors.
    expect(unfold(pass, 0, 0, 2).multiplications).toBe(32 * 11 + 32 * 3);
    // Instead of the products: the δ of one unit from 32 and a slope, times the input.
    expect(unfold(pass, 0, 0, 1).multiplications).toBe(32 * 11 + 33 + 1);
    expect(multiplicationsOfAll(pass, 3)).toBe(784 * 32 * 1600);
    expect(multiplicationsOfAll(pass, 1)).toBe(32 * 11 + 32 * 33 + 784 * 32);
  });

  test('deeper networks and other activations have their paths too, and their sum is the gradient', () => {
    for (const loss of ['cross-entropy', 'mean-squared-error'] as const) {
      const deep = randomNetwork([3, 4, 3, 2, 5], 'tanh', 'softmax', { ...float64, loss });
      const deepPass = trace(deep, randomExamples(1, 3, 5), 0);
      for (const foldFrom of [4, 3, 2, 1]) {
        const { paths, sum } = unfold(deepPass, 1, 2, foldFrom);
        expect(paths).toHaveLength({ 4: 30, 3: 6, 2: 3, 1: 1 }[foldFrom]!);
        expect(sum).toBeCloseTo(deepPass.values('weightGradient', 1)[5]!, 12);
      }
    }
  });

  test('a weight or a layer that is not there is named', () => {
    expect(() => unfold(pass, 32, 0)).toThrow('no weight from input 0 into unit 32');
    expect(() => unfold(pass, 0, 0, 4)).toThrow('a layer from 1 to 3, not at 4');
  });
});
