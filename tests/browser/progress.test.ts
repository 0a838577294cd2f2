import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityProblems, useBrowser } from './page.ts';

const open = useBrowser();

const solved = async (page: Page) => {
  await page.goto(new URL('../backprop/', page.url()).href);
  const exercise = page.locator('[data-exercise="backprop/why-add"]');
  await exercise.scrollIntoViewIfNeeded();
  return exercise;
};

test('progress is taken along in a file, opened elsewhere, and forgotten by one button that asks first', async () => {
  const { page, problems } = await open('reference/');
  const exercise = await solved(page);
  await exercise.getByText('Answers to choose from').click();
  await exercise.getByRole('radio').first().check();
  await exercise.getByRole('button', { name: 'Check' }).click();
  await exercise.getByText('✓ solved').waitFor();
  await page.goto(new URL('../reference/', page.url()).href);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my progress' }).click();
  const buffer = await readFile(await (await downloading).path());
  await page.getByRole('button', { name: 'Forget everything' }).click();
  expect(await page.evaluate(() => localStorage.getItem('backprop-by-hand/exercises'))).toContain('why-add');
  await page.getByRole('button', { name: 'Yes, forget it all' }).click();
  await page.getByText('All of it is forgotten.').waitFor();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);

  const choose = (name: string, content: Buffer) =>
    page
      .getByLabel('Open a file of progress')
      .setInputFiles({ name, mimeType: 'application/json', buffer: content });
  await choose('notes.json', Buffer.from('{"site": "another"}'));
  await page.getByText('notes.json was not taken over: it is no file of progress of this site.').waitFor();
  await choose('mine.json', buffer);
  await page.getByText('mine.json was taken over').waitFor();
  expect(await accessibilityProblems(page, page.locator('.progress-desk'))).toEqual([]);
  await (await solved(page)).getByText('✓ solved').waitFor();
  expect(problems).toEqual([]);
});
