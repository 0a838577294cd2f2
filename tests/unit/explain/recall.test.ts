import { describe, expect, test } from 'vitest';
import { recallNames, recallQuestion } from '../../../src/explain/recall.ts';
import { shippedNetwork } from '../../../src/build/shipped-network.ts';
import { siteData } from '../../../src/build/site-data.ts';
import { imageOf, subset } from '../../../src/lib/data/dataset.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { trace } from '../../../src/lib/nn/trace.ts';
import { judgeNumber } from '../../../src/components/exercises/numeric.ts';
import { workedOut } from '../../recall-answers.ts';

const network = shippedNetwork('original');
const digits = await siteData('sample-test');
const sources = Array.from({ length: 200 }, (_, row) => ({
  pass: trace(network, subset(digits, [row]), 0),
  label: digits.labels[row],
  image: imageOf(digits, row),
})).filter(({ pass, label }, row) => row === 0 || pass.values('activation', 3)[label] < 0.95);

describe.each(recallNames)('the question %s', (name) => {
  const asked = sources.flatMap((source) =>
    [1, 2, 3].map((seed) => recallQuestion(name, source, new Random(seed))),
  );

  test('can be answered from the numbers that it shows, and nothing else is right', () => {
    for (const { text, answer, tolerance, slips } of asked) {
      const worked = workedOut(name, text);
      expect(Math.abs(worked - answer), text).toBeLessThanOrEqual(1e-9 + tolerance / 10);
      expect(judgeNumber(worked, { answer, tolerance, slips, hint: '' }).isRight, text).toBe(true);
      expect(
        judgeNumber(answer + 1.5 + Math.abs(answer), { answer, tolerance, slips, hint: '' }).isRight,
      ).toBe(false);
    }
  });

  test('has numbers that are short, none of them with an exponent, and not the same each time', () => {
    for (const { text } of asked) expect(text).not.toMatch(/\de[−\d]|\d\.\d{4}|NaN|undefined/);
    expect(new Set(asked.map(({ text }) => text)).size).toBeGreaterThan(3);
  });
});
