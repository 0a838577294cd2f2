import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import {
  cureNames,
  curedRun,
  lessons,
  looksOver,
  published,
  publishedRun,
  sizedRun,
} from '../../../src/lib/training/cures.ts';
import { formatSetup, parseSetup } from '../../../src/lib/training/setup.ts';

test('each cure changes the set-up in its own options, and all go together', () => {
  const options = new Set<string>();
  const plain = formatSetup(curedRun(lessons.noisy, [], 3).setup);
  for (const cure of cureNames) {
    const changed = formatSetup(curedRun(lessons.noisy, [cure], 3).setup);
    const names = Object.keys(changed).filter((name) => !(name in plain));
    expect(names.length, cure).toBeGreaterThan(0);
    for (const name of names) {
      expect(options).not.toContain(name);
      options.add(name);
    }
  }
  const together = formatSetup(curedRun(lessons.noisy, cureNames, 3).setup);
  expect(Object.keys(together).toSorted()).toEqual([...Object.keys(plain), ...options].toSorted());
  expect(parseSetup(together)).toEqual(curedRun(lessons.noisy, cureNames, 3).setup);
});

test('the published recipe is the one of the network that the site ships', () => {
  const bytes = readFileSync(new URL('../../../public/models/original.safetensors', import.meta.url));
  const { training } = openNetwork(bytes).metadata;
  expect(parseSetup({ ...training })).toEqual(publishedRun().setup);
  expect(publishedRun().setup.epochs).toBe(published.epochs);
});

test('looks: at the beginning, after each of the first epochs, and ever more seldom, never beyond the end', () => {
  const looks = looksOver(100);
  expect(looks.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
  const gaps = looks.slice(1).map((look, n) => look - looks[n]!);
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  expect(looks.at(-1)).toBeLessThanOrEqual(100);
  expect(looks.length).toBeLessThan(35);
});

test('a run on many images sees each of them less often, and none has to learn more than a bounded number', () => {
  expect(sizedRun(100, [], 1).setup.epochs).toBe(100);
  expect(sizedRun(60_000, [], 1).setup.epochs).toBe(10);
});
