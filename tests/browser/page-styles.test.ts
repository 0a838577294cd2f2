import { expect, test } from 'vitest';
import { useBrowser } from './page.ts';

const open = useBrowser();

test.each([
  ['', ['bars'], ['race-table', 'stepper-body', 'katex']],
  ['training/', ['race-table', 'katex'], ['stepper-body', 'digit-grid']],
  ['lab/', ['runs-table'], ['stepper-body', 'katex']],
])('/%s brings the styles of what it shows, %j, and not of others, %j', async (path, own, others) => {
  const { page } = await open(path);
  const selectors = await page.evaluate(() =>
    [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .map((rule) => (rule as CSSStyleRule).selectorText ?? '')
      .join(' '),
  );
  const brought = new Set([...selectors.matchAll(/\.([\w-]+)/g)].map(([, name]) => name));
  expect(own.filter((name) => !brought.has(name))).toEqual([]);
  expect(others.filter((name) => brought.has(name))).toEqual([]);
});
