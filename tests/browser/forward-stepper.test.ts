import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { followAddress, usePage } from './page.ts';
import { PUBLIC, traceOf } from './sample.ts';

const opened = usePage('forward/');

/** The one stepper of these tests, at a place. */
async function stepperAt(hash: string) {
  const { page } = await opened();
  const stepper = page.getByRole('figure', { name: 'Forward pass, step by step' });
  await stepper.scrollIntoViewIfNeeded();
  await stepper.getByText(/^Its label is \d\.$/).waitFor();
  await stepper.getByText('Digit and network are on their way…').waitFor({ state: 'detached' });
  await followAddress(page, hash);
  return { page, stepper };
}

const mapOf = (stepper: Locator) =>
  stepper.getByRole('group', { name: 'The network, from the picture to the loss' });

describe('the forward stepper', () => {
  test('test image 57 through the original network: each step is told, with the numbers that NumPy has', async () => {
    const { stepper } = await stepperAt('#digit=57&network=original&step=0');
    const sums = (layer: number, inputs: number, units: number) =>
      `Layer ${layer} sums up: each of its ${units} units multiplies its ${inputs} inputs by its weights and adds its bias.`;
    for (const sentence of [
      `${sums(1, 784, 32)} The largest sum is 3.818, in unit 5.`,
      'ReLU lets the positive sums of layer 1 through and makes the others 0: 6 of 32 units stay silent.',
      `${sums(2, 32, 32)} The largest sum is 5.151, in unit 19.`,
      'ReLU lets the positive sums of layer 2 through and makes the others 0: 6 of 32 units stay silent.',
      `${sums(3, 32, 10)} The largest sum is 11.862, in unit 7.`,
      'Softmax turns the 10 sums of layer 3 into probabilities that sum to 1. The largest output is 1.000, for 7.',
      'The label is 7. Its probability is 0.999841, so the loss is −ln 0.999841 = 1.59e−4. The loss here is that of this example alone. Training adds the price of large weights, λ₂ = 0.1.',
    ]) {
      await stepper.getByRole('button', { name: 'Next step' }).click();
      expect(await stepper.getByRole('status').textContent()).toBe(sentence);
    }
    expect(await stepper.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true);
    await mapOf(stepper).getByText('1.59e−4', { exact: true }).waitFor();
  });

  test('a unit opens, by keyboard, to its products, and they come to its sum', async () => {
    const { page, stepper } = await stepperAt('#digit=3&network=original&step=1');
    const pass = await traceOf('original', 3);
    await mapOf(stepper)
      .getByRole('slider', { name: /^The weighted sums, before the activation of layer 1/ })
      .focus();
    const unit = 17;
    await page.keyboard.press('Home');
    for (let n = 0; n < unit; n++) await page.keyboard.press('ArrowRight');
    const sum = pass.value({ quantity: 'preActivation', layer: 1, row: unit, column: 0 });
    await stepper.getByText(`The sum of unit ${unit} in layer 1`).waitFor();
    const said = (await stepper.getByText(`The sum of unit ${unit} in layer 1`).textContent())!;
    const [products, bias, whole] = /sum to (\S+), and with the bias (\S+) that is (\S+)\.$/
      .exec(said)!
      .slice(1)
      .map((text) => Number(text.replace('−', '-')));
    expect(products! + bias!).toBeCloseTo(whole!, 3);
    expect(Math.abs(whole! - sum)).toBeLessThan(0.0005);
    const cells = await stepper.getByRole('table').locator('td:last-child').allTextContents();
    const total = cells.reduce((total, text) => total + Number(text.replace('−', '-')), 0);
    expect(Math.abs(total - sum)).toBeLessThan(0.005);
  });

  test('a step can be linked to, and an address that makes no sense begins at the beginning', async () => {
    const { stepper } = await stepperAt('#digit=5&network=shipped&step=4');
    expect(await stepper.getByRole('slider', { name: /Step/ }).inputValue()).toBe('4');
    expect(await stepper.getByRole('combobox', { name: 'Network' }).inputValue()).toBe('shipped');
    const { stepper: lost } = await stepperAt('#digit=9999&network=none&step=-4');
    expect(await lost.getByRole('slider', { name: /Step/ }).inputValue()).toBe('0');
  });

  test('the lines shown are those of the source, by their numbers', async () => {
    const { stepper } = await stepperAt('#digit=0&network=original&step=1');
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
    const { page } = await stepperAt('#digit=0&network=original&step=7');
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
