import { effect } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keepAnswer, keptAnswer, keptAnswersOf, standingOf } from '../../../../src/state/store/exercises.ts';

const KEY = 'backprop-by-hand/exercises';
const right = { given: 397, isRight: true };
const wrong = { given: 12, isRight: false };

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  });
});

const onDisk = () => JSON.parse(kept.get(KEY)!);

describe('answers to exercises', () => {
  test('are there on the next visit, each under its own name', () => {
    expect(keepAnswer('data/bytes', right)).toBe(true);
    keepAnswer('layer/sum', wrong);
    expect(keptAnswer('data/bytes')).toEqual(right);
    expect(keptAnswersOf('layer')).toEqual({ 'layer/sum': wrong });
    expect(keptAnswer('data/other')).toBeUndefined();
  });

  test('what was once right stays so', () => {
    keepAnswer('data/bytes', right);
    keepAnswer('data/bytes', wrong);
    expect(keptAnswer('data/bytes')).toEqual(right);
  });

  test('what was shown is not solved, though it be answered right afterwards', () => {
    const shown = { given: 397, isRight: false, isShown: true };
    expect(standingOf(keptAnswer('data/bytes'))).toBe('open');
    keepAnswer('data/bytes', wrong);
    expect(standingOf(keptAnswer('data/bytes'))).toBe('open');
    keepAnswer('data/bytes', shown);
    expect(standingOf(keptAnswer('data/bytes'))).toBe('shown');
    keepAnswer('data/bytes', right);
    expect(standingOf(keptAnswer('data/bytes'))).toBe('shown');
  });

  test('what was solved stays solved, though it be shown afterwards', () => {
    keepAnswer('data/bytes', right);
    keepAnswer('data/bytes', { given: 397, isRight: false, isShown: true });
    expect(standingOf(keptAnswer('data/bytes'))).toBe('solved');
  });

  test('who looks at them in an effect learns of new ones at once', () => {
    const seen: number[] = [];
    const stop = effect(() => void seen.push(Object.keys(keptAnswersOf('data')).length));
    keepAnswer('data/bytes', wrong);
    keepAnswer('data/other', right);
    stop();
    expect(seen).toEqual([0, 1, 2]);
  });

  test.each([
    ['a text', '"seven"'],
    ['null', 'null'],
    ['a number that is none', '{ "given": "397", "isRight": true }'],
    ['a verdict that is none', '{ "given": 397, "isRight": "yes" }'],
    ['words that are none', '{ "given": 397, "isRight": true, "said": 5 }'],
  ])('one malformed entry (%s) costs no other, and is left where it is', (_, bad) => {
    kept.set(KEY, `{ "data/bytes": ${JSON.stringify(right)}, "data/bad": ${bad} }`);
    expect(keptAnswer('data/bad')).toBeUndefined();
    expect(keptAnswersOf('data')).toEqual({ 'data/bytes': right });
    keepAnswer('layer/sum', wrong);
    expect(onDisk()).toEqual({ 'data/bytes': right, 'data/bad': JSON.parse(bad), 'layer/sum': wrong });
  });

  test('an exercise whose entry is malformed can be answered anew', () => {
    kept.set(KEY, '{ "data/bytes": 5 }');
    expect(keepAnswer('data/bytes', wrong)).toBe(true);
    expect(onDisk()).toEqual({ 'data/bytes': wrong });
  });

  test.each(['{ "data/bytes": { "given"', '[1, 2]', '"a later version"'])(
    'what is no list of answers at all, %s, is not overwritten',
    (text) => {
      kept.set(KEY, text);
      expect(keptAnswer(`overwritten/${text}`)).toBeUndefined();
      expect(keepAnswer(`overwritten/${text}`, right)).toBe(false);
      expect(kept.get(KEY)).toBe(text);
    },
  );

  test('where storage is blocked they count until the page is left, and who looks learns of them', () => {
    const blocked = () => {
      throw new DOMException('storage is blocked', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked });
    const seen: unknown[] = [];
    const stop = effect(() => void seen.push(standingOf(keptAnswer('blocked/bytes'))));
    expect(keepAnswer('blocked/bytes', wrong)).toBe(false);
    expect(keepAnswer('blocked/bytes', right)).toBe(false);
    expect(keepAnswer('blocked/bytes', wrong)).toBe(false);
    stop();
    expect(seen).toEqual(['open', 'open', 'solved', 'solved']);
    expect(keptAnswersOf('blocked')).toEqual({ 'blocked/bytes': right });
  });
});
