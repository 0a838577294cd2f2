import { describe, expect, test } from 'vitest';
import { range } from '../../../src/lib/data/dataset.ts';
import { disturbed } from '../../../src/lib/data/disturbance.ts';
import { probabilitiesAt } from '../../../src/lib/experiments/calibration.ts';
import { rightAfterPush } from '../../../src/lib/experiments/push.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { Review } from '../../../src/lib/training/review.ts';
import { trySeed } from '../../../src/lib/training/trials.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { penDigits } from './digits.ts';

const all = { ...penDigits(180), name: 'all' };
const train = { ...range(all, 0, 100), name: 'train' };
const test_ = { ...range(all, 100, 180), name: 'test' };

function opened(): Review {
  const review = new Review();
  review.open({});
  for (const part of [train, test_]) review.give(part);
  return review;
}

describe('networks trained to be judged', () => {
  test('trained on the test images, one reads them better than images that it has not seen since', () => {
    const review = opened();
    const honest = review.train({ dataset: 'train', seed: 1, until: 8 });
    const leaky = review.train({ dataset: 'test', seed: 1, from: { model: honest, epochs: 8 }, until: 40 });
    const right = (model: typeof honest, dataset: string) =>
      review.evaluate({ model, dataset, loss: 'cross-entropy' }).accuracy;
    expect(right(leaky, 'test')).toBeGreaterThan(right(honest, 'test'));
    expect(right(leaky, 'test')).toBeGreaterThan(right(leaky, 'train'));
    expect(() =>
      review.train({ dataset: 'train', seed: 1, from: { model: honest, epochs: 8 }, until: 8 }),
    ).toThrow('8 epochs are done already');
  });

  test('a seed gives the same marks again, counted on the images that judge and on the others', () => {
    const trial = trySeed(train, test_, 30, 7, referenceKernels());
    expect(opened().trials({ train: 'train', test: 'test', seeds: [7, 8], judged: 30 })[0]).toEqual(trial);
    expect(trial.judged).toBeLessThanOrEqual(30);
    expect(trial.fresh).toBeLessThanOrEqual(50);
    expect(trial.judged + trial.fresh).toBeGreaterThan(8);
  });
});

describe('a review of a whole data set', () => {
  const network = Network.initialize(
    {
      inputs: 784,
      layers: [
        { units: 9, activation: 'relu' },
        { units: 10, activation: 'softmax' },
      ],
    },
    'he',
    new Random(5),
  );
  const asked = { dataset: 'test', model: network.toModel(), loss: 'cross-entropy' as const };

  test('outputs are the network’s own, for all images or the first', () => {
    const { logits, hidden, units } = opened().outputs(asked);
    const expected = network.predict(test_);
    probabilitiesAt(logits, 10, 1).forEach((p, n) => expect(p).toBeCloseTo(expected[n]!, 6));
    expect(units).toBe(9);
    expect(hidden.length).toBe(80 * 9);
    expect(opened().outputs({ ...asked, images: 12 }).logits).toEqual(logits.subarray(0, 120));
  });

  test('what is left of disturbed and pushed images is counted as one does by hand', () => {
    const worse = disturbed(range(test_, 0, 40), 'rotation', 30, new Random(3));
    expect(
      opened().rightDisturbed({ ...asked, images: 40, disturbance: 'rotation', strength: 30, seed: 3 }),
    ).toBe(Math.round(network.evaluate(worse).accuracy * 40));
    const some = {
      count: 15,
      width: 784,
      values: Float32Array.from(test_.values.subarray(0, 15 * 784), (byte) => byte / 255),
      labels: test_.labels.subarray(0, 15),
    };
    expect(opened().rightPushed({ ...asked, images: 15, size: 0.05, seed: 2 })).toEqual(
      rightAfterPush(network, some, 0.05, new Random(2)),
    );
  });
});
