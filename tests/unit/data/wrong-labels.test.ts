import { describe, expect, test } from 'vitest';
import { withWrongLabels } from '../../../src/lib/data/wrong-labels.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { repeatedDigits } from '../training/digits.ts';

const dataset = repeatedDigits(2000);
const wrongRows = (labels: Uint8Array) =>
  Array.from(labels.keys()).filter((row) => labels[row] !== dataset.labels[row]);

describe('labels made wrong', () => {
  test('as many as the share says, to the image, and no image changes', () => {
    for (const [share, count] of [
      [0, 0],
      [0.2, 400],
      [0.00026, 1],
      [1, 2000],
    ] as const) {
      const spoilt = withWrongLabels(dataset, share, new Random(3));
      expect(wrongRows(spoilt.labels)).toHaveLength(count);
      expect(spoilt.values).toBe(dataset.values);
    }
  });

  test('the data set that was given keeps its labels', () => {
    const before = dataset.labels.slice();
    withWrongLabels(dataset, 0.5, new Random(3));
    expect(dataset.labels).toEqual(before);
  });

  test('a seed spoils the same images again, and another seed others', () => {
    const labels = (seed: number) => withWrongLabels(dataset, 0.2, new Random(seed)).labels;
    expect(labels(3)).toEqual(labels(3));
    expect(labels(4)).not.toEqual(labels(3));
  });

  test('each of the nine other digits is as likely', () => {
    const { labels } = withWrongLabels(dataset, 1, new Random(5));
    const steps = new Array<number>(10).fill(0);
    labels.forEach((label, row) => steps[(label - dataset.labels[row]! + 10) % 10]!++);
    // 2,000 / 9 ≈ 222 each, with a deviation of 14.
    expect(steps[0]).toBe(0);
    for (const count of steps.slice(1)) expect(Math.abs(count - 2000 / 9)).toBeLessThan(4 * 14.1);
  });

  test.each([-0.1, 1.1, Number.NaN])('a share of %d is refused', (share) => {
    expect(() => withWrongLabels(dataset, share, new Random(1))).toThrow(
      `share must be from 0 to 1, not ${share}`,
    );
  });
});
