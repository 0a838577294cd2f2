import { describe, expect, test } from 'vitest';
import { TaughtNetwork } from '../../../src/lib/experiments/taught-network.ts';
import { predictedClass } from '../../../src/lib/nn/losses.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

const network = randomNetwork([30, 12, 4], 'relu', 'softmax');
const model = network.toModel();
const others = randomExamples(700, 30, 4, 5);
const one = randomExamples(1, 30, 4, 8);

describe('a network that is taught', () => {
  test('learns its example step by step, and leaves the one that it was made from alone', async () => {
    const taught = new TaughtNetwork(model, others);
    const losses = [taught.ask(one).loss];
    for (let step = 0; step < 20; step++) {
      taught.step(one, 0.1);
      losses.push(taught.ask(one).loss);
    }
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(taught.ask(one).read).toBe(one.labels[0]);
    expect(network.toModel()).toEqual(model);
  });

  test('its meter counts what was broken and what was mended since the first look', async () => {
    const taught = new TaughtNetwork(model, others);
    const rightBy = () => {
      const outputs = taught.network.predict(others);
      return Array.from(others.labels, (label, i) => predictedClass(outputs, 4, i) === label);
    };
    const before = rightBy();
    const count = before.filter(Boolean).length;
    expect(await taught.measure()).toEqual({ right: count, broken: 0, mended: 0 });
    for (let step = 0; step < 30; step++) taught.step(one, 0.5);
    const after = rightBy();
    let breaths = 0;
    const meter = await taught.measure(async () => {
      breaths++;
    });
    expect(meter.broken).toBe(before.filter((was, i) => was && !after[i]).length);
    expect(meter.mended).toBe(before.filter((was, i) => !was && after[i]).length);
    expect(meter.broken).toBeGreaterThan(0);
    expect(meter.right).toBe(count - meter.broken + meter.mended);
    expect(breaths).toBe(3);
  });
});
