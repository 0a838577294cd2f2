import { describe, expect, test } from 'vitest';
import {
  describeReads,
  distortedDigits,
  drawnImage,
  none,
  readsOf,
  usual,
} from '../../../../src/components/regularization/augmentation-preview.ts';
import {
  DECAY,
  LAMBDA,
  decayPair,
  decaySetups,
  describePair,
} from '../../../../src/components/regularization/decay.ts';
import {
  describeMask,
  describeMeans,
  withDropout,
} from '../../../../src/components/regularization/dropout-mask.ts';
import {
  type RunsWorld,
  createFinishedRuns,
} from '../../../../src/components/regularization/finished-runs.ts';
import {
  LAMBDAS,
  describeLambda,
  firstWeights,
  lambdaSetups,
  runOf,
} from '../../../../src/components/regularization/lambda.ts';
import { Augmenter, augmentationOfStrength } from '../../../../src/lib/data/augmentation.ts';
import { imageOf, range } from '../../../../src/lib/data/dataset.ts';
import { inkedPixels, pixelStatistics } from '../../../../src/lib/data/statistics.ts';
import { meanGap, readManyMasks, readMasked } from '../../../../src/lib/experiments/dropout.ts';
import { referenceKernels } from '../../../../src/lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { traceReading } from '../../../../src/lib/nn/trace.ts';
import { Review } from '../../../../src/lib/training/review.ts';
import { type Setup, architectureOf, parseSetup } from '../../../../src/lib/training/setup.ts';
import { finishRun } from '../../../../src/lib/training/trials.ts';
import { inProcess } from '../../state/in-process.ts';
import { penDigits } from '../../training/digits.ts';

const all = penDigits(160);
const train = { ...range(all, 0, 100), name: 'train' };
const test_ = { ...range(all, 100, 160), name: 'test' };
const inked = inkedPixels(pixelStatistics(train));

const setup = (texts: Parameters<typeof parseSetup>[0]): Setup =>
  parseSetup({ layers: '784,8,10', batchSize: '20', epochs: '6', ...texts });
const finished = (texts: Parameters<typeof parseSetup>[0]) =>
  finishRun(setup(texts), train, test_, referenceKernels());

test('a pixel has ink where any of the images has some', () => {
  expect(inked.length).toBe(784);
  inked.forEach((isInked, k) => {
    const bytes = Array.from({ length: 100 }, (_, i) => train.values[i * 784 + k]!);
    expect(isInked).toBe(bytes.some((byte) => byte > 0));
  });
  expect(inked.includes(false)).toBe(true);
});

describe('what λ does', () => {
  test('each price has a run of its own, all else alike', () => {
    expect(lambdaSetups.length).toBe(2 * LAMBDAS.length - 1);
    LAMBDAS.forEach((lambda, stop) => {
      expect(lambdaSetups[runOf('l2', stop)]).toMatchObject({ l2: lambda, l1: 0 });
      expect(lambdaSetups[runOf('l1', stop)]).toMatchObject({ l1: lambda, l2: 0 });
    });
    const rest = new Set(lambdaSetups.map((each) => JSON.stringify({ ...each, l1: 0, l2: 0 })));
    expect(rest.size).toBe(1);
  });

  test('zeros are counted, at pixels that are never ink and elsewhere; L1 makes them and L2 does not', () => {
    const [priced, squared] = [finished({ l1: '2' }), finished({ l2: '2' })];
    const weights = priced.model.layers[0]!.weights;
    const seen = firstWeights(priced, inked);
    const isZero = (n: number) => weights[n] === 0;
    const places = Array.from(weights.keys());
    expect(seen.zeros).toBe(places.filter(isZero).length);
    expect(seen.onPaper).toBe(places.filter((n) => !inked[n % 784]).length);
    expect(seen.zerosOnPaper).toBe(places.filter((n) => !inked[n % 784] && isZero(n)).length);
    expect(seen.zeros).toBeGreaterThan(100);
    expect(describeLambda('l1', 3, seen, priced)).toMatch(
      new RegExp(`^L1, λ = 0.3: ${seen.zeros.toLocaleString('en')} of the 6,272 weights .* are exactly 0: `),
    );
    const other = firstWeights(squared, inked);
    expect(other.zeros).toBe(0);
    expect(describeLambda('l2', 4, other, squared)).toMatch(/^L2, λ = 1: none of the 6,272 weights/);
  });

  test('a price that leaves nothing is said to', () => {
    const dead = finished({ l1: '200', epochs: '3' });
    expect(describeLambda('l1', 6, firstWeights(dead, inked), dead)).toMatch(
      /^L1, λ = 10: all 6,272 weights .* are exactly 0, and nothing of an image comes in\./,
    );
  });
});

