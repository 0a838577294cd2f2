import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadMnist } from '../../../../scripts/network/mnist.ts';
import { type Dataset, range, subset } from '../../../../src/lib/data/dataset.ts';
import { openNetwork } from '../../../../src/lib/models/open-network.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { inDoublePrecision } from '../../../../src/state/pass/blamed-digit.ts';
import {
  type Pair,
  describeLossShares,
  lossShares,
  pairNames,
  pairOf,
  sharedSteps,
  surest,
} from '../../../../src/components/clinic/lock-step.ts';
import { formatRatio } from '../../../../src/explain/numbers.ts';
import { describeStep } from '../../../../src/explain/pass-sentences.ts';

let digits: Dataset;
let original: Network;
/** A confident one, alone. */
let mistake: Dataset;
beforeAll(async () => {
  digits = range((await loadMnist()).test, 0, 1000);
  const file = new URL('../../../../public/models/original.safetensors', import.meta.url);
  original = inDoublePrecision(Network.fromModel(openNetwork(readFileSync(file)).model));
  mistake = subset(digits, [surest(original, digits, false)]);
});

const length = (pair: Pair, side: 'left' | 'right', layer: number) =>
  Math.hypot(...pair[side].values('delta', layer));

describe('two passes in lock-step', () => {
  test.each(pairNames)(
    '%s: both are compared at the blame of the outputs and at the first weights’ gradient',
    (name) => {
      const pair = pairOf(name, original, mistake, digits);
      const steps = sharedSteps(pair);
      expect(steps.map(({ quantity, layer }) => `${quantity} ${layer}`)).toEqual([
        'delta 3',
        'weightGradient 1',
      ]);
      for (const { quantity, layer } of steps) {
        expect(pair.right.shape(quantity, layer)).toEqual(pair.left.shape(quantity, layer));
      }
    },
  );

  test('on a confident mistake squared error sends back next to nothing, cross-entropy nearly all there is', () => {
    const pair = pairOf('loss', original, mistake, digits);
    expect(length(pair, 'right', 3)).toBeGreaterThan(1);
    expect(length(pair, 'left', 3)).toBeLessThan(length(pair, 'right', 3) / 10);
  });

  test('of the factor between the two, five is the mean over ten outputs, and the rest is softmax, to its formula', () => {
    const pair = pairOf('loss', original, mistake, digits);
    const { mean, softmax, whole } = lossShares(pair);
    expect(mean).toBeCloseTo(10 / 2, 9);
    // δₖ = pₖ (dₖ − Σ dₗ pₗ), with dₖ = 2 (pₖ − yₖ) / 10.
    const p = Array.from(pair.right.values('activation', 3));
    const d = p.map((each, k) => (2 * (each - (k === mistake.labels[0] ? 1 : 0))) / 10);
    const average = p.reduce((sum, each, k) => sum + each * d[k], 0);
    const delta = p.map((each, k) => each * (d[k] - average));
    expect(softmax).toBeCloseTo(Math.hypot(...d) / Math.hypot(...delta), 6);
    expect(whole).toBeCloseTo(length(pair, 'right', 3) / length(pair, 'left', 3), 6);
    expect(softmax).toBeGreaterThan(10);
    const said = describeLossShares(pair);
    expect(said).toMatch(
      /^The 1\d\d times are two factors: 5, since squared error is a mean over 10 outputs/,
    );
    expect(said).toContain(`; and ${formatRatio(softmax)}, which is lost`);
  });

  test('only of cross-entropy is δ called what an output said minus what it should have said', () => {
    const pair = pairOf('loss', original, mistake, digits);
    const told = ([pair.left, pair.right] as const).map((pass) =>
      describeStep(
        pass,
        pass.steps.find(({ quantity, layer }) => quantity === 'delta' && layer === 3)!,
      ),
    );
    expect(told[0]).not.toContain('what it said minus');
    expect(told[0]).toContain('goes back through softmax');
    expect(told[1]).toContain('what it said minus what it should have said');
  });

  test('the digit that is read wrong sends back more than the one that is read right', () => {
    const pair = pairOf('digit', original, mistake, digits);
    expect(length(pair, 'right', 1)).toBeGreaterThan(100 * length(pair, 'left', 1));
  });

  test('sigmoids pass on less than ReLUs, tiny first weights less than He’s', () => {
    const bends = pairOf('activation', original, mistake, digits);
    expect(length(bends, 'left', 1)).toBeLessThan(length(bends, 'right', 1));
    const starts = pairOf('start', original, mistake, digits);
    expect(length(starts, 'right', 1)).toBeLessThan(length(starts, 'left', 1) / 10);
  });
});
