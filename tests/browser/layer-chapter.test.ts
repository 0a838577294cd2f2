import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { activations } from '../../src/lib/nn/activations.ts';
import { meanOutputs, unitView } from '../../src/state/digit-neuron.ts';
import { activationSpreads, describeSpreads } from '../../src/state/initialization.ts';
import { formatNumber } from '../../src/state/pass-sentences.ts';
import { shapedProduct } from '../../src/state/shapes.ts';
import { FIRST_NEURON, neuronPass } from '../../src/state/small-neuron.ts';
import { describe as describeUnit } from '../../src/components/layer/DigitNeuronIsland.tsx';
import { accessibilityProblems, useBrowser } from './page.ts';
import { sampleDigits, shippedNetwork, traceOf } from './sample.ts';

const open = useBrowser();

async function openFigure(name: string, options = {}): Promise<{ page: Page; figure: Locator }> {
  const { page } = await open('layer/', options);
  const figure = page.getByRole('figure', { name });
  await figure.scrollIntoViewIfNeeded();
  // An island is alive when Astro takes its mark away.
  await figure.locator('astro-island:not([ssr])').waitFor({ state: 'attached' });
  return { page, figure };
}

const said = (figure: Locator) => figure.getByRole('status').first().textContent();

describe('a neuron with three inputs', () => {
  test('every slider moves its number, and the sum is the library’s', async () => {
    const { figure } = await openFigure('A neuron with three inputs');
    await figure.getByRole('slider', { name: /^Weight w₂/ }).fill('1.5');
    await figure.getByRole('slider', { name: /^Bias b/ }).fill('-2');
    await figure.getByRole('button', { name: 'tanh' }).click();
    const { inputs, weights } = FIRST_NEURON;
    const pass = neuronPass({
      inputs,
      weights: [weights[0]!, 1.5, weights[2]!],
      bias: -2,
      activation: 'tanh',
    });
    const [z, a] = [pass.values('preActivation', 1)[0]!, pass.values('activation', 1)[0]!];
    expect(await said(figure)).toContain(`= ${formatNumber(z)}, and a = g(z) = ${formatNumber(a)}.`);
    await figure.getByRole('button', { name: 'Reset' }).click();
    const first = neuronPass(FIRST_NEURON).values('preActivation', 1)[0]!;
    expect(await said(figure)).toContain(`= ${formatNumber(first)}, and`);
  });
});

describe('a neuron with 784 inputs', () => {
  test('the sum of its products is the trace’s, for another digit and another unit', async () => {
    const { figure } = await openFigure('A neuron with 784 inputs');
    // Until the sample is there, there are no others to choose from.
    await figure.locator('button[aria-label="Digit 0"]:enabled').waitFor();
    await figure.getByRole('slider', { name: /^Test image/ }).fill('7');
    await figure.getByRole('slider', { name: /^Unit/ }).fill('12');
    const view = unitView(await traceOf('original', 7), 12);
    expect(await said(figure)).toBe(describeUnit(view));
  });

  test('a pixel is followed by the arrow keys through weight, digit and product', async () => {
    const { page, figure } = await openFigure('A neuron with 784 inputs');
    await figure.getByRole('slider', { name: 'The digit' }).focus();
    await page.keyboard.press('Home');
    for (let row = 0; row < 12; row++) await page.keyboard.press('ArrowDown');
    for (let column = 0; column < 10; column++) await page.keyboard.press('ArrowRight');
    const view = unitView(await traceOf('original', 1), 3);
    expect(await said(figure)).toBe(describeUnit(view, 12 * 28 + 10));
  });

  test('which digit it likes best is guessed, and then shown for all ten', async () => {
    const { figure } = await openFigure('A neuron with 784 inputs');
    const means = meanOutputs(shippedNetwork('original'), await sampleDigits(), 3);
    const best = means.indexOf(Math.max(...means));
    await figure.getByRole('button', { name: `Digit ${(best + 1) % 10}` }).click();
    await figure.getByText('Not yet.').waitFor();
    await figure.getByRole('button', { name: `Digit ${best}` }).click();
    await figure.getByText('Right.').waitFor();
    const list = await figure.getByRole('list', { name: 'Mean output for each digit' }).textContent();
    for (const mean of means) expect(list).toContain(formatNumber(mean));
  });
});

