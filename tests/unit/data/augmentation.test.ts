import { beforeAll, describe, expect, test } from 'vitest';
import {
  type AugmentationOptions,
  Augmenter,
  augmentationOfStrength,
} from '../../../src/lib/data/augmentation.ts';
import { type Dataset, PIXELS, imageOf } from '../../../src/lib/data/dataset.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { loadMnist } from '../../../scripts/network/mnist.ts';

let digits: Dataset;
beforeAll(async () => {
  digits = (await loadMnist()).test;
});

const none = augmentationOfStrength(0);
const only = (options: Partial<AugmentationOptions>): AugmentationOptions => ({ ...none, ...options });

/** Each of the first digits, distorted. */
function distorted(options: AugmentationOptions, count = 50): Uint8Array[] {
  const augmenter = new Augmenter(options);
  const random = new Random(1);
  return Array.from({ length: count }, (_, i) => {
    const out = new Uint8Array(PIXELS);
    augmenter.distort(imageOf(digits, i), out, random);
    return out;
  });
}

const ink = (image: Uint8Array) => image.reduce((total, value) => total + value, 0);
const centreX = (image: Uint8Array) =>
  image.reduce((total, value, n) => total + value * (n % 28), 0) / ink(image);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const spread = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe('augmentation', () => {
  test('of no strength leaves every byte as it is', () => {
    distorted(none).forEach((image, i) => expect(image).toEqual(imageOf(digits, i)));
  });

  test('is the same for the same seed', () => {
    expect(distorted(augmentationOfStrength(1))).toEqual(distorted(augmentationOfStrength(1)));
  });

  test('shifts as far as it says, each way', () => {
    const shifts = distorted(only({ shift: 3 }), 300).map(
      (image, i) => centreX(image) - centreX(imageOf(digits, i)),
    );
    expect(Math.max(...shifts.map(Math.abs))).toBeLessThan(3.2);
    expect(Math.abs(mean(shifts))).toBeLessThan(0.35);
    expect(spread(shifts)).toBeCloseTo(3 / Math.sqrt(3), 0);
  });

  test('scales about the middle: ink grows with the area', () => {
    const ratios = distorted(only({ scaling: 0.2 }), 300).map(
      (image, i) => ink(image) / ink(imageOf(digits, i)),
    );
    expect(Math.max(...ratios)).toBeLessThan(1.2 * 1.2 * 1.05);
    expect(Math.min(...ratios)).toBeGreaterThan(0.8 * 0.8 * 0.9);
    expect(spread(ratios)).toBeGreaterThan(0.1);
  });

  test('turns and bends without gaining or losing much ink', () => {
    for (const options of [only({ rotation: 20 }), only({ elastic: 1 }), only({ shear: 0.3 })]) {
      const ratios = distorted(options, 200).map((image, i) => ink(image) / ink(imageOf(digits, i)));
      expect(mean(ratios)).toBeCloseTo(1, 1);
      expect(spread(ratios)).toBeLessThan(0.15);
    }
  });

  test('elastic: a point strays as far as it says, and its neighbour about as far', () => {
    // A picture that is darker the further to the right: its bytes say where each pixel was taken from.
    const ramp = Uint8Array.from({ length: PIXELS }, (_, n) => 8 * (n % 28));
    const augmenter = new Augmenter(only({ elastic: 1.5 }));
    const random = new Random(3);
    const strays: number[] = [];
    const apart: number[] = [];
    for (let picture = 0; picture < 200; picture++) {
      const out = new Uint8Array(PIXELS);
      augmenter.distort(ramp, out, random);
      for (const at of [14 * 28 + 14, 9 * 28 + 11, 18 * 28 + 16]) {
        const strayed = (n: number) => out[n]! / 8 - (n % 28);
        strays.push(strayed(at));
        apart.push(strayed(at + 1) - strayed(at));
      }
    }
    expect(spread(strays)).toBeGreaterThan(1.3);
    expect(spread(strays)).toBeLessThan(1.7);
    expect(spread(apart)).toBeLessThan(0.45);
  });

  test('gives a batch with its labels, each picture another than the one it came from', () => {
    const rows = Uint32Array.of(5, 2, 5);
    const batch = new Augmenter(augmentationOfStrength(1)).batch(digits, rows, new Random(2));
    expect([...batch.labels]).toEqual([5, 2, 5].map((row) => digits.labels[row]));
    expect(batch.values.slice(0, PIXELS)).not.toEqual(batch.values.slice(2 * PIXELS, 3 * PIXELS));
  });
});
