import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** A row of one of the tables: a package, and why. */
const ROW = /^\| `([^`]+)` +\| (.*?) +\|$/gm;

test('docs/dependencies.md gives a reason for each package that the project asks for, and for no other', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
  // What SECURITY.md and the list say of them rests on that.
  expect(dependencies).toBeUndefined();
  const rows = [...read('docs/dependencies.md').matchAll(ROW)];
  for (const [, name, reason] of rows) expect(reason, name).not.toBe('');
  expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(devDependencies!).sort());
});
