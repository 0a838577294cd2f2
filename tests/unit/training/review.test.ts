import { describe, expect, test } from 'vitest';
import { subset } from '../../../src/lib/data/dataset.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import {
  filterNormalisedDirection,
  mainPlane,
  movedModel,
  parametersOf,
  placesIn,
} from '../../../src/lib/training/landscape.ts';
import { Review } from '../../../src/lib/training/review.ts';
import { architectureOf, parseSetup } from '../../../src/lib/training/setup.ts';
import { penDigits } from './digits.ts';

const dataset = penDigits(120);
const architecture = architectureOf(parseSetup({ layers: '784,8,10' }));
const network = Network.initialize(architecture, 'he', new Random(5));
const model = network.toModel();
const loss = 'cross-entropy' as const;

function opened(): Review {
  const review = new Review();
  review.open({});
  review.give(dataset);
  return review;
}

describe('a review', () => {
  test('evaluates a network as the network itself does', () => {
    expect(opened().evaluate({ dataset: dataset.name, model, loss })).toEqual(network.evaluate(dataset));
  });

  test('the pushes of all digits on a weight sum to what backward gives for one batch of them all', () => {
    const [unit, input] = [3, 14 * 28 + 13];
    const pushes = opened().pushes({ dataset: dataset.name, model, loss, unit, input });
    network.forwardWithLoss(
      dataset,
      Uint32Array.from({ length: dataset.count }, (_, i) => i),
    );
    network.backward();
    const expected = network.layers[0]!.read('weightGradient')[unit * 784 + input]!;
    expect(pushes.mean).toBeCloseTo(expected, 6);
    expect(pushes.byLabel.reduce((sum, each) => sum + each, 0) / dataset.count).toBeCloseTo(expected, 6);
    expect(pushes.up.count + pushes.down.count).toBeLessThanOrEqual(dataset.count);
    expect(pushes.up.count * pushes.down.count).toBeGreaterThan(0);
  });

  test('the strongest pusher’s push is the gradient of its own loss', () => {
    const [unit, input] = [3, 14 * 28 + 13];
    const { up, down } = opened().pushes({ dataset: dataset.name, model, loss, unit, input });
    for (const { row, gradient, label } of [up.strongest[0]!, down.strongest[0]!]) {
      network.forwardWithLoss(subset(dataset, [row]), Uint32Array.of(0));
      network.backward();
      expect(network.layers[0]!.read('weightGradient')[unit * 784 + input]).toBeCloseTo(gradient, 6);
      expect(dataset.labels[row]).toBe(label);
    }
    expect(up.strongest[0]!.gradient).toBeLessThan(0);
    expect(down.strongest[0]!.gradient).toBeGreaterThan(0);
  });

  test('a row of a slice is the loss of the moved networks', () => {
    const random = new Random(1);
    const [across, along] = [
      filterNormalisedDirection(model, random),
      filterNormalisedDirection(model, random),
    ];
    const grid = { across: [-0.5, 0, 0.7], along: [0.2] };
    const row = opened().sliceRow({
      dataset: dataset.name,
      images: 50,
      model,
      loss,
      across,
      along,
      grid,
      row: 0,
    });
    const some = subset(
      dataset,
      Array.from({ length: 50 }, (_, i) => i),
    );
    grid.across.forEach((a, n) => {
      const moved = Network.fromModel(movedModel(model, across, a, along, 0.2));
      expect(row[n]).toBeCloseTo(moved.evaluate(some).loss, 6);
    });
  });

  test('a data set that was not given is named', () => {
    expect(() => opened().evaluate({ dataset: 'test', model, loss })).toThrow('no data set named test');
  });
});

describe('a plane through the space of all parameters', () => {
  test('a filter-normalised direction is, unit by unit, as long as the weights', () => {
    const direction = filterNormalisedDirection(model, new Random(2));
    for (let unit = 0; unit < 8; unit++) {
      const part = (values: ArrayLike<number>) =>
        Math.hypot(...Array.from(values).slice(unit * 784, (unit + 1) * 784));
      expect(part(direction)).toBeCloseTo(part(model.layers[0]!.weights), 4);
    }
    expect(direction.slice(784 * 8, 785 * 8)).toEqual(new Float64Array(8));
  });

  test('the main plane of a path that lies in a plane shows all of it, each model in its place', () => {
    const random = new Random(9);
    const [p, q] = [filterNormalisedDirection(model, random), filterNormalisedDirection(model, random)];
    const steps = [
      [3, 1],
      [2, -1],
      [1, 0.5],
      [0, 0],
    ] as const;
    const path = steps.map(([a, b]) => movedModel(model, p, a, q, b));
    const { first, second, places, share } = mainPlane(path);
    expect(share).toBeCloseTo(1, 5);
    const last = parametersOf(path.at(-1)!);
    path.forEach((each, n) => {
      const own = parametersOf(each);
      const { a, b } = places[n]!;
      const miss = own.map((value, k) => value - last[k]! - a * first[k]! - b * second[k]!);
      expect(Math.hypot(...miss)).toBeLessThan(1e-3);
    });
    expect(first.reduce((sum, value, k) => sum + value * second[k]!, 0)).toBeCloseTo(0, 6);
  });

  test('a place in a random plane is found again', () => {
    const random = new Random(3);
    const [p, q] = [filterNormalisedDirection(model, random), filterNormalisedDirection(model, random)];
    const [place] = placesIn([movedModel(model, p, 0.4, q, -0.3)], model, p, q);
    expect(place!.a).toBeCloseTo(0.4, 4);
    expect(place!.b).toBeCloseTo(-0.3, 4);
  });

  test('two networks are no path for a plane', () => {
    expect(() => mainPlane([model, model])).toThrow(RangeError);
  });
});
