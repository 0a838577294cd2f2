import { describe, expect, test } from 'vitest';
import { createDataset } from '../../../../src/lib/data/dataset.ts';
import { strokeDigits } from '../../../../src/lib/ink/stroke-digits.ts';
import { favouritesOfUnits } from '../../../../src/lib/experiments/favourites.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { trace } from '../../../../src/lib/nn/trace.ts';
import { untrainedNetwork } from '../../../../src/components/stepper/batch.ts';
import { meanOutputs, unitView } from '../../../../src/components/layer/digit-neuron.ts';
import {
  activationSpreads,
  type beginnings,
  describeSpreads,
} from '../../../../src/components/layer/initialization.ts';
import { shapedProduct } from '../../../../src/components/layer/shapes.ts';
import { describeUnit as describeFavourites } from '../../../../src/components/layer/unit-purpose.ts';
import {
  createWhyBend,
  describePlace,
  describeStraight,
  straightShares,
} from '../../../../src/components/layer/why-bend.ts';
import { FIRST_NEURON, neuronPass } from '../../../../src/components/layer/small-neuron.ts';

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

describe('the plane', () => {
  const atOnce = async () => {};

  test('the ring without a bend: not told apart, and a single layer says the same everywhere', async () => {
    const plane = createWhyBend(atOnce);
    expect(plane.said.value).toContain('untrained');
    await plane.train();
    const share = shareOf(plane.picture.value.right);
    expect(share).toBeLessThan(75);
    expect(plane.said.value).toContain(
      `4 units without a bend: ${share.toFixed(0)}\u00a0% of the 120 points right`,
    );
    expect(plane.said.value).toContain('on 100\u00a0% of the plane');
  });

  test('the same with ReLU: told apart, and the folds within the picture are counted', async () => {
    const plane = createWhyBend(atOnce);
    plane.chooseActivation('relu');
    await plane.train();
    const folds = plane.picture.value.folds.filter(Boolean).length;
    expect(shareOf(plane.picture.value.right)).toBeGreaterThan(98);
    expect(plane.said.value).toContain(`${folds} of 4 fold`);
  });

  test('the same seed gives the same network; another seed another one; a change of the set-up none yet', async () => {
    const plane = createWhyBend(atOnce);
    plane.chooseActivation('tanh');
    const untrained = plane.picture.value.surface;
    await plane.train();
    const first = plane.picture.value.surface;
    expect(first).not.toEqual(untrained);
    await plane.train();
    expect(plane.picture.value.surface).toEqual(first);
    await plane.trainFromAnotherSeed();
    expect(plane.picture.value.surface).not.toEqual(first);
    plane.chooseUnits(6);
    expect(plane.epochs.value).toBe(0);
    expect(plane.said.value).toContain('6 units with tanh, untrained');
  });

  test('a run that is overtaken by a change leaves no trace', async () => {
    const frames: (() => void)[] = [];
    const plane = createWhyBend(() => new Promise((resolve) => void frames.push(resolve)));
    const running = plane.train();
    expect(plane.isTraining.value).toBe(true);
    plane.chooseUnits(2);
    const { surface } = plane.picture.value;
    for (const frame of frames) frame();
    await running;
    expect([plane.isTraining.value, plane.epochs.value]).toEqual([false, 0]);
    expect(plane.picture.value.surface).toEqual(surface);
  });

  test('the reader’s own points: of the chosen kind, in the middle of the square that was clicked', async () => {
    const plane = createWhyBend(atOnce);
    plane.choosePoints('own');
    expect(plane.canTrain.value).toBe(false);
    expect(plane.said.value).toContain('No points yet');
    plane.add(0);
    plane.chooseKind(1);
    plane.add(24 * 49 + 24);
    expect(plane.points.value).toEqual([
      { x: -2 + 2 / 49, y: 2 - 2 / 49, kind: 0 },
      { x: 0, y: -0, kind: 1 },
    ]);
    await plane.train();
    expect(plane.said.value).toContain('100\u00a0% of the 2 points right');
    const saidAt = (index: number) => describePlace(index, plane.picture.value, plane.points.value);
    expect(saidAt(0)).toMatch(/ A round point is here\.$/);
    expect(saidAt(24 * 49 + 24)).toMatch(/ A square point is here\.$/);
    expect(saidAt(1)).not.toContain('here');
    plane.add(0);
    expect(saidAt(0)).toMatch(/ 2 points are here\.$/);
  });

  test('of the three arrangements only the heaps are told apart without a bend', async () => {
    const shares = await straightShares(atOnce);
    expect(shares.filter(({ isToldApart }) => isToldApart).map(({ name }) => name)).toEqual(['heaps']);
    expect(describeStraight(shares)).toMatch(
      /^Only heaps are told apart without a bend\. .* heaps 100\u00a0%/,
    );
  });
});

test('what is said of a unit names its digits, the most frequent first', () => {
  const favourites = favouritesOfUnits(untrainedNetwork(), digits, 10)[5]!;
  const counts = new Map<number, number>();
  for (const row of favourites.rows)
    counts.set(digits.labels[row]!, (counts.get(digits.labels[row]!) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const digit = Math.min(...[...counts].filter(([, count]) => count === most).map(([each]) => each));
  expect(describeFavourites(5, favourites, digits)).toMatch(
    new RegExp(`^Unit 5: of its ten, ${most} are ${digit}s[.,]`),
  );
});

const shareOf = (right: readonly boolean[]) => (100 * right.filter(Boolean).length) / right.length;

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
    expect(describeSpreads(he)).toContain('neither lost');
  });

  test('too small dies, too large grows, Xavier fades under ReLU', () => {
    expect(describeSpreads(spreads('small'))).toContain('dies');
    expect(describeSpreads(spreads('large'))).toContain('grows');
    const xavier = spreads('xavier');
    expect(xavier.at(-1)!.between).toBeLessThan(spreads('he').at(-1)!.between / 10);
  });

  test('sigmoids around ½ are not a signal: at a quarter of He the digits can no longer be told apart', () => {
    const sigmoids = activationSpreads({ beginning: 'small', activation: 'sigmoid', seed: 1 }, digits);
    // Units differ from each other in the last layer too, but each says nearly the same of all digits.
    expect(sigmoids[9].deviation).toBeGreaterThan(0.04);
    expect(sigmoids[0].between).toBeGreaterThan(0.02);
    expect(sigmoids[9].between).toBeLessThan(1e-11);
    expect(describeSpreads(sigmoids)).toContain('dies');
    expect(describeSpreads(sigmoids)).not.toContain('neither lost');
  });

  test('the same seed draws the same weights', () => {
    expect(spreads('he')).toEqual(spreads('he'));
  });
});
