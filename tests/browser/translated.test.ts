import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { describeStep } from '../../src/explain/pass-sentences.ts';
import { type PadPoint, drawOnPad, holdBack, useBrowser } from './page.ts';
import { traceOf } from './sample.ts';

const open = useBrowser();
const PATIENCE = { timeout: 120_000 };

/**
 * What a page translator does: every text node makes room for a `<font>` within a `<font>`. The letters stay as they
 * are, so that what a reader reads can be compared with what the page would say. Sentences in pieces come together in
 * the first of them, as translators do it.
 */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      const isLeft = parent.closest('script, style, noscript, font, [translate=no], .notranslate');
      if ((node as Text).data.trim() && !isLeft) texts.push(node as Text);
    }
    for (const text of texts) {
      if (!text.isConnected) continue;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.textContent = text.data;
      outer.append(inner);
      for (let next = text.nextSibling; next instanceof Text; next = text.nextSibling) {
        inner.textContent += next.data;
        next.remove();
      }
      text.replaceWith(outer);
    }
  });
}

/** No text stands twice or is missing: what the page shows after a translation is what it shows without one. */
const textOf = (page: Page, label: string) =>
  page
    .getByLabel(label, { exact: true })
    .first()
    .evaluate((element) => element.textContent);

const LEVEL: PadPoint[] = [
  [60, 200],
  [360, 200],
];

describe('on a page that the browser has translated', () => {
  test('the pad says what is read, again and again, and its other texts come and go', async () => {
    const { page, problems } = await open('draw/');
    const { page: plain } = await open('draw/');
    const figure = 'Drawing pad, its preparation and what a network reads';
    for (const each of [page, plain]) await each.getByText('Draw a digit: the pad is empty.').waitFor();
    await translate(page);
    for (const each of [page, plain]) {
      await drawOnPad(each, [LEVEL]);
      await each.getByText(/^Prediction: \d|^I can’t tell:/).waitFor();
    }
    expect(await textOf(page, figure)).toBe(await textOf(plain, figure));
    await translate(page);
    await page.getByRole('button', { name: 'Sample digit 4' }).click();
    await page.getByText('a test image with the label 4').waitFor();
    await translate(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('a test image with the label 4').waitFor({ state: 'detached' });
    expect(await textOf(page, figure)).toBe(await textOf(plain, figure));
    await translate(page);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await page.getByRole('status').first().textContent()).toBe('Draw a digit: the pad is empty.');
    expect(problems).toEqual([]);
  });

  test('a stepper that was translated before it came alive, and at each step, has each sentence right', async () => {
    const { page, problems } = await open('forward/#digit=7&network=original&step=0');
    await translate(page);
    const stepper = page.getByRole('figure', { name: 'Forward pass, step by step' });
    await stepper.scrollIntoViewIfNeeded();
    await stepper.getByText(/^Its label is/).waitFor();
    const pass = await traceOf('original', 7);
    for (const step of pass.steps.filter(({ direction }) => direction === 'forward')) {
      await translate(page);
      await stepper.getByRole('button', { name: 'Next step' }).click();
      await expect.poll(() => stepper.getByRole('status').textContent()).toContain(describeStep(pass, step));
    }
    await translate(page);
    await stepper
      .getByRole('slider', { name: /^The weighted sums, before the activation of layer 1/ })
      .focus();
    await page.keyboard.press('ArrowRight');
    await stepper.getByText(/^The sum of unit 17 in layer 1/).waitFor();
    await page.keyboard.press('ArrowRight');
    await stepper.getByText(/^The sum of unit 18 in layer 1/).waitFor();
    expect(await stepper.getByText(/^The sum of unit 17 in layer 1/).count()).toBe(0);
    expect(problems).toEqual([]);
  }, 120_000);

  test('a run goes on being told, and its buttons and table change', async () => {
    const { page, problems } = await open('lab/#v=1&layers=784,8,10&epochs=3&examples=2000');
    const lab = page.getByRole('region', { name: 'Lab' });
    await expect
      .poll(() => lab.getByLabel('Layers', { exact: true }).inputValue(), PATIENCE)
      .toBe('784,8,10');
    await translate(page);
    await lab.getByRole('button', { name: 'Step 1 epoch' }).click();
    await lab.getByText(/^After epoch 1: loss/).waitFor(PATIENCE);
    await lab.getByText('Epoch 1 of 3', { exact: true }).waitFor(PATIENCE);
    await translate(page);
    await lab.getByRole('button', { name: 'Run', exact: true }).click();
    await lab.getByText(/^All epochs are done\. After epoch 3/).waitFor(PATIENCE);
    await lab.getByText('Epoch 3 of 3', { exact: true }).waitFor();
    await lab.getByRole('button', { name: '10 more epochs' }).waitFor();
    await lab.getByRole('row', { name: /784-8-10 .*\s%/ }).waitFor(PATIENCE);
    await translate(page);
    await lab.getByLabel('Learning rate', { exact: true }).fill('fast');
    await lab.getByRole('button', { name: 'Begin with this set-up' }).click();
    await lab.getByText(/^Learning rate must be a number/).waitFor();
    expect(problems).toEqual([]);
  }, 240_000);

  test('an exercise answers, and answers otherwise', async () => {
    const { page, problems } = await open('data/');
    const form = page
      .locator('form')
      .filter({ has: page.getByRole('button', { name: 'Check' }) })
      .filter({ has: page.getByRole('textbox') })
      .first();
    await form.scrollIntoViewIfNeeded();
    await translate(page);
    await expect.poll(() => form.getByRole('textbox').isEnabled(), PATIENCE).toBe(true);
    await translate(page);
    await form.getByRole('textbox').fill('many');
    await form.getByRole('button', { name: 'Check' }).click();
    await page.getByText('That is not a number: type digits only.').waitFor();
    await translate(page);
    await form.getByRole('textbox').fill('-123456');
    await form.getByRole('button', { name: 'Check' }).click();
    await page.getByText('That is not a number: type digits only.').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  test('a press on translated words before the exercise is alive counts once it is', async () => {
    const { page } = await open('data/');
    const letGo = await holdBack(page, '**/NumericExerciseIsland*.js');
    await page.reload();
    await translate(page);
    const exercise = page.getByRole('article', { name: 'Exercise' }).first();
    await exercise.getByRole('textbox').fill('many');
    await exercise.getByRole('button', { name: 'Check' }).click();
    letGo();
    await page.getByText('That is not a number: type digits only.').waitFor();
  });

  test('who has the translation taken away again has the page’s own words, each once', async () => {
    const { page } = await open('');
    await page.getByText('Draw a digit: the pad is empty.').waitFor();
    const before = await page.evaluate(() => document.querySelector('main')!.textContent);
    await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if ((node as Text).data.trim() && !node.parentElement!.closest('script, style, .notranslate'))
          texts.push(node as Text);
      const pairs = texts.map((text) => {
        const font = document.createElement('font');
        font.textContent = 'autre';
        text.replaceWith(font);
        return [font, text] as const;
      });
      (window as unknown as { undo: () => void }).undo = () => {
        for (const [font, text] of pairs) font.replaceWith(text);
      };
    });
    expect(await page.evaluate(() => document.querySelector('main')!.textContent)).toContain('autre');
    await page.evaluate(() => (window as unknown as { undo: () => void }).undo());
    expect(await page.evaluate(() => document.querySelector('main')!.textContent)).toBe(before);
  });
});
