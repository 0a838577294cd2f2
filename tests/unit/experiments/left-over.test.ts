import { expect, test } from 'vitest';
import { leftOver } from '../../../src/lib/experiments/left-over.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';

const kernels = referenceKernels('float64');
const architecture = {
  inputs: 3,
  layers: [
    { units: 4, activation: 'relu' },
    { units: 2, activation: 'softmax' },
  ],
} as const;
const one = (values: number[], label: number) => ({
  count: 1,
  width: 3,
  values: Float64Array.from(values),
  labels: Uint8Array.of(label),
});

test('what is not cleared is the sum of both gradients, and its step is another one', () => {
  const model = Network.initialize(architecture, 'he', new Random(4), { kernels }).toModel();
  const found = leftOver(model, one([1, 0.5, 0], 0), one([0, 0.4, 1], 1), 0.1);
  found.notCleared.forEach((value, n) => expect(value).toBeCloseTo(found.first[n]! + found.second[n]!, 14));
  expect(found.afterCleared).toBeLessThan(found.before);
  expect(found.afterNotCleared).not.toBeCloseTo(found.afterCleared, 6);
});

test('where there was nothing before, clearing changes nothing', () => {
  const model = Network.initialize(architecture, 'zeros', new Random(4), { kernels }).toModel();
  // With all weights 0 the first layer has no gradient at all.
  const found = leftOver(model, one([1, 0.5, 0], 0), one([0, 0.4, 1], 1), 0.1);
  expect(Array.from(found.notCleared)).toEqual(Array.from(found.second));
});
