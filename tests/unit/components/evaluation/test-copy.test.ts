import { beforeEach, describe, expect, test, vi } from 'vitest';
import { confusionOf } from '../../../../src/components/evaluation/confusion.ts';
import { describeCopy, readingsInCopy, testCopy } from '../../../../src/components/evaluation/test-copy.ts';

const KEY = 'backprop-by-hand/test-copy';
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  vi.stubGlobal('sessionStorage', storage);
  testCopy.undoAll();
});

/** Five images: three right, two wrong. */
const readings = [
  [3, 3],
  [3, 5],
  [5, 5],
  [7, 7],
  [7, 1],
].map(([label, read], row) => ({ row, label: label!, read: read!, sure: 0.9, margin: 0.8 }));

describe('a copy of the test set', () => {
  test('without changes is the test set', () => {
    expect(readingsInCopy(readings, testCopy.changes.value)).toBe(readings);
  });

  test('with one image dropped and one relabelled: the counts, worked by hand, and the test set as it was', () => {
    testCopy.drop([4]);
    testCopy.relabel(1, 5);
    const changed = testCopy.changes.value;
    const copy = readingsInCopy(readings, changed);
    expect(copy.map(({ row, label }) => [row, label])).toEqual([
      [0, 3],
      [1, 5],
      [2, 5],
      [3, 7],
    ]);
    expect(confusionOf(copy)[5 * 10 + 5]).toBe(2);
    expect(confusionOf(readings)[3 * 10 + 5]).toBe(1);
    const said = describeCopy(readings, changed);
    expect(said).toContain('with 1 image dropped and 1 image given another label');
    expect(said).toContain('it reads 4 of 4');
    expect(said).toContain('Of the test set itself it reads 3 of 5');
  });

  test('what was done is undone, one by one or all of it', () => {
    testCopy.drop([4, 1]);
    testCopy.relabel(4, 1);
    expect(testCopy.changes.value).toEqual([{ row: 1 }, { row: 4, label: 1 }]);
    testCopy.undo(1);
    expect(testCopy.changes.value).toEqual([{ row: 4, label: 1 }]);
    testCopy.undoAll();
    expect(testCopy.changes.value).toEqual([]);
  });

  test('is kept for this visit; what is damaged counts for nothing', () => {
    testCopy.relabel(2, 6);
    const disk = kept.get(KEY)!;
    testCopy.undoAll();
    kept.set(KEY, disk);
    testCopy.find();
    expect(testCopy.changes.value).toEqual([{ row: 2, label: 6 }]);
    for (const damaged of [
      '[{"row":-1}]',
      '[{"row":1,"label":10}]',
      '[null]',
      '{}',
      '[{"row":1},{"row":1}]',
    ]) {
      testCopy.undoAll();
      kept.set(KEY, damaged);
      testCopy.find();
      expect(testCopy.changes.value, damaged).toEqual([]);
    }
  });

  test('with everything dropped there is nothing to be counted', () => {
    testCopy.drop(readings.map(({ row }) => row));
    expect(describeCopy(readings, testCopy.changes.value)).toContain('there is nothing left to read');
  });
});
