import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprintOf } from '../../../scripts/site/fingerprint.ts';

let root: string;
const now = (how = 'base /') => fingerprintOf(how, root, ['src', 'config.mjs', 'missing']);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fingerprint-test-'));
  mkdirSync(join(root, 'src/pad'), { recursive: true });
  writeFileSync(join(root, 'src/a.ts'), 'ab');
  writeFileSync(join(root, 'src/pad/b.ts'), 'cd');
  writeFileSync(join(root, 'config.mjs'), 'export default {}');
});

afterEach(() => rmSync(root, { recursive: true }));

test('the same contents give the same fingerprint, however often they are written', () => {
  const before = now();
  writeFileSync(join(root, 'src/a.ts'), 'ab');
  expect(now()).toBe(before);
});

test.each<[string, () => void]>([
  ['one byte deep inside', () => writeFileSync(join(root, 'src/pad/b.ts'), 'ce')],
  ['a new file', () => writeFileSync(join(root, 'src/pad/c.ts'), '')],
  ['a file less', () => rmSync(join(root, 'src/a.ts'))],
  ['a new name', () => renameSync(join(root, 'src/a.ts'), join(root, 'src/c.ts'))],
  ['a source that was missing', () => writeFileSync(join(root, 'missing'), '')],
])('%s changes it', (_change, make) => {
  const before = now();
  make();
  expect(now()).not.toBe(before);
});

test('what is done with the files changes it', () => {
  expect(now('base /book/')).not.toBe(now('base /'));
});

test('files that are not among the sources do not change it', () => {
  const before = now();
  writeFileSync(join(root, 'README.md'), 'new');
  expect(now()).toBe(before);
});
