import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { describeStep, formatNumber } from '../../src/state/pass-sentences.ts';
import { useBrowser } from './page.ts';
import { PUBLIC, traceOf } from './sample.ts';

const open = useBrowser();

async function openStepper(hash: string, options = {}): Promise<{ page: Page; stepper: Locator }> {
  const { page } = await open(`forward/${hash}`, options);
  const stepper = page.getByRole('figure', { name: 'Forward pass, step by step' });
  await stepper.scrollIntoViewIfNeeded();
  await stepper.getByText(/^A test image, labelled/).waitFor();
  return { page, stepper };
}

describe('the forward stepper', () => {
  for (const [name, digit] of [
    ['original', 0],
    ['original', 57],
    ['shipped', 120],
  ] as const) {
    test(`${name}, digit ${digit}: every step’s sentence is that of the library’s trace`, async () => {
      const { stepper } = await openStepper(`#digit=${digit}&network=${name}&step=0`);
      const pass = await traceOf(name, digit);
      const steps = pass.steps.filter(({ direction }) => direction === 'forward');
      for (const step of steps) {
        await stepper.getByRole('button', { name: 'Next step' }).click();
        expect(await stepper.getByRole('status').textContent()).toBe(describeStep(pass, step));
      }
      expect(await stepper.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true);
      expect(await stepper.getByText(/^loss /).textContent()).toBe(
        `loss ${formatNumber(pass.values('loss', 3)[0]!)}`,
      );
    });
  }

  test('a unit opens, by keyboard, to its products, and they come to its sum', async () => {
    const { page, stepper } = await openStepper('#digit=3&network=original&step=1');
    const pass = await traceOf('original', 3);
    await stepper.getByRole('slider', { name: /^Weighted sums of layer 1/ }).focus();
    await page.keyboard.press('ArrowRight');
    const unit = 17;
    const sum = pass.value({ quantity: 'preActivation', layer: 1, row: unit, column: 0 });
    await stepper.getByText(`The sum of unit ${unit} in layer 1`).waitFor();
    expect(await stepper.getByText(`The sum of unit ${unit} in layer 1`).textContent()).toContain(
      `that is ${formatNumber(sum)}.`,
    );
    const cells = await stepper.getByRole('table').locator('td:last-child').allTextContents();
    const total = cells.reduce((total, text) => total + Number(text.replace('−', '-')), 0);
    expect(Math.abs(total - sum)).toBeLessThan(0.005);
  });

  test('a step can be linked to, and an address that makes no sense begins at the beginning', async () => {
    const { stepper } = await openStepper('#digit=5&network=shipped&step=4');
    expect(await stepper.getByRole('slider', { name: /Step/ }).inputValue()).toBe('4');
    expect(await stepper.getByRole('combobox', { name: 'Network' }).inputValue()).toBe('shipped');
    const { stepper: lost } = await openStepper('#digit=9999&network=none&step=-4');
    expect(await lost.getByRole('slider', { name: /Step/ }).inputValue()).toBe('0');
  });

  test('the lines shown are those of the source, by their numbers', async () => {
    const { stepper } = await openStepper('#digit=0&network=original&step=1');
    const caption = stepper.getByText(/^src\/lib\/nn\/kernels\/reference.ts, lines/);
    const [, from, to] = /lines (\d+) to (\d+)/.exec((await caption.textContent())!)!;
    const source = readFileSync(new URL('../src/lib/nn/kernels/reference.ts', PUBLIC), 'utf8').split('\n');
    const shown = await caption.locator('xpath=following-sibling::pre').textContent();
    const lines = source.slice(Number(from) - 1, Number(to)).map((line) => line.trim());
    expect(
      shown!
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(lines);
  });

  test('at 360 px nothing is wider than the screen', async () => {
    const { page } = await openStepper('#digit=0&network=original&step=7', { width: 360 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
