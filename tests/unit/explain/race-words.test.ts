import { expect, test } from 'vitest';
import { describeLead } from '../../../src/explain/race-words.ts';

test('a lead is told in the digits that it is made of: three of 5,000 are no point', () => {
  const says = describeLead(
    [
      { label: 'SGD', accuracy: 0.9468 },
      { label: 'Adam', accuracy: 0.9556 },
      { label: 'RMSProp', accuracy: 0.9474 },
      { label: 'momentum', accuracy: 0.955 },
    ],
    5000,
  );
  expect(says).toBe(
    'ahead of momentum by 3 digits, which is 0.06\u00a0% of them; ahead of SGD, the last, by 0.88\u00a0%',
  );
});

test('equal runners are called equal, one digit is one, and who diverged is not measured', () => {
  const of = (accuracies: readonly (number | undefined)[]) =>
    describeLead(
      accuracies.map((accuracy, n) => ({ label: `run ${n + 1}`, accuracy })),
      100,
    );
  expect(of([0.9, 0.9, 0.1])).toBe('level with run 2; ahead of run 3, the last, by 80.00\u00a0%');
  expect(of([0.89, undefined, 0.9])).toBe('ahead of run 1 by 1 digit, which is 1.00\u00a0% of them');
  expect(of([0.9, undefined])).toBe('');
});
