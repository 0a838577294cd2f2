import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type RecallName, recallNames } from '../../src/explain/recall.ts';
import { workedOut } from '../recall-answers.ts';
import { accessibilityProblems, useBrowser } from './page.ts';

const open = useBrowser();

async function unfold(page: Page) {
  await page.getByText('Two questions from before').press('Enter');
  const again = page.getByRole('complementary', { name: 'Asked again' });
  await again.getByRole('textbox').nth(1).waitFor();
  return again;
}

/** What a question is: its text begins as one of ours does, with other numbers. */
function nameOf(text: string): RecallName {
  const beginnings: Readonly<Partial<Record<RecallName, RegExp>>> = {
    shares: /^Softmax/,
    relu: /^The sum of a hidden/,
    sum: /^A unit has/,
    'output-blame': /^A digit is labelled/,
    'weight-gradient': /^A weight leads/,
    'hidden-blame': /^A hidden unit feeds/,
    mean: /^The gradients of one weight/,
  };
  return recallNames.find((name) => beginnings[name]?.test(text))!;
}

test('a chapter asks two questions of earlier ones with new numbers; what was missed comes first in the next', async () => {
  const { page, problems } = await open('backprop/', { width: 360, colorScheme: 'dark' });
  const again = await unfold(page);
  const texts = await again.locator('label').allTextContents();
  expect(texts).toHaveLength(2);
  const [first, second] = [again.getByRole('textbox').nth(0), again.getByRole('textbox').nth(1)];
  await first.fill('7777');
  await first.press('Enter');
  await again.getByText('Not yet.').waitFor();
  await second.fill(String(workedOut(nameOf(texts[1]), texts[1])));
  await second.press('Enter');
  await again.getByText(/^Right, /).waitFor();
  expect(await accessibilityProblems(page, again)).toEqual([]);

  await page.goto(new URL('../training/', page.url()).href);
  const next = await (await unfold(page)).locator('label').allTextContents();
  expect(nameOf(next[0])).toBe(nameOf(texts[0]));
  expect(next.map(nameOf)).not.toContain(nameOf(texts[1]));
  expect(problems).toEqual([]);
});
