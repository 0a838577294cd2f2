import { describe, expect, test } from 'vitest';
import type { ActivationName } from '../../../src/lib/nn/activations.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import type { NetworkOptions } from '../../../src/lib/nn/network.ts';
import { feeds } from '../../../src/lib/experiments/feeds.ts';
import { Optimizer } from '../../../src/lib/nn/optimizers.ts';
import { type Cell, type Quantity, combine, factorsOf } from '../../../src/lib/nn/origin.ts';
import { type Trace, trace, traceToInput } from '../../../src/lib/nn/trace.ts';
import { noPenalty } from '../../../src/lib/nn/regularizers.ts';
import { randomExamples, randomNetwork } from './networks.ts';

const examples = randomExamples(3, 6, 4);

describe('every cell recombines from its factors', () => {
  const variants: [string, ActivationName, ActivationName, NetworkOptions][] = [
    ['relu and cross-entropy', 'relu', 'softmax', {}],
    ['relu and cross-entropy with smoothed labels', 'relu', 'softmax', { labelSmoothing: 0.1 }],
    ['sigmoid and squared error', 'sigmoid', 'sigmoid', { loss: 'mean-squared-error' }],
    ['leaky relu, softmax and squared error', 'leaky-relu', 'softmax', { loss: 'mean-squared-error' }],
    ['a penalty, which a trace leaves out', 'tanh', 'softmax', { penalty: { l2: 1, l1: 1 } }],
  ];
  for (const precision of ['float64', 'float32'] as const) {
    for (const [name, hidden, output, options] of variants) {
      test(`${name}, ${precision}`, () => {
        const network = randomNetwork([6, 5, 3, 4], hidden, output, {
          kernels: referenceKernels(precision),
          ...options,
        });
        const pass = trace(network, examples, 1, 0.5);
        const tolerance = precision === 'float64' ? 1e-12 : 1e-6;
        let derived = 0;
        for (const { quantity, layer, rows, columns } of pass.steps) {
          for (let row = 0; row < rows; row++) {
            for (let column = 0; column < columns; column++) {
              const cell: Cell = { quantity, layer, row, column };
              const origin = pass.origin(cell);
              if (origin.kind === 'given')
                throw new Error(`${quantity} of layer ${layer} is computed, yet has no rule`);
              const made = combine(origin, (factor) => pass.value(factor));
              expect(Math.abs(made - pass.value(cell)), JSON.stringify(cell)).toBeLessThan(tolerance);
              derived++;
            }
          }
        }
        expect(derived).toBeGreaterThan(100);
        expect(network.penalty).toEqual(options.penalty ?? { l2: 0, l1: 0 });
      });
    }
  }
});

describe('with a penalty that is charged', () => {
  const penalties = [
    ['L2', { l2: 0.3, l1: 0 }],
    ['L1', { l2: 0, l1: 0.5 }],
    ['both, over a batch of 8', { l2: 0.3, l1: 0.5, batchSize: 8 }],
  ] as const;
  test.each(penalties)(
    '%s: the price is a step of its own, and is in the step that is taken',
    (_, penalty) => {
      const network = randomNetwork([6, 5, 4], 'tanh', 'softmax', {
        kernels: referenceKernels('float64'),
        penalty,
      });
      // Some at the kink of |w|, one so near that the step carries it past.
      for (const n of [0, 7, 11]) network.layers[0]!.writeOne('weights', n, 0);
      network.layers[0]!.writeOne('weights', 3, 1e-9);
      const plain = trace(network, examples, 1, 0.5);
      const charged = trace(network, examples, 1, 0.5, true);
      expect(charged.steps.filter(({ quantity }) => quantity !== 'penaltyGradient')).toEqual(plain.steps);
      const order = charged.steps.map(({ quantity, layer }) => `${quantity} ${layer}`);
      expect(order.indexOf('penaltyGradient 2')).toBe(order.indexOf('biasGradient 2') + 1);
      expect(charged.leftOut.penalty).toEqual(noPenalty);
      expect(network.penalty).toBe(penalty);

      network.forwardWithLoss(examples, Uint32Array.of(1));
      network.backward();
      for (const layer of [1, 2]) {
        const whole = network.layers[layer - 1]!.read('weightGradient');
        expect(charged.values('weightGradient', layer)).toEqual(plain.values('weightGradient', layer));
        charged.values('penaltyGradient', layer).forEach((price, n) => {
          expect(price + charged.values('weightGradient', layer)[n]!).toBeCloseTo(whole[n]!, 12);
        });
      }
      network.update(new Optimizer({ optimizer: 'sgd' }).next(0.5));
      expect(charged.values('updatedWeight', 1)).toEqual(network.layers[0]!.read('weights'));
      expect(charged.values('updatedWeight', 1)[3] === 0).toBe(penalty.l1 > 0);
      for (const { quantity, layer, rows, columns } of charged.steps) {
        for (let n = 0; n < rows * columns; n++) {
          const cell = { quantity, layer, row: Math.floor(n / columns), column: n % columns };
          const origin = charged.origin(cell);
          if (origin.kind === 'given') throw new Error(`${quantity} has no rule`);
          const made = combine(origin, (factor) => charged.value(factor));
          expect(Math.abs(made - charged.value(cell)), JSON.stringify(cell)).toBeLessThan(1e-12);
        }
      }
    },
  );

  test('a network without one has the steps that it always had', () => {
    const network = randomNetwork([6, 5, 4], 'relu', 'softmax');
    expect(trace(network, examples, 0, 0.1, true).steps).toEqual(trace(network, examples, 0, 0.1).steps);
  });
});

