import { describe, expect, test } from 'vitest';
import { type ActivationName, activationNames } from '../../../src/lib/nn/activations.ts';
import { gradientCheck } from '../../../src/lib/nn/gradient-check.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import type { LossName } from '../../../src/lib/nn/losses.ts';
import type { NetworkOptions } from '../../../src/lib/nn/network.ts';
import { randomExamples, randomNetwork, rowsOf } from './networks.ts';

const examples = randomExamples(6, 7, 4);
const hiddenNames = activationNames.filter((name) => name !== 'softmax');
const outputs: readonly (readonly [ActivationName, LossName])[] = [
  ['softmax', 'cross-entropy'],
  ...activationNames.map((name) => [name, 'mean-squared-error'] as const),
];

/** The largest ‖analytic − numeric‖ / ‖numeric‖ over the layers' weights and biases. */
function worstError(
  hidden: ActivationName,
  output: ActivationName,
  options: NetworkOptions,
  dropoutSeed?: number,
) {
  const network = randomNetwork([7, 5, 6, 4], hidden, output, {
    kernels: referenceKernels('float64'),
    ...options,
  });
  const before = network.toModel();
  const sums = new Map<string, { error: number; size: number; count: number }>();
  const settings = dropoutSeed === undefined ? {} : { dropoutSeed };
  for (const { layer, parameter, analytic, numeric } of gradientCheck(
    network,
    examples,
    rowsOf(examples),
    settings,
  )) {
    const { error, size, count } = sums.get(`${parameter} ${layer}`) ?? { error: 0, size: 0, count: 0 };
    sums.set(`${parameter} ${layer}`, {
      error: Math.hypot(error, analytic - numeric),
      size: Math.hypot(size, numeric),
      count: count + 1,
    });
  }
  expect(network.toModel()).toEqual(before);
  const kinds = [...sums.values()];
  expect(kinds.map(({ count }) => count)).toEqual([35, 5, 30, 6, 24, 4]);
  for (const { size } of kinds) expect(size).toBeGreaterThan(1e-6);
  return Math.max(...kinds.map(({ error, size }) => error / size));
}

describe('backward agrees with central differences in float64', () => {
  for (const hidden of hiddenNames) {
    for (const [output, loss] of outputs) {
      test(`${hidden} layers, ${output} output, ${loss}`, () => {
        expect(worstError(hidden, output, { loss })).toBeLessThan(1e-6);
      });
    }
  }

  const variants: Record<string, NetworkOptions> = {
    'an L2 penalty': { penalty: { l2: 0.3, l1: 0 } },
    'an L1 penalty': { penalty: { l2: 0, l1: 0.2 } },
    'both penalties': { penalty: { l2: 0.1, l1: 0.2 } },
    'label smoothing': { labelSmoothing: 0.1 },
    'label smoothing under squared error': { labelSmoothing: 0.1, loss: 'mean-squared-error' },
  };
  for (const [name, options] of Object.entries(variants)) {
    test(`with ${name}`, () => {
      expect(worstError('tanh', 'softmax', options)).toBeLessThan(1e-6);
    });
  }

  test('with dropout, the same units dropped at each pass', () => {
    const penalty = { l2: 0.1, l1: 0 };
    expect(worstError('relu', 'softmax', { dropout: 0.4 }, 5)).toBeLessThan(1e-6);
    expect(worstError('tanh', 'softmax', { dropout: 0.4, penalty }, 5)).toBeLessThan(1e-6);
  });
});

test('the check finds a wrong backward: a weight changed behind its back', () => {
  const network = randomNetwork([7, 5, 4], 'tanh', 'softmax', { kernels: referenceKernels('float64') });
  const layer = network.layers[1]!;
  const backward = layer.backward.bind(layer);
  layer.backward = (gradient, of, penalty) => {
    backward(gradient, of, penalty);
    layer.writeOne('weights', 3, layer.readOne('weights', 3) + 0.1);
  };
  const worst = Math.max(
    ...[...gradientCheck(network, examples, rowsOf(examples))].map((r) => r.relativeError),
  );
  expect(worst).toBeGreaterThan(1e-3);
});
