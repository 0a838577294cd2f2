import { describe, expect, test } from 'vitest';
import { foldOf, placeOf, planePicture, standIn } from '../../../src/lib/experiments/plane-picture.ts';
import {
  type ArrangementName,
  type PlaneSetup,
  REACH,
  arrange,
  arrangementNames,
  planeExamples,
  planeNetwork,
  trainOnPlane,
} from '../../../src/lib/experiments/plane.ts';
import type { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];

function trained(name: ArrangementName, setup: PlaneSetup): Network {
  const network = planeNetwork(setup);
  let epochs = 0;
  for (const done of trainOnPlane(network, arrange(name, new Random(1)), setup.seed)) epochs = done;
  expect(epochs).toBeGreaterThan(0);
  return network;
}

const shareRight = (name: ArrangementName, setup: PlaneSetup) =>
  trained(name, setup).evaluate(planeExamples(arrange(name, new Random(1)))).accuracy;

describe('the points', () => {
  test.each(arrangementNames)(
    '%s: half of each kind, all within the plane, the same for the same seed',
    (name) => {
      const points = arrange(name, new Random(5));
      expect(points.filter(({ kind }) => kind === 1).length).toBe(points.length / 2);
      for (const { x, y } of points) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(REACH);
      expect(arrange(name, new Random(5))).toEqual(points);
      expect(arrange(name, new Random(6))).not.toEqual(points);
    },
  );
});

describe('which arrangements can be told apart', () => {
  test.each([1, 8])(
    'a network without a bend, of %i units: the heaps, but neither ring nor checker',
    (units) => {
      for (const seed of SEEDS) {
        const straight = { activation: 'linear', units, seed } as const;
        expect(shareRight('heaps', straight), `heaps, seed ${seed}`).toBeGreaterThan(0.98);
        expect(shareRight('ring', straight), `ring, seed ${seed}`).toBeLessThan(0.75);
        expect(shareRight('checker', straight), `checker, seed ${seed}`).toBeLessThan(0.75);
      }
    },
  );

  test.each(['ring', 'checker'] as const)('six units with ReLU or tanh: the %s too', (name) => {
    for (const activation of ['relu', 'tanh'] as const) {
      for (const seed of SEEDS)
        expect(
          shareRight(name, { activation, units: 6, seed }),
          `${activation}, seed ${seed}`,
        ).toBeGreaterThan(0.98);
    }
  });

  test('four units with ReLU surround a heap whatever the seed; a single one never does', () => {
    for (const seed of SEEDS) {
      expect(shareRight('ring', { activation: 'relu', units: 4, seed })).toBeGreaterThan(0.98);
      expect(shareRight('ring', { activation: 'relu', units: 1, seed })).toBeLessThan(0.85);
    }
  });
});

describe('the stand-in of a single layer', () => {
  test('agrees with a network without a bend everywhere, to rounding', () => {
    const network = trained('ring', { activation: 'linear', units: 5, seed: 3 });
    const single = standIn(network);
    for (const [x, y] of [
      [0.3, -1.7],
      [-2, 2],
    ] as const) {
      network.predict(planeExamples([{ x, y, kind: 0 }]));
      const [first, second] = network.layers[1]!.read('preActivation');
      expect(single(x, y)).toBeCloseTo(second! - first!, 10);
    }
    expect(planePicture(network, [], 20).agreement).toBe(1);
  });

  test('does not agree with one that bends', () => {
    const network = trained('ring', { activation: 'relu', units: 6, seed: 3 });
    expect(planePicture(network, [], 20).agreement).toBeLessThan(0.9);
  });
});

describe('the picture', () => {
  const network = trained('checker', { activation: 'relu', units: 8, seed: 2 });

  test('on a unit’s fold its sum is 0, at both ends and between', () => {
    let seen = 0;
    for (let unit = 0; unit < 8; unit++) {
      const fold = foldOf(network, unit);
      if (!fold) continue;
      seen++;
      for (const share of [0, 0.4, 1]) {
        const [x, y] = [0, 1].map((axis) => fold.from[axis]! + share * (fold.to[axis]! - fold.from[axis]!));
        network.predict(planeExamples([{ x: x!, y: y!, kind: 0 }]));
        expect(network.layers[0]!.read('preActivation')[unit]).toBeCloseTo(0, 10);
        expect(Math.max(Math.abs(x!), Math.abs(y!))).toBeLessThanOrEqual(REACH + 1e-9);
      }
      const ends = [fold.from, fold.to].map(([x, y]) => Math.max(Math.abs(x), Math.abs(y)));
      for (const end of ends) expect(end).toBeCloseTo(REACH, 10);
    }
    expect(seen).toBeGreaterThan(2);
  });

  test.each([
    ['beside the plane', [1, 0], -3, undefined],
    ['upright', [1, 0], -1, [1, -REACH, 1, REACH]],
    ['level', [0, 2], 1, [REACH, -0.5, -REACH, -0.5]],
    ['of a unit without weights', [0, 0], 1, undefined],
  ] as const)('a fold that is %s', (_, weights, bias, expected) => {
    const made = planeNetwork({ activation: 'relu', units: 1, seed: 1 });
    made.layers[0]!.write('weights', weights);
    made.layers[0]!.write('bias', [bias]);
    const fold = foldOf(made, 0);
    const ends = fold && [...fold.from, ...fold.to];
    if (!expected) expect(ends).toBeUndefined();
    else expected.forEach((value, n) => expect(ends![n]).toBeCloseTo(value, 12));
  });

  test('its squares are the network’s outputs at their middles, the top row first', () => {
    const { surface } = planePicture(network, [], 12);
    for (const index of [0, 11, 77, 143]) {
      const outputs = network.predict(planeExamples([{ ...placeOf(index, 12), kind: 0 }]));
      expect(surface[index]).toBeCloseTo(outputs[1]! - outputs[0]!, 12);
    }
    expect(placeOf(0, 2)).toEqual({ x: -REACH / 2, y: REACH / 2 });
  });

  test('the points that are read right are those that the network’s accuracy counts', () => {
    const points = arrange('checker', new Random(1));
    const weak = trained('checker', { activation: 'relu', units: 2, seed: 1 });
    const { right } = planePicture(weak, points, 4);
    const share = right.filter(Boolean).length / points.length;
    expect(share).toBeCloseTo(weak.evaluate(planeExamples(points)).accuracy, 12);
    expect(share).toBeLessThan(1);
  });
});