test('the steps of 784-32-32-10 come in the order of the chapters', () => {
  const network = randomNetwork([6, 5, 5, 4], 'relu', 'softmax');
  const order = trace(network, examples, 0).steps.map(({ quantity, layer }) => `${quantity} ${layer}`);
  expect(order).toEqual([
    'preActivation 1',
    'activation 1',
    'preActivation 2',
    'activation 2',
    'preActivation 3',
    'activation 3',
    'loss 3',
    'delta 3',
    'weightGradient 3',
    'biasGradient 3',
    'activationGradient 2',
    'activationSlope 2',
    'delta 2',
    'weightGradient 2',
    'biasGradient 2',
    'activationGradient 1',
    'activationSlope 1',
    'delta 1',
    'weightGradient 1',
    'biasGradient 1',
  ]);
});

test('a pass that goes on to the input ends with the blame of each pixel, which is what nudging it says', () => {
  const network = randomNetwork([6, 5, 4], 'tanh', 'softmax', { kernels: referenceKernels('float64') });
  const pass = traceToInput(network, examples, 1);
  expect(pass.steps.at(-1)).toMatchObject({ quantity: 'activationGradient', layer: 0, rows: 6, columns: 1 });
  expect(pass.steps.slice(0, -1)).toEqual(trace(network, examples, 1).steps);
  const blame = pass.values('activationGradient', 0);
  const epsilon = 1e-6;
  for (let pixel = 0; pixel < 6; pixel++) {
    const nudged = (by: number) => {
      const values = Float64Array.from(examples.values);
      values[6 + pixel]! += by;
      return network.forwardWithLoss({ ...examples, values }, Uint32Array.of(1)).loss;
    };
    expect(blame[pixel]).toBeCloseTo((nudged(epsilon) - nudged(-epsilon)) / (2 * epsilon), 8);
    const cell: Cell = { quantity: 'activationGradient', layer: 0, row: pixel, column: 0 };
    const origin = pass.origin(cell);
    if (origin.kind === 'given') throw new Error('it is computed');
    expect(combine(origin, (factor) => pass.value(factor))).toBeCloseTo(pass.value(cell), 12);
  }
});

test('the step of gradient descent is that of an update, and is taken back', () => {
  const network = randomNetwork([6, 5, 4], 'relu', 'softmax', { kernels: referenceKernels('float64') });
  const before = network.toModel();
  const pass = trace(network, examples, 2, 0.3);
  expect(network.toModel()).toEqual(before);
  network.forwardWithLoss(examples, Uint32Array.of(2));
  network.backward();
  network.update(new Optimizer({ optimizer: 'momentum' }).next(0.3));
  network.toModel().layers.forEach(({ weights, bias }, l) => {
    expect(pass.values('updatedWeight', l + 1)).toEqual(weights);
    expect(pass.values('updatedBias', l + 1)).toEqual(bias);
  });
  expect(pass.steps.filter(({ direction }) => direction === 'update').length).toBe(4);
});

describe('what a cell feeds', () => {
  for (const [hidden, output, loss, l1] of [
    ['relu', 'softmax', 'cross-entropy', 0],
    ['tanh', 'softmax', 'mean-squared-error', 0],
    ['sigmoid', 'sigmoid', 'mean-squared-error', 0],
    ['relu', 'softmax', 'cross-entropy', 0.1],
  ] as const) {
    const note = l1 > 0 ? ', with a price' : '';
    test(`is every cell that has it among its factors, and no other: ${hidden}, ${output}, ${loss}${note}`, () => {
      const network = randomNetwork([3, 4, 2, 3], hidden, output, { loss, penalty: { l2: 0, l1 } });
      const pass = trace(network, randomExamples(1, 3, 3), 0, 0.1, true);
      const all = cellsOf(pass);
      const fedBy = new Map<string, Set<string>>();
      for (const cell of all) {
        const origin = pass.origin(cell);
        if (origin.kind === 'given') continue;
        for (const factor of factorsOf(origin)) {
          const name = JSON.stringify(factor);
          fedBy.set(name, (fedBy.get(name) ?? new Set()).add(JSON.stringify(cell)));
        }
      }
      for (const cell of all) {
        const fed = feeds(pass, cell).map((each) => JSON.stringify(each));
        expect(new Set(fed), JSON.stringify(cell)).toEqual(fedBy.get(JSON.stringify(cell)) ?? new Set());
        expect(fed.length).toBe(new Set(fed).size);
      }
      expect(fedBy.size).toBeGreaterThan(50);
    });
  }
});

/** Every number of a pass, the given ones too. */
function cellsOf(pass: Trace): Cell[] {
  const whole = (quantity: Quantity, layer: number): Cell[] => {
    const [rows, columns] = pass.shape(quantity, layer);
    return Array.from({ length: rows * columns }, (_, n) => ({
      quantity,
      layer,
      row: Math.floor(n / columns),
      column: n % columns,
    }));
  };
  const layers = Array.from({ length: pass.depth }, (_, l) => l + 1);
  return [
    ...whole('activation', 0),
    ...whole('target', pass.depth),
    ...layers.flatMap((layer) => [...whole('weight', layer), ...whole('bias', layer)]),
    ...pass.steps.flatMap(({ quantity, layer }) => whole(quantity, layer)),
  ];
}

test('a trace refuses an example or a label that is not there', () => {
  const network = randomNetwork([6, 5, 3], 'relu', 'softmax');
  expect(() => trace(network, examples, 3)).toThrow('there is no example 3 among 3');
  const mislabelled = { ...examples, labels: Uint8Array.of(0, 9, 0) };
  expect(() => trace(network, mislabelled, 1)).toThrow('label 9');
});
