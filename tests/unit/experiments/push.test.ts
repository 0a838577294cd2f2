import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KERNEL_FILES, ensureKernels } from '../../../scripts/site/build-kernels.ts';
import {
  inputGradientOf,
  noisyImage,
  pushUntil,
  rightAfterPush,
  smallestPush,
} from '../../../src/lib/experiments/push.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { chooseKernels } from '../../../src/lib/nn/kernels/wasm.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const architecture = {
  inputs: 40,
  layers: [
    { units: 12, activation: 'tanh' },
    { units: 64, activation: 'relu' },
    { units: 4, activation: 'softmax' },
  ],
} as const;
const network = Network.initialize(architecture, 'he', new Random(2), {
  kernels: referenceKernels('float64'),
});
const random = new Random(4);
const image = Float64Array.from({ length: 40 }, () => (random.uniform() < 0.5 ? 0 : random.uniform()));
const examples = { count: 1, width: 40, values: image, labels: Uint8Array.of(1) };
const lossOf = (values: Float64Array) =>
  network.forwardWithLoss({ ...examples, values }, Uint32Array.of(0)).loss;

describe('the gradient with respect to the input', () => {
  test('is what nudging each pixel says', () => {
    const gradient = inputGradientOf(network, examples);
    const epsilon = 1e-6;
    for (let n = 0; n < 40; n++) {
      const nudged = (by: number) => lossOf(image.map((x, at) => (at === n ? x + by : x)));
      const numeric = (nudged(epsilon) - nudged(-epsilon)) / (2 * epsilon);
      expect(Math.abs(gradient[n]! - numeric)).toBeLessThan(1e-7);
    }
  });

  test('the fast kernels give the same for the most pictures that are pushed together', async () => {
    await ensureKernels();
    const kernels = chooseKernels({ simd: readFileSync(KERNEL_FILES.simd) });
    const fast = Network.fromModel(network.toModel(), { kernels });
    const count = 15;
    const values = Float32Array.from({ length: count * 40 }, () => random.uniform());
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 4);
    const some = { count, width: 40, values, labels };
    const [ours, theirs] = [inputGradientOf(network, some), inputGradientOf(fast, some)];
    for (let n = 0; n < count * 40; n++) expect(theirs[n]).toBeCloseTo(ours[n]!, 5);
  });
});

describe('a push', () => {
  const first = pushUntil(network, image, network.classes, { size: 'each', step: 0.1, most: 0 })[0]!;
  const wanted = (first.read + 1) % 4;

  test.each(['each', 'length'] as const)(
    'measured by %s: ends where the network reads what is wanted, within paper and ink',
    (size) => {
      const way = pushUntil(network, image, wanted, { size, step: 0.02, most: 500 });
      expect(way[0]!.length).toBe(0);
      expect(way.at(-1)!.read).toBe(wanted);
      expect(way.slice(0, -1).every(({ read }) => read !== wanted)).toBe(true);
      for (const { image: pushed, length, largest } of way) {
        expect(Math.min(...pushed)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...pushed)).toBeLessThanOrEqual(1);
        expect(length).toBeCloseTo(Math.hypot(...pushed.map((x, n) => x - image[n]!)), 12);
        expect(largest).toBeCloseTo(Math.max(...pushed.map((x, n) => Math.abs(x - image[n]!))), 12);
      }
      const step = way[1]!;
      if (size === 'each') expect(step.largest).toBeCloseTo(0.02, 12);
      else expect(step.length).toBeLessThanOrEqual(0.02 + 1e-12);
    },
  );

  test('the smallest is as long as it takes, whatever the step', () => {
    const { read } = first;
    const fine = smallestPush(network, image, read, { step: 0.01, most: 1000 })!;
    const coarse = smallestPush(network, image, read, { step: 0.05, most: 1000 })!;
    expect(fine.read).not.toBe(read);
    expect(fine.length).toBeGreaterThan(0);
    expect(Math.abs(fine.length / coarse.length - 1)).toBeLessThan(0.05);
    // Along the same way, one step less far does not change the answer.
    const shorter = Math.floor(fine.length / 0.01);
    expect(smallestPush(network, image, read, { step: 0.01, most: shorter - 2 })).toBeUndefined();
    expect(smallestPush(network, image, (read + 1) % 4, { step: 0.01, most: 9 })!.length).toBe(0);
  });

  test('on a linear network it is the distance to the border', () => {
    // Two outputs that differ by w·x with |w| = 5: a point where the difference is 2 lies 0.4 from the border.
    const linear = Network.initialize(
      { inputs: 2, layers: [{ units: 2, activation: 'softmax' }] },
      'zeros',
      new Random(1),
      { kernels: referenceKernels('float64') },
    );
    linear.layers[0]!.write('weights', Float64Array.of(3, 4, 0, 0));
    linear.layers[0]!.write('bias', Float64Array.of(-1.5, 0));
    const at = smallestPush(linear, [0.5, 0.5], 0, { step: 0.03, most: 100 })!;
    expect(at.read).toBe(1);
    expect(at.length).toBeCloseTo(2 / 5, 3);
  });

  test('too few steps end where they end', () => {
    const way = pushUntil(network, image, wanted, { size: 'length', step: 1e-6, most: 3 });
    expect(way.length).toBe(4);
    expect(way.at(-1)!.read).toBe(first.read);
  });

  test('random noise comes out as long as it was asked for', () => {
    expect(noisyImage(network, image, 0.7, new Random(1)).length).toBeCloseTo(0.7, 6);
  });

  test('of many pictures, it leaves fewer right than noise of the same size does', () => {
    const count = 15;
    const values = Float64Array.from({ length: count * 40 }, () => random.uniform());
    const outputs = network.predict({ count, width: 40, values, labels: new Uint8Array(count) });
    const labels = Uint8Array.from({ length: count }, (_, i) => {
      const row = Array.from(outputs.subarray(i * 4, i * 4 + 4));
      return row.indexOf(Math.max(...row));
    });
    const asked = { count, width: 40, values, labels };
    expect(rightAfterPush(network, asked, 0, new Random(1))).toEqual({ pushed: count, noisy: count });
    const { pushed, noisy } = rightAfterPush(network, asked, 0.1, new Random(1));
    expect(pushed).toBeLessThan(noisy);
  });
});
