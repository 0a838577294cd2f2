import { describe, expect, test } from 'vitest';
import type { Examples } from '../../../src/lib/nn/examples.ts';
import { type FitOptions, fit } from '../../../src/lib/nn/fit.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import type { NetworkModel } from '../../../src/lib/nn/model.ts';
import type { Network } from '../../../src/lib/nn/network.ts';
import { type Penalty, noPenalty } from '../../../src/lib/nn/regularizers.ts';
import { randomExamples, randomNetwork } from './networks.ts';

/** Points labelled by the quadrant that they lie in: learnable, unlike random labels. */
function quadrants(count: number, seed: number): Examples {
  const examples = randomExamples(count, 2, 4, seed);
  const labels = examples.labels.map((_, i) => {
    const [x, y] = [examples.values[2 * i]!, examples.values[2 * i + 1]!];
    return (x > 0 ? 1 : 0) + (y > 0 ? 2 : 0);
  });
  return { ...examples, labels };
}

const examples = quadrants(205, 1);
const options: FitOptions = { epochs: 3, batchSize: 20, learningRate: 0.5, seed: 4 };
const fresh = (settings = {}) => randomNetwork([2, 8, 4], 'tanh', 'softmax', settings);
const run = (network: Network, more: Partial<FitOptions> = {}) => [
  ...fit(network, examples, { ...options, ...more }),
];

describe('fit', () => {
  test('every example is used exactly once in each epoch, the last batch being a part', () => {
    const events = run(fresh());
    for (let epoch = 0; epoch < 3; epoch++) {
      const batches = events.flatMap((event) =>
        event.kind === 'batch' && event.epoch === epoch ? [event] : [],
      );
      expect(batches.map(({ rows }) => rows.length)).toEqual([...new Array<number>(10).fill(20), 5]);
      const rows = batches.flatMap((batch) => [...batch.rows]);
      expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 205 }, (_, i) => i));
      expect(rows.slice(0, 20)).not.toEqual(Array.from({ length: 20 }, (_, i) => i));
    }
    expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(3);
  });

  test('the network learns', () => {
    const network = fresh();
    const before = network.evaluate(examples);
    run(network, { epochs: 30 });
    const after = network.evaluate(examples);
    expect(after.loss).toBeLessThan(before.loss / 3);
    expect(after.accuracy).toBeGreaterThan(0.95);
  });

  test('the same seed gives the same weights to the bit, another seed others', () => {
    const weights = (seed: number) => {
      const network = fresh({ dropout: 0.2 });
      run(network, { seed, optimizer: { optimizer: 'adam' }, learningRate: 0.01 });
      return network.toModel();
    };
    expect(weights(4)).toEqual(weights(4));
    expect(weights(4)).not.toEqual(weights(5));
  });

  test('a run taken up again at an epoch ends where the whole run ends', () => {
    const [whole, parts] = [fresh({ dropout: 0.2 }), fresh({ dropout: 0.2 })];
    run(whole, { epochs: 5 });
    for (const event of fit(parts, examples, { ...options, epochs: 5 })) {
      if (event.kind === 'epoch' && event.epoch === 1) break;
    }
    run(parts, { epochs: 5, resume: { epochsDone: 2 } });
    expect(parts.toModel()).toEqual(whole.toModel());
  });

  test('a trained network goes on from where it is', () => {
    const network = fresh();
    const loss = (events: ReturnType<typeof run>) => events.findLast(({ kind }) => kind === 'epoch')!.loss;
    const first = loss(run(network, { epochs: 10 }));
    expect(loss(run(network, { epochs: 10 }))).toBeLessThan(first);
  });

  test('early stopping ends the run, and the best weights are in place again', () => {
    const network = fresh();
    const validation = randomExamples(60, 2, 4, 9);
    const events = run(network, { epochs: 500, validation, patience: 5, learningRate: 1 });
    const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []));
    expect(epochs.at(-1)!.finished).toBe('early-stopping');
    expect(epochs.slice(0, -1).every(({ finished }) => finished === undefined)).toBe(true);
    const losses = epochs.map(({ validation: evaluated }) => evaluated!.loss);
    expect(losses.indexOf(Math.min(...losses))).toBe(epochs.length - 6);
    expect(network.evaluate(validation).loss).toBeCloseTo(Math.min(...losses), 12);
  });

  describe('a validation loss that is not a number', () => {
    const validation = randomExamples(60, 2, 4, 9);
    /** A run in which the weights become NaN after some epochs, while the batches' own losses are not looked at. */
    const breaking = (network: Network, epochs: number, patience: number) => {
      const ended: (string | undefined)[] = [];
      for (const event of fit(network, examples, { ...options, epochs: 50, validation, patience })) {
        if (event.kind === 'epoch') ended.push(event.finished);
        else if (event.epoch >= epochs) network.layers[1].write('bias', [NaN, NaN, NaN, NaN]);
      }
      return ended;
    };

    test('is never the best: patience ends the run, and the last finite weights are in place again', () => {
      const [network, healthy] = [fresh(), fresh()];
      expect(breaking(network, 1, 3)).toEqual([undefined, undefined, undefined, 'early-stopping']);
      run(healthy, { epochs: 1 });
      expect(network.toModel()).toEqual(healthy.toModel());
      expect(network.evaluate(validation).loss).toBeGreaterThan(0);
    });

    test('from the first epoch on ends the run after as many epochs as patience allows', () => {
      expect(breaking(fresh(), 0, 2)).toEqual([undefined, 'early-stopping']);
    });
  });

  test('the loss of an epoch is the mean over its examples, the short batch counting for less', () => {
    const events = run(fresh(), { epochs: 1 });
    const batches = events.flatMap((event) => (event.kind === 'batch' ? [event] : []));
    const mean = batches.reduce((sum, { loss, rows }) => sum + loss * rows.length, 0) / 205;
    expect(events.at(-1)).toMatchObject({ kind: 'epoch', finished: 'epochs' });
    expect((events.at(-1) as { loss: number }).loss).toBeCloseTo(mean, 12);
  });

  test('an L2 penalty makes the weights smaller', () => {
    const squares = (l2: number) => {
      const network = fresh({ penalty: { l2, l1: 0 } });
      run(network, { epochs: 30 });
      return network.layers.reduce((sum, layer) => sum + layer.weightSums().squares, 0);
    };
    expect(squares(0.5)).toBeLessThan(squares(0) / 1.5);
  });

  test('every step of a run pays the same penalty, λ by the batch size asked for, also the last of 5 examples', () => {
    const kernels = referenceKernels('float64');
    const gradients = (penalty: Penalty) => {
      // Steps too small to move anything, so that all batches meet the same weights.
      const network = fresh({ kernels, penalty });
      const seen = [...fit(network, examples, { ...options, epochs: 1, learningRate: 1e-15 })].flatMap(
        (event) => (event.kind === 'batch' ? [network.layers[0].read('weightGradient')] : []),
      );
      return { seen, weights: network.layers[0].read('weights') };
    };
    const { seen, weights } = gradients({ l2: 0.5, l1: 0.25 });
    const free = gradients(noPenalty).seen;
    expect(seen).toHaveLength(11);
    weights.forEach((w, n) => {
      const charge = (0.5 * w + 0.25 * Math.sign(w)) / 20;
      for (const batch of seen.keys()) expect(seen[batch][n] - free[batch][n]).toBeCloseTo(charge, 10);
    });
  });

  test('averaging: the weights at the end are the mean of those after each of the last epochs', () => {
    const after: NetworkModel[] = [];
    const plain = fresh();
    for (const event of fit(plain, examples, { ...options, epochs: 4 }))
      if (event.kind === 'epoch') after.push(plain.toModel());
    const averaged = fresh();
    const events = run(averaged, { epochs: 4, averaging: 3, validation: examples });
    const weights = averaged.toModel().layers[0]!.weights;
    weights.forEach((weight, n) => {
      const sum = after.slice(1).reduce((all, { layers }) => all + layers[0]!.weights[n]!, 0);
      expect(weight).toBeCloseTo(sum / 3, 6);
    });
    // What the last epoch says of the validation examples is said of the averaged weights.
    const last = events.at(-1)!;
    expect(last.kind === 'epoch' && last.validation).toEqual(averaged.evaluate(examples));
  });

  test('augmented batches are what the network learns from', () => {
    const seen: number[] = [];
    const augment: FitOptions['augment'] = (from, rows, random) => {
      seen.push(rows.length);
      const values = new Float64Array(rows.length * 2).map(() => random.uniform());
      return {
        count: rows.length,
        width: 2,
        values,
        labels: Uint8Array.from(rows, (row) => from.labels[row]!),
      };
    };
    const network = fresh();
    run(network, { epochs: 1, augment });
    expect(seen).toHaveLength(11);
    const plain = fresh();
    run(plain, { epochs: 1 });
    expect(network.toModel()).not.toEqual(plain.toModel());
  });
});

