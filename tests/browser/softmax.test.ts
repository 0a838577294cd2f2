import { describe, expect, test } from 'vitest';
import { exponential } from '../../src/lib/nn/elementary.ts';
import { lossAt } from '../../src/explain/loss-curve.ts';
import { createSoftmaxExplorer } from '../../src/components/stepper/softmax-explorer.ts';
import { usePage } from './page.ts';

const opened = usePage('forward/');

describe('softmax', () => {
  async function openExplorer() {
    const { page } = await opened();
    const figure = page.getByRole('figure', { name: 'Softmax of ten scores' });
    await figure.scrollIntoViewIfNeeded();
    await page.waitForLoadState('networkidle');
    await figure.getByRole('button', { name: 'Reset' }).click();
    const rows = figure.getByRole('row');
    const shown = async () => {
      const texts = await rows.locator('td:last-child').allTextContents();
      return texts.map((text) => text.trim());
    };
    const scores = async () => {
      const texts = await rows.locator('td:first-of-type').allTextContents();
      return texts.map((text) => Number(text.trim().replace('−', '-')));
    };
    return { page, figure, shown, scores };
  }
  /** To a tenth of a percent; what is not nothing is not 0, what is not all is not 100. */
  const percents = (values: ArrayLike<number>) =>
    Array.from(values, (p) => {
      const text = (p * 100).toFixed(1);
      if (text === '0.0' && p > 0) return '<\u00a00.1\u00a0%';
      return text === '100.0' && p < 1 ? '>\u00a099.9\u00a0%' : `${text}\u00a0%`;
    });

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
});

test('all bars of softmax begin on one line, and are as long as their probabilities say, on a phone too', async () => {
  const { page } = await opened();
  const figure = page.getByRole('figure', { name: 'Softmax of ten scores' });
  await figure.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  await figure.getByRole('slider', { name: 'Score of 3' }).fill('14');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const bars = await figure.getByRole('row').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const [track, said] = row.querySelector('td:last-child')?.children ?? [];
        if (!track || !said) return [];
        const [whole, filled] = [track, track.firstElementChild!].map((each) => each.getBoundingClientRect());
        return [
          {
            zero: whole!.left,
            begin: filled!.left,
            share: filled!.width / whole!.width,
            said: said.textContent,
          },
        ];
      }),
    );
    expect(bars).toHaveLength(10);
    for (const { zero, begin, share, said } of bars) {
      expect(zero, `${width} px: ${said}`).toBeCloseTo(bars[0]!.zero, 1);
      expect(begin).toBeCloseTo(zero, 1);
      if (!/[<>]/.test(said)) expect(100 * share).toBeCloseTo(Number.parseFloat(said), 0);
    }
    expect(Math.max(...bars.map(({ share }) => share))).toBeGreaterThan(0.2);
  }
});

test('the loss is read off its curve at any probability', async () => {
  const { page } = await opened();
  const slider = page.getByRole('slider', { name: 'Probability of the true label' });
  await slider.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  for (const [p, sentence] of [
    ['1', 'At p = 1 the loss is −ln 1 = 0.'],
    ['0.5', 'At p = 0.5 the loss is −ln 0.5 = 0.693.'],
    ['0.001', 'At p = 0.001 the loss is −ln 0.001 = 6.908.'],
  ]) {
    await slider.fill(p!);
    await page.getByText(sentence!).waitFor();
  }
  expect(lossAt(exponential(-3))).toBeCloseTo(3, 12);
});

test('an exercise explains a wrong answer, accepts the right one, and remembers it', async () => {
  const { page } = await opened();
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
