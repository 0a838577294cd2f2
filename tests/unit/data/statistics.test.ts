import { beforeAll, describe, expect, test } from 'vitest';
import { type TrainAndTest, loadMnist } from '../../../scripts/network/mnist.ts';
import { type Dataset, createDataset, imageOf, subset } from '../../../src/lib/data/dataset.ts';
import { luckiestGuesser } from '../../../src/lib/data/guessers.ts';
import {
  PixelCounter,
  distancesFromMean,
  nearestMean,
  pixelStatistics,
  shareOfValues,
  silentPixels,
} from '../../../src/lib/data/statistics.ts';
import { Random } from '../../../src/lib/nn/random.ts';

let mnist: TrainAndTest;
let few: Dataset;
beforeAll(async () => {
  mnist = await loadMnist();
  few = subset(
    mnist.train,
    Array.from({ length: 300 }, (_, i) => i),
  );
});

describe('pixel statistics', () => {
  test('a digit’s distance from its mean is the root of the mean squared distance of its images', () => {
    const statistics = pixelStatistics(few);
    const squares = Array.from(few.labels.keys())
      .filter((i) => few.labels[i] === 4)
      .map((i) =>
        imageOf(few, i).reduce((sum, value, n) => sum + (value - statistics.means[4 * 784 + n]!) ** 2, 0),
      );
    const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    expect(distancesFromMean(statistics)[4]).toBeCloseTo(Math.sqrt(mean), 8);
  });

  test('mean and deviation are those of the definition, digit by digit', () => {
    const { means, deviations, labels } = pixelStatistics(few);
    for (const [digit, pixel] of [
      [0, 406],
      [1, 350],
      [5, 229],
      [9, 783],
    ] as const) {
      const values = Array.from(few.labels.keys())
        .filter((i) => few.labels[i] === digit)
        .map((i) => imageOf(few, i)[pixel]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(labels[digit]).toBe(values.length);
      expect(means[digit * 784 + pixel]).toBeCloseTo(mean, 10);
      expect(deviations[digit * 784 + pixel]).toBeCloseTo(Math.sqrt(variance), 10);
    }
  });

  test('counted in stretches they are the same to the bit', () => {
    const counter = new PixelCounter();
    counter.add(few, 200, 300);
    counter.add(few, 0, 77);
    counter.add(few, 77, 200);
    expect(counter.statistics()).toEqual(pixelStatistics(few));
  });

  test('the histogram counts every pixel once, and four fifths of the 60,000 images are 0', () => {
    const statistics = pixelStatistics(mnist.train);
    expect(statistics.histogram.reduce((sum, pixels) => sum + pixels, 0)).toBe(60000 * 784);
    expect(shareOfValues(statistics, 0, 255)).toBe(1);
    expect(shareOfValues(statistics, 0, 0)).toBeCloseTo(0.809, 3);
    const silent = silentPixels(statistics);
    const touched = Array.from({ length: 784 }, (_, n) => n).filter((n) =>
      mnist.train.labels.some((_, i) => mnist.train.values[i * 784 + n] !== 0),
    );
    expect(silent.length + touched.length).toBe(784);
    expect(touched.some((pixel) => silent.includes(pixel))).toBe(false);
  });

  test('a digit without images has a mean of paper, and no images at all are nothing', () => {
    const one = pixelStatistics(createDataset('one', new Uint8Array(784).fill(200), Uint8Array.of(4)));
    expect(one.means.subarray(0, 784).every((mean) => mean === 0)).toBe(true);
    expect(one.means[4 * 784]).toBe(200);
    expect(one.deviations[4 * 784]).toBe(0);
    const none = new PixelCounter().statistics();
    expect(shareOfValues(none, 0, 0)).toBe(0);
    expect(silentPixels(none)).toHaveLength(784);
  });
});

test('the nearest mean of a mean image is itself, and reads four fifths of the test digits', () => {
  const statistics = pixelStatistics(mnist.train);
  for (let digit = 0; digit < 10; digit++) {
    const mean = Uint8Array.from(statistics.means.subarray(digit * 784, (digit + 1) * 784));
    expect(nearestMean(mean, statistics)).toBe(digit);
  }
  let right = 0;
  for (let i = 0; i < 2000; i++)
    if (nearestMean(imageOf(mnist.test, i), statistics) === mnist.test.labels[i]) right++;
  // The nearest centroid classifier is known to read 82 % of all 10,000.
  expect(right / 2000).toBeGreaterThan(0.74);
  expect(right / 2000).toBeLessThan(0.86);
});

describe('guessers', () => {
  test('the luckiest of many is better than chance where it was chosen, and only there', () => {
    let [here, elsewhere] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const lucky = luckiestGuesser(few.labels, few.labels, 200, new Random(seed));
      here += lucky.right / few.count / 20;
      elsewhere += lucky.rightElsewhere / few.count / 20;
    }
    // Of 200 draws the best lies about 2.7 deviations, here √(0.1 · 0.9 / 300) = 1.7 %, above one tenth.
    expect(here).toBeGreaterThan(0.135);
    expect(Math.abs(elsewhere - 0.1)).toBeLessThan(0.0175);
  });

  test('one guesser alone is chosen, whatever it reads, and a seed gives the same again', () => {
    const labels = Uint8Array.of(3);
    const lucky = luckiestGuesser(labels, labels, 1, new Random(5));
    expect([0, 1]).toContain(lucky.right);
    expect(luckiestGuesser(labels, labels, 1, new Random(5))).toEqual(lucky);
  });
});
