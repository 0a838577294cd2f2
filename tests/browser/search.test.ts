import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import glossary from '../../content/glossary.json' with { type: 'json' };
import { accessibilityProblems, holdBack, useBrowser } from './page.ts';

const open = useBrowser();

/** Now and then the browser has it from another page: what is to be held back is so before the page is opened. */
const PANEL = '**/search-panel*';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const hits = (page: Page) => dialog(page).getByRole('listitem').getByRole('link');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

async function searchFor(page: Page, words: string): Promise<void> {
  await dialog(page).getByRole('textbox').fill(words);
  await dialog(page)
    .getByRole('status')
    .getByText(/\d results?$/)
    .waitFor();
}

/** What has been fetched for the search so far. */
const fetched = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => /pagefind|search/.test(name)),
  );

describe('the search', () => {
  test('on the keyboard alone: Ctrl+K opens it, arrows and Enter lead to the part of the chapter, Escape back', async () => {
    const { page, problems } = await open('layer/');
    await page.waitForLoadState('networkidle');
    expect(await fetched(page)).toEqual([]);
    const opener = page.getByRole('button', { name: 'Search' });
    await opener.focus();
    await page.keyboard.press('Control+k');
    expect(await dialog(page).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await dialog(page).isVisible()).toBe(false);
    expect((await focused(page)).trim()).toBe('Search');

    // No single key opens it: that may be pressed by chance.
    await page.keyboard.press('/');
    expect(await dialog(page).isVisible()).toBe(false);

    await page.keyboard.press('Control+k');
    await page.keyboard.type('softmax');
    await dialog(page)
      .getByRole('status')
      .getByText(/\d results$/)
      .waitFor();
    expect((await fetched(page)).length).toBeGreaterThan(0);
    await page.keyboard.press('ArrowDown');
    const first = await focused(page);
    expect(first).toContain('From pixels to ten probabilities');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/forward/#softmax');
    const heading = page.getByRole('heading', { name: 'Softmax', exact: true });
    await expect.poll(async () => (await heading.boundingBox())!.y).toBeLessThan(40);
    expect(problems).toEqual([]);
  });

  test('finds a word of the glossary, a letter, code, a source; nothing of formulas’ second markup; accessible', async () => {
    const { page, problems } = await open('');
    await page.getByRole('button', { name: 'Search' }).click();
    const { id, text } = glossary.find(({ word }) => word === 'outer product')!;
    for (const [words, href, excerpt] of [
      ['outer product', `reference/#${id}`, text.slice(0, 30)],
      ['penaltySlope', 'reference/#letters', 'penaltySlope'],
      ['net.backward', 'backprop/#the-same-moves-26506-numbers', 'net.backward()'],
      ['activationBackward', 'backprop/#the-same-moves-26506-numbers', 'activationBackward'],
      ['McNemar', 'reference/#mcnemar-1947', 'Q. McNemar'],
    ] as const) {
      await dialog(page).getByRole('textbox').fill(words);
      const found = hits(page).filter({ hasText: excerpt });
      const addresses = () => found.evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
      await expect.poll(addresses, { message: words }).toContainEqual(expect.stringContaining(`/${href}`));
    }
    expect(await accessibilityProblems(page, dialog(page))).toEqual([]);
    for (const words of ['htmlData', 'qqqq']) {
      await dialog(page).getByRole('textbox').fill(words);
      await dialog(page).getByText(`Nothing was found for “${words}”.`).waitFor();
    }
    // Enter goes to the first of what is found; here it stays on the page, and the dialog is gone.
    await page.goto(new URL('reference/', page.url()).href);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('one-hot');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/reference/#one-hot');
    expect(await dialog(page).isVisible()).toBe(false);
    expect(problems).toEqual([]);
  });

  test('words sent before the search has come from the site lead to the first of what is found, too', async () => {
    const { page } = await open('teachers/');
    const letGo = await holdBack(page, PANEL);
    await page.goto(new URL('../reference/', page.url()).href);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('one-hot');
    const sent = page
      .waitForRequest((request) => request.isNavigationRequest(), { timeout: 1000 })
      .catch(() => undefined);
    await page.keyboard.press('Enter');
    expect((await sent)?.url(), 'nothing is sent to the server').toBeUndefined();
    letGo();
    await page.waitForURL('**/reference/#one-hot');
    expect(await dialog(page).isVisible()).toBe(false);
  });

  test('at 360 px, dark: in the first row of the head, which has two as before; accessible, and on the screen', async () => {
    const { page } = await open('layer/', { colorScheme: 'dark', width: 360, height: 740 });
    const parts = page.getByRole('banner').locator(':scope > *');
    const tops = await parts.evaluateAll((all) =>
      all.filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect().top),
    );
    expect(new Set(tops.map((top) => Math.round(top / 30))).size).toBe(2);
    await page.getByRole('button', { name: 'Search' }).click();
    await searchFor(page, 'gradient');
    expect(await accessibilityProblems(page, dialog(page))).toEqual([]);
    const box = (await dialog(page).boundingBox())!;
    expect(box.x).toBeGreaterThan(0);
    expect(box.x + box.width).toBeLessThan(360);
    expect(box.y + box.height).toBeLessThanOrEqual(740);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('says that its index could not be loaded, whichever file of it, and finds all when asked again', async () => {
    const { page } = await open('reference/');
    const alarm = dialog(page).getByText(
      'The index of the search could not be loaded, so nothing was searched.',
    );
    for (const file of ['pagefind.js*', 'fragment/*']) {
      await page.route(`**/pagefind/${file}`, (route) => route.abort());
      await page.reload();
      await page.keyboard.press('Control+k');
      await dialog(page).getByRole('textbox').fill('dropout');
      await alarm.waitFor();
      await page.unroute(`**/pagefind/${file}`);
      await dialog(page).getByRole('button', { name: 'Try again' }).click();
      await dialog(page)
        .getByText(/\d results$/)
        .waitFor();
      expect(await alarm.isVisible(), file).toBe(false);
    }
  });

  test('says that it could not be fetched itself, and what can be done', async () => {
    const { page } = await open('teachers/');
    await page.route(PANEL, (route) => route.abort());
    await page.goto(new URL('../reference/', page.url()).href);
    await page.keyboard.press('Control+k');
    await dialog(page)
      .getByRole('status')
      .getByText('The search could not be fetched: is the connection there? Reload the page to try again.')
      .waitFor();
    await page.unroute(PANEL);
    await page.reload();
    await page.keyboard.press('Control+k');
    await searchFor(page, 'dropout');
  });

  test('is not offered without JavaScript: the list of words is, on every page', async () => {
    const { page } = await open('data/', { javaScript: false });
    expect(await page.getByRole('button', { name: 'Search' }).count()).toBe(0);
    await page.getByRole('contentinfo').getByRole('link', { name: 'words, letters, sources' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Words, letters, sources');
  });
});

test('the note of a word leads to its place among all words', async () => {
  const { page } = await open('data/');
  await page.getByRole('button', { name: /^one-hot/ }).click();
  await page.getByRole('link', { name: 'All words' }).filter({ visible: true }).click();
  await page.waitForURL('**/reference/#one-hot');
  expect(
    await page.getByRole('listitem').filter({ hasText: 'one-hot' }).getByRole('link').first().textContent(),
  ).toBe('Sixty thousand digits');
});
