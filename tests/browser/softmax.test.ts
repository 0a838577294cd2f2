import { describe, expect, test } from 'vitest';
import { exponential } from '../../src/lib/nn/elementary.ts';
import { lossAt } from '../../src/state/loss-curve.ts';
import { formatNumber } from '../../src/state/pass-sentences.ts';
import { createSoftmaxExplorer } from '../../src/state/softmax-explorer.ts';
import { accessibilityProblems, useBrowser } from './page.ts';

const open = useBrowser();

describe('softmax', () => {
  async function openExplorer(options = {}) {
    const { page } = await open('forward/', options);
    const figure = page.getByRole('figure', { name: 'Softmax of ten scores' });
    await figure.scrollIntoViewIfNeeded();
    await page.waitForLoadState('networkidle');
    const rows = figure.getByRole('row');
    const shown = async () => {
      const texts = await rows.locator('td:last-child').allTextContents();
      return texts.map((text) => text.trim());
    };
    const scores = async () => {
      const sliders = await figure.getByRole('slider', { name: /^Score of/ }).all();
      return Promise.all(sliders.map(async (slider) => Number(await slider.inputValue())));
    };
    return { page, figure, shown, scores };
  }
  const percents = (values: ArrayLike<number>) => Array.from(values, (p) => `${(p * 100).toFixed(1)} %`);

  test('a score moved by keyboard gives the library’s probabilities', async () => {
    const { page, figure, shown, scores } = await openExplorer();
    await figure.getByRole('slider', { name: 'Score of 7' }).focus();
    for (let n = 0; n < 5; n++) await page.keyboard.press('PageUp');
    const explorer = createSoftmaxExplorer(await scores());
    expect(await shown()).toEqual(percents(explorer.probabilities.value));
    expect(explorer.probabilities.value[7]).toBeGreaterThan(0.1);
  });

  test('a constant added to all changes no probability, and makes the first attempt overflow', async () => {
    const { figure, shown } = await openExplorer();
    const before = await shown();
    await figure.getByRole('slider', { name: /^Add/ }).fill('200');
    expect(await shown()).toEqual(before);
    expect(await figure.getByRole('status').textContent()).toContain('an exponential is infinite');
    await figure.getByText('not a number').first().waitFor();
    await figure.getByRole('button', { name: 'Reset' }).click();
    expect(await figure.getByRole('status').textContent()).toContain('the same so far');
  });

  test('the temperature evens the probabilities out', async () => {
    const { figure, shown, scores } = await openExplorer();
    await figure.getByRole('slider', { name: /^Temperature/ }).fill('10');
    const explorer = createSoftmaxExplorer(await scores());
    explorer.temperature.value = 10;
    expect(await shown()).toEqual(percents(explorer.probabilities.value));
  });

  test('the chapter is accessible when all of it is alive, also on a phone', async () => {
    for (const width of [1280, 360]) {
      const { page } = await openExplorer({ width });
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});

test('the loss is read off its curve at any probability', async () => {
  const { page } = await open('forward/');
  const slider = page.getByRole('slider', { name: 'Probability of the true label' });
  await slider.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  for (const p of [1, 0.5, 0.001]) {
    await slider.fill(String(p));
    await page
      .getByText(`At p = ${formatNumber(p)} the loss is −ln ${formatNumber(p)} = ${formatNumber(lossAt(p))}.`)
      .waitFor();
  }
  expect(lossAt(exponential(-3))).toBeCloseTo(3, 12);
});

test('an exercise explains a wrong answer, accepts the right one, and remembers it', async () => {
  const { page } = await open('forward/');
  const field = page.getByRole('textbox', { name: 'Loss' });
  await field.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  await field.fill('1');
  await field.press('Enter');
  await page.getByText('That is the logarithm to the base 10').waitFor();
  await field.fill('2.303');
  await field.press('Enter');
  await page.getByText('Remember the number').waitFor();
  await page.reload();
  await page.getByRole('textbox', { name: 'Loss' }).scrollIntoViewIfNeeded();
  await expect.poll(() => page.getByRole('textbox', { name: 'Loss' }).inputValue()).toBe('2.303');
});
