import { expect, test } from 'vitest';
import { createDataset } from '../../../../src/lib/data/dataset.ts';
import { strokeDigits } from '../../../../src/lib/ink/stroke-digits.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { batchGradient, readBatch, untrainedNetwork } from '../../../../src/components/stepper/batch.ts';

const { values, labels } = strokeDigits(12, new Random(4));
const digits = createDataset('pen digits', values, labels);

test('the loss of a batch is the mean of its digits’ losses', () => {
  const { members, loss } = readBatch(untrainedNetwork(), digits, [3, 0, 7]);
  expect(members.map(({ row }) => row)).toEqual([3, 0, 7]);
  expect(members.map(({ label }) => label)).toEqual([labels[3], labels[0], labels[7]]);
  const mean = members.reduce((sum, member) => sum + member.loss, 0) / 3;
  expect(Math.abs(mean - loss)).toBeLessThan(1e-6);
});

test('the gradient of a batch is the mean of its digits’ gradients', () => {
  const { parts, mean, cancelled } = batchGradient(untrainedNetwork(), digits, [0, 1, 2, 3], 5);
  for (let k = 0; k < mean.length; k++) {
    const own = parts.reduce((sum, { gradient }) => sum + gradient[k]!, 0) / parts.length;
    expect(Math.abs(own - mean[k]!), `weight ${k}`).toBeLessThan(1e-7);
  }
  expect(cancelled).toBeGreaterThanOrEqual(0);
  expect(cancelled).toBeLessThan(1);
});

test('one digit alone cancels nothing', () => {
  const { cancelled } = batchGradient(untrainedNetwork(), digits, [6], 2);
  expect(Math.abs(cancelled)).toBeLessThan(1e-6);
});
