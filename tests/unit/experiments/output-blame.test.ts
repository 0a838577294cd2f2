import { expect, test } from 'vitest';
import { outputBlame } from '../../../src/lib/experiments/output-blame.ts';

const softmax = (z: readonly number[]) => {
  const e = z.map(Math.exp);
  const sum = e.reduce((total, each) => total + each, 0);
  return e.map((each) => each / sum);
};

test('the two slopes multiply to p − y, and to what nudges of the sums say', () => {
  const z = [0.3, -1.2, 2.1, 0.4];
  const label = 1;
  const loss = (at: readonly number[]) => -Math.log(softmax(at)[label]!);
  const { lossSlope, outputs } = outputBlame(softmax(z), label);
  expect(lossSlope).toBeCloseTo(-1 / softmax(z)[label]!, 12);
  outputs.forEach(({ p, y, blame }, k) => {
    const nudged = (by: number) => loss(z.map((each, n) => (n === k ? each + by : each)));
    expect(blame).toBeCloseTo(p - y, 12);
    expect(blame).toBeCloseTo((nudged(1e-6) - nudged(-1e-6)) / 2e-6, 7);
  });
});

test('a label that is no output is refused by its number', () => {
  expect(() => outputBlame([0.5, 0.5], 2)).toThrow('label 2 is not among the 2 outputs');
});
