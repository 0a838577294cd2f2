import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetEverything, readProgress, writeProgress } from '../../../../src/state/store/progress.ts';
import { freshDatabase } from './fresh-database.ts';
import { storage } from './fresh-storage.ts';

let kept: ReturnType<typeof storage>;
beforeEach(() => {
  freshDatabase();
  kept = storage(100);
  vi.stubGlobal('localStorage', kept);
});
afterEach(() => vi.unstubAllGlobals());

test('what was written is read again, beside what is here already; another site’s keys are left alone', () => {
  kept.setItem('backprop-by-hand/exercises', '{"a":1}');
  kept.setItem('backprop-by-hand/damaged', '{"a');
  kept.setItem('another', '"x"');
  const file = writeProgress();
  expect(JSON.parse(file).kept).toEqual({ exercises: { a: 1 } });
  kept.removeItem('backprop-by-hand/exercises');
  kept.setItem('backprop-by-hand/visits', '[1]');
  expect(readProgress(file)).toBe(1);
  expect(kept['backprop-by-hand/exercises']).toBe('{"a":1}');
  expect(kept['backprop-by-hand/visits']).toBe('[1]');
});

test.each([
  ['text', 'hello', /not JSON/],
  ['nothing', 'null', /of this site/],
  ['another site’s', '{"site":"x","kept":{}}', /of this site/],
  ['far too much', ' '.repeat(5_000_001), /far larger/],
  [
    'more than there is room for',
    JSON.stringify({ site: 'backprop-by-hand', kept: { a: 1, b: 'x'.repeat(200) } }),
    /no room/,
  ],
])('%s is refused, and what was here stays', (_, text, says) => {
  kept.setItem('backprop-by-hand/a', '7');
  expect(() => readProgress(text)).toThrow(says);
  expect({ ...kept }).toEqual({ 'backprop-by-hand/a': '7' });
});

test('all is forgotten but what is another’s', async () => {
  kept.setItem('backprop-by-hand/a', '7');
  kept.setItem('another', '1');
  await forgetEverything();
  expect(Object.keys(kept)).toEqual(['another']);
});

test('where storage is blocked that is said in our own words', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(() => writeProgress()).toThrow('this browser keeps nothing for this site');
});
