import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../../scripts/site/find-browser.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-test-'));
  program('first/chromium-browser', 'exit 1');
  program('second/google-chrome', 'exit 0');
  program('third/chromium', 'exit 0');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a variable goes before the PATH, and BROWSER_PATH before CHROME_PATH', () => {
  const PATH = join(folder, 'third');
  const chrome = join(folder, 'second/google-chrome');
  const chromium = join(folder, 'third/chromium');
  expect(findBrowser({ PATH, CHROME_PATH: chrome })).toBe(chrome);
  expect(findBrowser({ PATH, CHROME_PATH: chrome, BROWSER_PATH: chromium })).toBe(chromium);
});

test('a variable that names no program is an error that quotes it', () => {
  const missing = join(folder, 'missing');
  expect(() => findBrowser({ BROWSER_PATH: missing })).toThrow(`BROWSER_PATH is ${missing}`);
});

test('the PATH is searched for chromium first, then for chrome', () => {
  const PATH = ['second', 'third'].map((name) => join(folder, name)).join(delimiter);
  expect(findBrowser({ PATH })).toBe(join(folder, 'third/chromium'));
});

test('a program that does not start is passed over', () => {
  const PATH = ['first', 'second'].map((name) => join(folder, name)).join(delimiter);
  expect(findBrowser({ PATH })).toBe(join(folder, 'second/google-chrome'));
});

/** A program that stands in for a browser: only its start is looked at. */
function program(path: string, script: string): void {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, `#!/bin/sh\n${script}\n`);
  chmodSync(full, 0o755);
}
