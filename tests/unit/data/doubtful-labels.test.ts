import { expect, test } from 'vitest';
import { doubtfulLabels } from '../../../src/lib/data/doubtful-labels.ts';

test('labels in doubt: fifteen images, each asked of five people, most of whom did not see the label', () => {
  expect(new Set(doubtfulLabels.map(({ row }) => row)).size).toBe(15);
  for (const { row, label, guessed, votes } of doubtfulLabels) {
    expect(votes.label + votes.guessed + votes.neither, `image ${row}`).toBe(5);
    expect(votes.label, `image ${row}`).toBeLessThan(3);
    expect(guessed, `image ${row}`).not.toBe(label);
  }
});
