import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { budgets } from '../../scripts/site/budgets.ts';
import { FORMULA_CHARACTERS } from '../../scripts/site/build-fonts.ts';
import { chapterPages, PATHS, tagsOf } from './chapters.ts';
import { controlContrasts } from './contrast.ts';
import { accessibilityProblems, usePage, wake } from './page.ts';
import { deadLetters, hoverShifts, struckLabels } from './pointed.ts';
import { readThrough } from './reading.ts';

/** What WCAG 2.2 asks of text, at level AA. */
const LEAST_CONTRAST = 4.5;

describe.each(chapterPages)('/$path', (chapter) => {
  const { path, order } = chapter;
  const opened = usePage(path, { height: 800, reducedMotion: true });

  test('read to its end: nothing moves when figures come alive, the contents are never cut through, and little is loaded', async () => {
    const { page } = await opened();
    const { first, whole, shift, cuts } = await readThrough(page);
    console.info(
      `/${path}: ${first.script} bytes of script, ${first.data} of data and ${first.fonts} of fonts at first, ${whole.script} and ${whole.data} read to its end`,
    );
    expect(shift).toBeLessThan(budgets.shift);
    expect(cuts).toEqual([]);
    expect(first.script).toBeGreaterThan(0);
    expect(first.script).toBeLessThanOrEqual(
      path === 'lab/' || path === 'notebook/' ? budgets.first.workshopScript : budgets.first.script,
    );
    expect(first.fonts).toBeGreaterThan(0);
    expect(first.fonts).toBeLessThanOrEqual(budgets.first.fonts);
    expect(first.data).toBeLessThanOrEqual(budgets.first.data);
    expect(whole.script).toBeLessThanOrEqual(budgets.whole.script);
    expect(whole.data).toBeLessThanOrEqual(budgets.whole[path === 'draw/' ? 'padData' : 'data']);
    await wake(page);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (order === 4 || order === 6 || path === 'evaluation/')
      expect(height).toBeLessThanOrEqual(budgets.height.chapter);
    if (path === 'layer/') expect(height).toBeLessThanOrEqual(budgets.height.withCells);
  });

  test('the fonts of formulas have every character that a formula has', async () => {
    const { page } = await opened();
    await wake(page);
    const lacking = (await formulaCharacters(page)).filter(([font, character]) => {
      const had = FORMULA_CHARACTERS.get(font);
      return had && !had.includes(character);
    });
    expect(lacking).toEqual([]);
  });

  // In the dark on a phone: every-page-on-a-phone.test.ts.
  test('all of it alive, in the light: accessible, within its width', async () => {
    const { page } = await opened();
    await wake(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  });

  test('light and dark: the text of every control can be read at rest, under the pointer and in focus', async () => {
    const { page } = await opened();
    await wake(page);
    const measured = await controlContrasts(page);
    expect(measured.length).toBeGreaterThan(60);
    expect(measured.filter(({ ratio }) => ratio < LEAST_CONTRAST)).toEqual([]);
  });

  const still =
    'no line strikes a label out, every letter can be pointed at, and nothing jumps while the pointer moves over the pictures';
  test(still, { tags: tagsOf(chapter) }, async () => {
    const { page } = await opened();
    await wake(page);
    expect(await struckLabels(page)).toEqual([]);
    expect(await deadLetters(page)).toEqual([]);
    expect(await hoverShifts(page)).toEqual([]);
  });

  test('nothing of all this was an error', async () => {
    const { page, problems } = await opened();
    await wake(page);
    expect(problems).toEqual([]);
  });
});

/** Each character of the page's formulas, with the file of the font that is to have it. */
function formulaCharacters(page: Page): Promise<[font: string, character: string][]> {
  return page.evaluate(() => {
    const found = new Map<string, [string, string]>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (!parent?.closest('.katex-html')) continue;
      const { fontFamily, fontStyle, fontWeight } = getComputedStyle(parent);
      const cut =
        `${Number(fontWeight) > 400 ? 'Bold' : ''}${fontStyle === 'italic' ? 'Italic' : ''}` || 'Regular';
      const font = `${fontFamily.split(',')[0]!.replaceAll('"', '')}-${cut}`;
      for (const character of text.textContent ?? '') found.set(font + character, [font, character]);
    }
    return [...found.values()];
  });
}

test.each(PATHS)(
  '/%s is there to read with JavaScript off, and all its styles are one file',
  async (path) => {
    const html = await (await fetch(new URL(path, inject('siteUrl')))).text();
    expect(html.match(/rel="stylesheet"/g)).toHaveLength(1);
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    expect(main).toMatch(/<h1[^>]*>\s*\S/);
    const text = main.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text.length).toBeGreaterThan(300);
    expect(main).not.toContain('katex-error');
    // A percent sign is never on another line than its number.
    expect(main.replace(/<(script|style|pre)[\s\S]*?<\/\1>|<[^>]*>/g, '')).not.toMatch(/\d %/);
  },
);