describe('weight decay or penalty', () => {
  test('both runs of a pair take off the same share of each weight', () => {
    expect(DECAY).toBe(LAMBDA / decaySetups[0]!.batchSize);
    for (const [n, name] of (['sgd', 'sgdw', 'adam', 'adamw'] as const).entries()) {
      expect(decaySetups[n]).toMatchObject({
        optimizer: name,
        weightDecay: DECAY,
        l2: n % 2 === 0 ? LAMBDA : 0,
      });
    }
  });

  test('for SGD they are one network, for Adam two; the distances are those of the weights', () => {
    const price = { l2: '2', weightDecay: '0.1' };
    const pair = (first: 'sgd' | 'adam', second: 'sgdw' | 'adamw', learningRate: string) =>
      decayPair(
        first === 'sgd' ? 'SGD' : 'Adam',
        [
          finished({ ...price, optimizer: first, learningRate }),
          finished({ ...price, l2: '0', optimizer: second, learningRate }),
        ],
        inked,
      );
    const [sgd, adam] = [pair('sgd', 'sgdw', '0.1'), pair('adam', 'adamw', '0.01')];
    expect(sgd.apart).toBeLessThan(1e-5);
    expect(describePair(sgd)).toMatch(
      /^SGD: the two end the same to float32's rounding: no weight differs by/,
    );
    expect(adam.apart).toBeGreaterThan(0.1);
    const gaps = Array.from(adam.penalty, (w, n) => Math.abs(w - adam.decay[n]!));
    expect(adam.largest).toBe(Math.max(...gaps));
    expect(describePair(adam)).toMatch(
      /^Adam: the two end \d+\.\d\s% of the weights' size apart, one of them by 0\.\d+/,
    );
    expect(adam.onPaper.penalty).toBeLessThan(adam.onPaper.decay / 5);
  });
});

describe('the runs', () => {
  const setups = ['1', '2'].map((seed) => setup({ seed, epochs: '1' }));
  function worldOf(onCall?: () => Promise<void>): RunsWorld & { review: RunsWorld['review'] } {
    const review = new Review();
    review.open({});
    for (const part of [train, test_]) review.give(part);
    const remote = inProcess(review, onCall ? { onCall } : {});
    return {
      images: async () => train,
      review: async (said) => {
        said(1);
        return remote;
      },
      failure: (error) => (error as Error).message,
    };
  }

  test('come one after the other, and are those of the library', async () => {
    const runs = createFinishedRuns(setups, worldOf());
    await runs.begin();
    expect(runs.runs.value).toEqual(setups.map((each) => finishRun(each, train, test_, referenceKernels())));
    expect([runs.isDone.value, runs.share.value]).toEqual([true, undefined]);
    expect(runs.inked.value).toEqual(inked);
  });

  test('what was let go of is not heard any more', async () => {
    let stop = () => {};
    const runs = createFinishedRuns(
      setups,
      worldOf(async () => stop()),
    );
    stop = runs.stop;
    await runs.begin();
    expect(runs.runs.value).toEqual([]);
    expect([runs.isDone.value, runs.share.value]).toEqual([false, undefined]);
  });

  test('say why they could not be had', async () => {
    const broken = { ...worldOf(), images: () => Promise.reject(new Error('no images')) };
    const runs = createFinishedRuns(setups, broken);
    await runs.begin();
    expect(runs.failure.value).toBe('The networks could not be trained: no images');
  });
});

describe('dropout and augmentation in words', () => {
  const network = Network.initialize(architectureOf(setup({ layers: '784,20,12,10' })), 'he', new Random(4));

  test('a mask is told with what it drops, and reading drops nothing', () => {
    const dropping = withDropout(network, 0.5);
    const [whole, masked] = [traceReading(dropping, test_, 3), readMasked(dropping, test_, 3, 6)];
    const [first, second] = masked.masks.map((mask) => mask.filter((kept) => kept === 0).length);
    expect(describeMask(whole, masked)).toContain(`drops ${first} of 20 and ${second} of 12 hidden units.`);
    expect(describeMask(whole, undefined)).toMatch(/^It reads: nothing is dropped, and nothing multiplied\./);
    const many = readManyMasks(dropping, test_, 3, { count: 400, random: new Random(2) });
    const gap = meanGap(dropping, test_, 3, many, 0.5);
    expect(describeMeans(many, gap, 0.5, 3)).toMatch(
      /^After 400 masks .* Not divided by 1 − p = 0\.50?, it would be .* of the masks the digit is read as 3, its label/,
    );
  });

  test('the preview is what the batches of training are made of', () => {
    const one = range(test_, 4, 5);
    const drawn = distortedDigits(one, usual, 9);
    const [augmenter, random] = [new Augmenter(augmentationOfStrength(1)), new Random(9)];
    const out = new Uint8Array(784);
    for (let n = 0; n < drawn.count; n++) {
      augmenter.distort(imageOf(one, 0), out, random);
      expect(drawnImage(drawn, n)).toEqual(out);
    }
    for (let n = 0; n < drawn.count; n++)
      expect(drawnImage(distortedDigits(one, none, 9), n)).toEqual(imageOf(one, 0));
    const reads = readsOf(network, drawn);
    const right = reads.filter((read) => read === reads[0]).length;
    expect(describeReads(reads, reads[0]!)).toContain(
      `reads ${right} of these ${drawn.count} as ${reads[0]}.`,
    );
  });
});