test('the activations: value and slope at the place that is chosen', async () => {
  const { figure } = await openFigure('Activations and their slopes');
  for (const [label, name] of [
    ['sigmoid', 'sigmoid'],
    ['leaky ReLU', 'leaky-relu'],
    ['tanh', 'tanh'],
  ] as const) {
    await figure.getByRole('button', { name: label, exact: true }).click();
    await figure.getByRole('slider', { name: /^z/ }).fill('-2.5');
    const a = activations[name].value(-2.5);
    const slope = activations[name].derivative(-2.5, a);
    expect(await said(figure)).toContain(
      `At z = −2.500: g(z) = ${formatNumber(a)}, g′(z) = ${formatNumber(slope)}.`,
    );
  }
});

test('one layer stands in for two without a bend, and not with one', async () => {
  const { figure } = await openFigure('Two layers against one');
  await figure.getByRole('slider', { name: /^First input/ }).fill('-2');
  expect(await said(figure)).toContain('The same.');
  await figure.getByRole('button', { name: 'tanh' }).click();
  expect(await said(figure)).toMatch(/They are .* apart\./);
});

describe('shapes', () => {
  test('a mismatch is named beside the sizes, and there is no product', async () => {
    const { figure } = await openFigure('What goes together');
    await figure.getByRole('slider', { name: /^Weights of a unit/ }).fill('5');
    const sizes = { units: 2, weightsPerUnit: 5, inputs: 3, batch: 1 };
    expect(await said(figure)).toBe(shapedProduct(sizes).mismatch);
    expect(await figure.getByRole('button', { name: '?' }).first().isDisabled()).toBe(true);
  });

  test('a batch lies on its side, and every number of Z is the library’s', async () => {
    const { page, figure } = await openFigure('What goes together');
    await figure.getByRole('slider', { name: /^Examples/ }).fill('2');
    const { Z } = shapedProduct({ units: 2, weightsPerUnit: 3, inputs: 3, batch: 2 });
    const table = figure.getByRole('table', { name: 'Z, 2 by 2' });
    const shown = await table.getByRole('button').allTextContents();
    expect(shown.map((text) => Number(text.replace('−', '-')))).toEqual(Z);
    await table.getByRole('button').nth(3).focus();
    await page.keyboard.press('Enter');
    expect(await said(figure)).toMatch(/^Unit 1 of example 1: .* = /);
    expect(await figure.getByRole('table', { name: 'Wᵀ, 3 by 2' }).count()).toBe(1);
  });
});

test('how the first weights are drawn: each way gives the library’s spreads', async () => {
  const { figure } = await openFigure('Activations through a deep stack');
  const digits = await sampleDigits();
  for (const beginning of ['zeros', 'small', 'large', 'xavier'] as const) {
    await figure.getByRole('combobox', { name: 'First weights' }).selectOption(beginning);
    const spreads = activationSpreads({ beginning, activation: 'relu', seed: 1 }, digits);
    await figure.getByText(describeSpreads(spreads)).waitFor();
  }
  await figure.getByRole('button', { name: 'New seed' }).click();
  const other = activationSpreads({ beginning: 'xavier', activation: 'relu', seed: 2 }, digits);
  await figure.getByText(describeSpreads(other)).waitFor();
});

test('at 360 px, dark, with reduced motion: nothing is wider than the screen, and axe finds nothing', async () => {
  const { page } = await openFigure('Activations through a deep stack', {
    width: 360,
    colorScheme: 'dark',
    reducedMotion: true,
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await accessibilityProblems(page)).toEqual([]);
});
