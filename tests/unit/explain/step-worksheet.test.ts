import { describe, expect, test } from 'vitest';
import { stepWorksheet } from '../../../src/explain/step-worksheet.ts';
import { calculate, read, rounding } from './calculator.ts';
import { passOf, variants } from './networks.ts';

describe('the printed task comes to the printed answer, for whoever types it into a calculator', () => {
  for (const variant of variants) {
    test(variant.name, () => {
      let checked = 0;
      for (const seed of [2, 3, 4]) {
        const pass = passOf(variant, seed);
        for (const step of pass.steps) {
          for (const { name, task, answer } of stepWorksheet(pass, step)) {
            expect(
              Math.abs(calculate(task) - read(answer)),
              `${name}: ${task} = ${answer}`,
            ).toBeLessThanOrEqual(rounding(answer));
            checked++;
          }
        }
      }
      expect(checked).toBeGreaterThan(300);
    });
  }
});

test('a number with a sign of its own stands in brackets among the signs, and bare in a function’s', () => {
  const pass = passOf(variants.find(({ name }) => name === 'relu, softmax, cross-entropy')!);
  const tasks = pass.steps.flatMap((step) => stepWorksheet(pass, step).map(({ task }) => task));
  expect(tasks.some((task) => / · \(−/.test(task))).toBe(true);
  expect(tasks.filter((task) => /[·+−] −/.test(task))).toEqual([]);
});
