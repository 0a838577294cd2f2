import { describe, expect, test } from 'vitest';
import { meanGap, readManyMasks, readMasked, rootMeanSquare } from '../../../src/lib/experiments/dropout.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { traceReading } from '../../../src/lib/nn/trace.ts';
import { builds } from '../nn/kernels/builds.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

const examples = randomExamples(3, 6, 4);

describe.each([{ name: 'reference', make: () => referenceKernels() }, ...(await builds())])(
  'dropout with kernels $name',
  ({ make }) => {
    const network = (dropout: number) =>
      randomNetwork([6, 40, 20, 4], 'tanh', 'softmax', { kernels: make(), dropout });

    test('the masks that are said are those that the sums were made with', () => {
      const each = network(0.4);
      const { pass, masks } = readMasked(each, examples, 1, 7);
      expect(masks.map(({ length }) => length)).toEqual([40, 20]);
      for (const layer of [2, 3]) {
        const mask = masks[layer - 2]!;
        expect(new Set(Array.from(mask, (kept) => kept.toFixed(4)))).toEqual(
          new Set(['0.0000', (1 / 0.6).toFixed(4)]),
        );
        const [a, w, b] = [
          pass.values('activation', layer - 1),
          pass.values('weight', layer),
          pass.values('bias', layer),
        ];
        pass.values('preActivation', layer).forEach((z, j) => {
          const sum = Array.from(a).reduce(
            (total, value, k) => total + value * mask[k]! * w[j * a.length + k]!,
            b[j]!,
          );
          expect(z).toBeCloseTo(sum, 5);
        });
      }
      expect(readMasked(each, examples, 1, 7).masks).toEqual(masks);
      expect(readMasked(each, examples, 1, 8).masks).not.toEqual(masks);
    });

    test('without dropout nothing is dropped', () => {
      const { pass, masks } = readMasked(network(0), examples, 0, 3);
      expect(masks.every((mask) => mask.every((kept) => kept === 1))).toBe(true);
      expect(pass.values('activation', 3)).toEqual(
        traceReading(network(0), examples, 0).values('activation', 3),
      );
    });

    test('over many masks the mean of a sum is what it is without dropout; not divided it falls short', () => {
      const [each, random] = [network(0.5), new Random(5)];
      let many = readManyMasks(each, examples, 2, { count: 500, random });
      many = readManyMasks(each, examples, 2, { count: 2500, random, before: many });
      expect(many.count).toBe(3000);
      expect(many.reads.reduce((sum, count) => sum + count, 0)).toBe(3000);
      const { whole, mean, undivided } = meanGap(each, examples, 2, many, 0.5);
      const size = rootMeanSquare(whole, each.layers[1]!.read('bias'));
      expect(rootMeanSquare(mean, whole) / size).toBeLessThan(0.1);
      expect(rootMeanSquare(undivided, whole) / size).toBeGreaterThan(0.4);
      const bias = each.layers[1]!.read('bias');
      undivided.forEach((z, j) => expect(z).toBeCloseTo(bias[j]! + 0.5 * (mean[j]! - bias[j]!), 5));
    });
  },
);

test('a network without hidden units has none to drop', () => {
  const plain = randomNetwork([6, 4], 'relu', 'softmax');
  expect(() => readManyMasks(plain, examples, 0, { count: 1, random: new Random(1) })).toThrow(
    'no units to drop',
  );
});
