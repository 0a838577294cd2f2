import { expect, test } from 'vitest';
import { favouritesOfUnits } from '../../../src/lib/experiments/favourites.ts';
import { createDataset } from '../../../src/lib/data/dataset.ts';
import { strokeDigits } from '../../../src/lib/ink/stroke-digits.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { trace } from '../../../src/lib/nn/trace.ts';
import { untrainedNetwork } from '../../../src/components/stepper/batch.ts';

const { values, labels } = strokeDigits(60, new Random(4));
const digits = createDataset('pen digits', values, labels);
const network = untrainedNetwork();
const favourites = favouritesOfUnits(network, digits, 10);
const outputs = Array.from({ length: 60 }, (_, row) => trace(network, digits, row).values('activation', 1));

test('no example that is left out excites a unit more than one that is named, and the order falls', () => {
  expect(favourites.length).toBe(32);
  favourites.forEach(({ rows, outputs: named }, unit) => {
    expect(new Set(rows).size).toBe(10);
    rows.forEach((row, n) => expect(named[n]).toBeCloseTo(outputs[row]![unit]!, 5));
    expect([...named].sort((a, b) => b - a)).toEqual([...named]);
    const others = outputs.filter((_, row) => !rows.includes(row)).map((each) => each[unit]!);
    expect(Math.max(...others)).toBeLessThanOrEqual(named[9]! + 1e-6);
  });
});

test('the mean picture through the unit gives the mean of the sums', () => {
  favourites.forEach(({ rows, mean, meanSum }, unit) => {
    const pass = trace(network, digits, rows[0]!);
    const weights = pass.values('weight', 1);
    let sum = pass.values('bias', 1)[unit]!;
    for (let k = 0; k < 784; k++) sum += weights[unit * 784 + k]! * mean[k]!;
    expect(meanSum).toBeCloseTo(sum, 4);
    expect(mean[400]).toBeCloseTo(
      rows.reduce((ink, row) => ink + values[row * 784 + 400]! / 255 / 10, 0),
      6,
    );
  });
});

test('over all examples: the mean output, and on how many the unit is silent', () => {
  const { meanOutput, silent } = favourites[7]!;
  expect(meanOutput).toBeCloseTo(
    outputs.reduce((sum, each) => sum + each[7]! / 60, 0),
    5,
  );
  expect(silent).toBeCloseTo(outputs.filter((each) => each[7]! === 0).length / 60, 12);
});
