import { describe, expect, test } from 'vitest';
import { useBrowser, wake } from './page.ts';

const open = useBrowser();

test('where the system chooses the colours, light and dark, bars, keys and what is pressed stand out', async () => {
  const { page } = await open('data/', { forcedColors: true });
  await wake(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const grounds = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map((each) => getComputedStyle(each).backgroundColor));
    const [canvas] = await grounds('html');
    for (const selector of [
      '.portrait-bar',
      '.split-bar > :first-child',
      '.split-key.split-1',
      '.one-hot .hot',
    ]) {
      const found = await grounds(selector);
      expect(found.length, selector).toBeGreaterThan(0);
      expect(found, selector).not.toContain(canvas);
    }
    const [pressed] = await grounds('main button[aria-pressed="true"]');
    const [plain] = await grounds('main button[aria-pressed="false"]');
    expect(pressed).not.toBe(plain);
    // Under the pointer, too.
    const first = page.locator('main button[aria-pressed="true"]').first();
    await first.hover();
    expect(await first.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(pressed);
  }
});

describe('on paper', () => {
  test('what was not looked at says so, and bars keep their ground', async () => {
    const { page } = await open('data/', { height: 600 });
    await page.emulateMedia({ media: 'print' });
    const notes = await page.locator('figure astro-island').evaluateAll((islands) =>
      islands.map((island) => ({
        asleep: island.hasAttribute('ssr'),
        note: getComputedStyle(island, '::after').content,
      })),
    );
    expect(notes.some(({ asleep }) => asleep)).toBe(true);
    for (const { asleep, note } of notes) expect(note.includes('had not been looked at')).toBe(asleep);
    const bars = page.locator('.portrait-bar');
    expect(await bars.first().evaluate((bar) => getComputedStyle(bar).printColorAdjust)).toBe('exact');
  });

  test('a picture of a dark page is drawn in ink on paper, and in light on dark again afterwards', async () => {
    const { page } = await open('data/', { colorScheme: 'dark' });
    const picture = page.getByRole('slider', { name: /in 28 × 28 pixels/ });
    /** Of the corner, which is paper: red, from 0 to 255. */
    const corner = () =>
      picture.evaluate(
        (canvas: HTMLCanvasElement) => canvas.getContext('2d')!.getImageData(0, 0, 1, 1).data[0]!,
      );
    await expect.poll(corner).toBeLessThan(60);
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[role=slider][aria-label*="28 × 28"]')!;
      addEventListener('beforeprint', () =>
        queueMicrotask(() =>
          queueMicrotask(() => {
            document.title = String(canvas.getContext('2d')!.getImageData(0, 0, 1, 1).data[0]);
          }),
        ),
      );
    });
    await page.pdf();
    expect(Number(await page.title())).toBeGreaterThan(200);
    await expect.poll(corner).toBeLessThan(60);
  });
});

test('on a phone the chain graph begins where backward begins, and its box is scrolled by keyboard', async () => {
  const { page } = await open('backprop/', { width: 360 });
  await wake(page);
  const box = page.getByRole('region', { name: 'The computation' });
  const sees = (text: string) =>
    box.evaluate((element, wanted) => {
      const frame = element.getBoundingClientRect();
      const label = [...element.querySelectorAll('text')].find((each) => each.textContent === wanted)!;
      const { left, right } = label.getBoundingClientRect();
      return left >= frame.left && right <= frame.right;
    }, text);
  expect([await sees('L'), await sees('x₁')]).toEqual([true, false]);
  await box.focus();
  for (let n = 0; n < 12; n++) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => sees('x₁')).toBe(true);
});
