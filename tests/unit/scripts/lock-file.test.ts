import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Entry = { optionalDependencies?: Record<string, string> };

/**
 * npm leaves out of the lock file what its registry does not have at that moment, and then refuses the file at
 * `npm ci`, here or on the next machine.
 */
test('the lock file has an entry for the program of every platform', () => {
  const lock = new URL('../../../package-lock.json', import.meta.url);
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, Entry> };
  const installed = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((name) => !installed.has(name))).toEqual([]);
});