describe('options that cannot be are refused by name and value', () => {
  const cases: [string, Partial<FitOptions>, RegExp][] = [
    ['no epochs', { epochs: 0 }, /epochs .* not 0/],
    ['half a batch', { batchSize: 0.5 }, /batchSize .* not 0.5/],
    ['a batch larger than the data', { batchSize: 206 }, /batchSize 206 is larger than the data, 205/],
    ['a learning rate of NaN', { learningRate: Number.NaN }, /learningRate .* not NaN/],
    ['a negative learning rate', { learningRate: -1 }, /learningRate .* not -1/],
    ['a seed below 0', { seed: -2 }, /seed .* not -2/],
    ['patience without validation examples', { patience: 3 }, /patience 3 needs validation/],
    ['momentum of 1', { optimizer: { momentum: 1 } }, /momentum .* not 1/],
    ['an unknown optimiser', { optimizer: { optimizer: 'sgdd' as 'sgd' } }, /optimizer .* not sgdd/],
    ['a negative warm-up', { schedule: { warmup: -1 } }, /warmup .* not -1/],
  ];
  for (const [name, more, message] of cases) {
    test(name, () => expect(() => run(fresh(), more)).toThrow(message));
  }

  test('an empty data set', () => {
    const empty = { count: 0, width: 2, values: new Float64Array(0), labels: new Uint8Array(0) };
    expect(() => [...fit(fresh(), empty, options)]).toThrow('the data set is empty');
  });

  test('a label outside the classes', () => {
    const wrong = { ...examples, labels: examples.labels.map((label, i) => (i === 17 ? 4 : label)) };
    expect(() => [...fit(fresh(), wrong, options)]).toThrow(
      "label 4 of example 17 is not among the network's 4 classes",
    );
  });

  test('examples of another width', () => {
    expect(() => [...fit(fresh(), randomExamples(50, 3, 4), options)]).toThrow('takes 2 inputs');
  });
});
