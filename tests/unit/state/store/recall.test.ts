import { expect, test } from 'vitest';
import { recallChapter } from '../../../../src/explain/recall.ts';
import { dueQuestions, standingAfter, today } from '../../../../src/state/store/recall.ts';

test('what is right comes again after longer and longer, what is missed the same day', () => {
  const first = standingAfter(undefined, true, 100);
  expect(first).toEqual({ streak: 1, due: 101 });
  const second = standingAfter(first, true, 101);
  expect(second).toEqual({ streak: 2, due: 104 });
  expect(standingAfter({ streak: 9, due: 0 }, true, 200).due).toBe(260);
  expect(standingAfter(second, false, 104)).toEqual({ streak: 0, due: 104 });
});

test('a chapter asks of those before it alone: the longest overdue, then what is new of the latest', () => {
  expect(dueQuestions(1, {}, 0, 2)).toEqual([]);
  expect(dueQuestions(2, {}, 0, 2)).toEqual(['scale']);
  for (const name of dueQuestions(4, {}, 0, 9)) expect(recallChapter(name)).toBeLessThan(4);
  expect(dueQuestions(5, {}, 0, 2).map(recallChapter)).toEqual([4, 4]);
  const standings = {
    scale: { streak: 0, due: 10 },
    relu: { streak: 1, due: 8 },
    sum: { streak: 1, due: 12 },
  };
  expect(dueQuestions(3, standings, 10, 2)).toEqual(['relu', 'scale']);
  expect(dueQuestions(3, standings, 7, 2)).toEqual([]);
});

test('a day is a day', () => {
  expect(today(Date.UTC(2026, 10, 27, 23, 59)) + 1).toBe(today(Date.UTC(2026, 10, 28)));
});
