import { describe, expect, test } from 'vitest';
import {
  describeBest,
  describeLengths,
  describeOrder,
  describeWrong,
} from '../../../src/explain/wrong-label-words.ts';
import type { Examined } from '../../../src/lib/training/examined-runs.ts';

const look = (
  epoch: number,
  rightLabels: number,
  wrongLabels: number,
  test = 0.8,
  weightNorm = 10,
): Examined => ({
  epoch,
  training: 0.8 * rightLabels + 0.2 * wrongLabels,
  rightLabels,
  wrongLabels,
  test,
  weightNorm,
});

describe('which labels are learnt last', () => {
  test('the epochs by which half of them are learnt', () => {
    const looks = [
      look(0, 0.1, 0.1),
      look(1, 0.7, 0.05),
      look(20, 0.99, 0.4),
      look(30, 1, 0.6),
      look(40, 1, 0.95),
    ];
    expect(describeOrder(looks)).toBe(
      'Half of the right labels are learnt by epoch 1, half of the wrong ones by epoch 30: the wrong ones are learnt last. At the end 95.0\u00a0% of the wrong labels are learnt.',
    );
  });

  test('never, or not later, is said where it is so', () => {
    expect(describeOrder([look(0, 0, 0), look(9, 0.9, 0.2)])).toContain('half of the wrong ones never');
    expect(describeOrder([look(0, 0, 0), look(9, 0.9, 0.8)])).toContain('are not learnt later');
    expect(describeOrder([look(0, 0, 0)])).toContain('Not even half of the right labels');
  });

  test('where the test figures were best', () => {
    expect(describeBest([look(1, 0.7, 0.05, 0.8), look(4, 0.9, 0.1, 0.9), look(40, 1, 0.95, 0.82)])).toBe(
      'By epoch 4 it reads 90.0\u00a0% of the test images, the most, and has learnt 10.0\u00a0% of the wrong labels; by epoch 40 it reads 82.0\u00a0%.',
    );
    expect(describeBest([look(4, 0.9, 0.1, 0.9)])).not.toContain(';');
  });
});

test('what exceptions cost in length', () => {
  const says = describeLengths({
    wrong: look(100, 1, 1, 0.8, 30),
    right: look(100, 1, Number.NaN, 0.9, 20),
    penalised: look(100, 0.9, 0.1, 0.9, 5),
  });
  expect(says).toContain('a length of 30; learnt from the same images with every label right, 20');
  expect(says).toContain('1.5 times as long');
  expect(says).toContain(
    'they have 5, and 10.0\u00a0% of the wrong labels are learnt instead of 100.0\u00a0%',
  );
});

test('how many wrong labels are known', () => {
  const wrong = [1, undefined, 3].map((learntAt) => ({
    image: new Uint8Array(784),
    truth: 1,
    label: 2,
    learntAt,
  }));
  expect(describeWrong({ finished: 'epochs', last: look(9, 1, 0.66), wrong })).toBe(
    '2 of the 3 wrong labels are known by heart.',
  );
});
