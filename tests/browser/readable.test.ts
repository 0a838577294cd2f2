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

test('where the system chooses the colours, what cannot be used yet is grey, and a row that is meant has a line', async () => {
  const { page } = await open('backprop/', { forcedColors: true });
  const ink = (name: string) =>
    page
      .getByRole('button', { name, exact: true })
      .first()
      .evaluate((button) => getComputedStyle(button).color);
  expect(await ink('Back')).not.toBe(await ink('To the end'));
  const row = page.getByRole('row').filter({ hasText: '0.580 − 1 = ' });
  await page
    .getByRole('heading', { name: 'Why the first step is a mere difference' })
    .scrollIntoViewIfNeeded();
  expect(await row.evaluate((each) => getComputedStyle(each).outlineStyle)).toBe('solid');
});

test('a number that is opened is told from the others where the system chooses the colours, and all are printed', async () => {
  const { page } = await open('forward/', { forcedColors: true });
  const stepper = page.getByRole('figure').first();
  await stepper.scrollIntoViewIfNeeded();
  for (let step = 1; step <= 6; step++) {
    await stepper.getByRole('button', { name: 'Next step' }).click();
    await stepper.getByText(`Step ${step} of 7`).waitFor();
  }
  const numbers = stepper.getByRole('listitem').getByRole('button', { name: /output of unit \d.*\d\.\d/ });
  await numbers.nth(4).click();
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const outlines = () =>
    numbers.evaluateAll((all) => all.map((each) => getComputedStyle(each).outlineStyle === 'solid'));
  await expect.poll(outlines).toEqual(Array.from({ length: 10 }, (_, n) => n === 4));
  await page.emulateMedia({ media: 'print' });
  expect(await numbers.count()).toBe(10);
});

describe('on paper', () => {
  test('what a chapter asks and shows is there, and what only a screen can do is not', async () => {
    const { page } = await open('layer/');
    await page.emulateMedia({ media: 'print' });
    const shown = (name: string) =>
      page
        .getByRole('button', { name, exact: true, includeHidden: true })
        .evaluateAll((all) => all.map((each) => each.checkVisibility()));
    // Answers to choose from, folded away on the screen, and those that are buttons.
    expect(await page.getByText('Eight', { exact: true }).isVisible()).toBe(true);
    expect(await page.getByText('Answers to choose from').first().isVisible()).toBe(false);
    expect(await shown('checker')).toEqual([true, false]);
    expect(await shown('Reveal')).toEqual([false]);
    expect(await shown('Check')).not.toContain(true);
    // Numbers that can be pressed, and code that is folded.
    const sums = page.getByRole('table', { name: 'z, 2 by 1' }).getByRole('button');
    expect(await sums.evaluateAll((all) => all.map((each) => each.checkVisibility()))).toEqual([true, true]);
    const code = page.getByText('show({ z, a })');
    expect(await code.evaluate((each) => each.checkVisibility({ contentVisibilityAuto: true }))).toBe(true);
    expect(await page.getByText('Draw the digit yourself').first().isVisible()).toBe(false);
  });

  test.each(['forward/', 'backprop/', 'backprop/trust/'])(
    'nothing of /%s is cut off by the edge of a sheet, or runs into what is beside it',
    async (path) => {
      const { page } = await open(path, { width: 718 });
      await page.emulateMedia({ media: 'print' });
      const cut = await page.locator('main :is(text, td, th, p, button, select, code)').evaluateAll((all) =>
        all
          .filter((each) => each.checkVisibility() && !each.closest('.visually-hidden, .katex-mathml'))
          .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
          .map((each) => each.textContent),
      );
      expect(cut).toEqual([]);
      const crowded = await page
        .locator('.batch-members li')
        .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length);
      expect(crowded).toBe(0);
    },
  );

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

test('on a phone a number stays beside its unit, and a name that is cut says so', async () => {
  const { page } = await open('regularization/inside/', { width: 360 });
  const field = page.getByLabel('Left of the weight');
  const [number, unit] = await field.evaluate((input) =>
    [input, input.nextElementSibling!].map((each) => each.getBoundingClientRect().bottom),
  );
  expect(unit).toBeLessThan(number! + 1);
  const chosen = page.getByRole('combobox', { name: /^Network/ }).first();
  expect(await chosen.evaluate((select) => getComputedStyle(select).textOverflow)).toBe('ellipsis');
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
