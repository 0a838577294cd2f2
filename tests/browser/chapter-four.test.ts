import { describe, expect, inject, test } from 'vitest';
import { useBrowser } from './page.ts';

const open = useBrowser();

const LEAST_BLAME = 0.2;

describe('chapter 4', () => {
  test('the digit that the stepper begins with leaves blame to be seen: the largest |δ| of the outputs is above 0.2', async () => {
    const { page } = await open('backprop/');
    const stepper = page.getByRole('figure', { name: 'Backward pass, step by step' });
    await stepper.scrollIntoViewIfNeeded();
    await stepper.getByText('Digit and network are on their way…').waitFor({ state: 'detached' });
    await stepper.getByRole('button', { name: 'Next step' }).click();
    const news = stepper.getByRole('region', { name: 'What is new' });
    const texts = await news.getByRole('list').getByRole('button').allTextContents();
    // Each says its place and its value.
    const deltas = texts.map((text) => Number(text.trim().split(/\s+/).at(-1)!.replaceAll('−', '-')));
    expect(deltas).toHaveLength(10);
    expect(Math.max(...deltas.map(Math.abs))).toBeGreaterThan(LEAST_BLAME);
  });

  test('links to parts that stood here lead to where they stand now', async () => {
    const { page } = await open('backprop/');
    const home = inject('siteUrl');
    const moved: Record<string, string> = JSON.parse(
      (await page.locator('[data-moved]').getAttribute('data-moved'))!,
    );
    expect(Object.keys(moved).length).toBeGreaterThan(10);
    for (const to of new Set(Object.values(moved))) {
      const [path, id] = to.split('#');
      const html = await (await page.request.get(new URL(path!, home).href)).text();
      expect(html, to).toContain(` id="${id}"`);
    }
    // Followed as old links are: from elsewhere, and within the page; to another part of it, and to another page.
    for (const part of ['by-hand', 'all-the-paths']) {
      await page.goto('about:blank');
      await page.goto(new URL(`backprop/#${part}`, home).href);
      await page.waitForURL(new URL(moved[part]!, home).href);
    }
    await page.goto(new URL('backprop/', home).href);
    await page.evaluate(() => {
      location.hash = 'one-step-again-and-again';
    });
    await page.waitForURL(new URL(moved['one-step-again-and-again']!, home).href);
  });
});
