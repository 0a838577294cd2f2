import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { activations } from '../../src/lib/nn/activations.ts';
import { meanOutputs, unitView } from '../../src/components/layer/digit-neuron.ts';
import { activationSpreads, describeSpreads } from '../../src/components/layer/initialization.ts';
import { formatNumber } from '../../src/explain/numbers.ts';
import {
  describePixel,
  describeUnit as describeFavourites,
} from '../../src/components/layer/unit-purpose.ts';
import { describeStraight, straightShares } from '../../src/components/layer/why-bend.ts';
import { siteData } from '../../src/build/site-data.ts';
import { favouritesOfUnits } from '../../src/lib/experiments/favourites.ts';
import { shapedProduct } from '../../src/components/layer/shapes.ts';
import { FIRST_NEURON, neuronPass } from '../../src/components/layer/small-neuron.ts';
import { describe as describeUnit } from '../../src/components/layer/DigitNeuronIsland.tsx';
import { useBrowser, usePage } from './page.ts';
import { sampleDigits, shippedNetwork, traceOf } from './sample.ts';

const open = useBrowser();
const opened = usePage('layer/');

async function openFigure(name: string): Promise<{ page: Page; figure: Locator; problems: string[] }> {
  const { page, problems } = await opened();
  const figure = page.getByRole('figure', { name });
  await figure.scrollIntoViewIfNeeded();
  // An island is alive when Astro takes its mark away.
  await figure.locator('astro-island:not([ssr])').waitFor({ state: 'attached' });
  return { page, figure, problems };
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

  test('a pixel is followed by the arrow keys through weight, digit and product', async () => {
    const { page, figure } = await openFigure('A neuron with 784 inputs');
    await figure.getByRole('slider', { name: 'The digit' }).focus();
    await page.keyboard.press('Home');
    for (let row = 0; row < 12; row++) await page.keyboard.press('ArrowDown');
    for (let column = 0; column < 10; column++) await page.keyboard.press('ArrowRight');
    const view = unitView(await traceOf('original', 1), 3);
    expect(await said(figure)).toBe(describeUnit(view, 12 * 28 + 10));
  });

  test('the sum of its products is the trace’s, for another digit and another unit', async () => {
    const { page, figure } = await openFigure('A neuron with 784 inputs');
    // Until the sample is there, there are no others to choose from.
    await figure.locator('button[aria-label="Digit 0"]:enabled').waitFor();
    await figure.getByRole('spinbutton', { name: /^Test image/ }).fill('7');
    await page.keyboard.press('Enter');
    await figure.getByRole('slider', { name: /^Unit/ }).fill('12');
    const view = unitView(await traceOf('original', 7), 12);
    expect(await said(figure)).toBe(describeUnit(view));
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
      `At z = −2.5: g(z) = ${formatNumber(a)}, g′(z) = ${formatNumber(slope)}.`,
    );
  }
});

describe('what a hidden unit is for', () => {
  test('a pixel is followed through weights and mean by the arrow keys', async () => {
    const { page, figure } = await openFigure('What a hidden unit is for');
    await figure.getByRole('button', { name: 'Weights of unit 3', exact: true }).waitFor();
    await figure.getByText(/^Unit 3: of its ten/).waitFor();
    await figure.getByRole('slider', { name: /^The mean of the ten digits/ }).focus();
    await page.keyboard.press('ArrowRight');
    const digits = await siteData('sample-train');
    const network = shippedNetwork('original');
    const pixel = 393;
    const { mean } = favouritesOfUnits(network, digits, 10)[3]!;
    const weight = network.layers[0]!.read('weights')[3 * 784 + pixel]!;
    await figure.getByText(describePixel(pixel, weight, mean[pixel]!)).waitFor();
  });

  test('each unit stands beside the ten digits that excite it most, chosen by click and by arrow key', async () => {
    const { page, figure } = await openFigure('What a hidden unit is for');
    const digits = await siteData('sample-train');
    const all = favouritesOfUnits(shippedNetwork('original'), digits, 10);
    await figure.getByRole('button', { name: 'Weights of unit 12' }).click();
    await figure.getByText(describeFavourites(12, all[12]!, digits)).waitFor();
    await page.keyboard.press('ArrowRight');
    await figure.getByText(describeFavourites(13, all[13]!, digits)).waitFor();
    const ten = await figure
      .getByRole('listitem')
      .getByRole('img', { name: /training image/ })
      .all();
    const named = await Promise.all(ten.map((image) => image.getAttribute('aria-label')));
    expect(named).toEqual([...all[13]!.rows].map((row) => `A ${digits.labels[row]}, training image ${row}`));
  });
});

describe('why bend at all', () => {
  const PLANE = 'A plane, with a bend and without';
  const shareRight = (text: string) => Number(/(\d+)\s% of the \d+ points right/.exec(text)![1]);
  /** Presses the button, and returns what is said once the network has learnt. */
  async function trained(figure: Locator, name = 'Train'): Promise<string> {
    await figure.getByRole('button', { name, exact: true }).click();
    const verdict = figure
      .getByRole('status')
      .getByText(/points right/)
      .and(figure.getByText(/single layer/));
    await verdict.waitFor();
    return (await verdict.textContent())!;
  }

  test('guess first: what a network without a bend can tell apart is marked, then tried on all three', async () => {
    const { figure } = await openFigure(PLANE);
    const guess = figure.getByRole('article', { name: 'Guess first' });
    await guess.getByRole('button', { name: 'heaps' }).click();
    await guess.getByRole('button', { name: 'Reveal' }).click();
    await guess.getByText('Right.').waitFor();
    await guess.getByText(describeStraight(await straightShares(async () => {}))).waitFor();
  });

  test('the ring: not without a bend, with any number of units; with ReLU it is, and the same seed says the same', async () => {
    const { figure, problems } = await openFigure(PLANE);
    await figure.getByRole('group', { name: 'Points' }).getByRole('button', { name: 'ring' }).click();
    await figure.getByRole('button', { name: 'linear' }).click();
    await figure.getByRole('slider', { name: /^Hidden units/ }).fill('8');
    const straight = await trained(figure);
    expect(shareRight(straight)).toBeLessThan(75);
    expect(straight).toContain('on 100\u00a0% of the plane');
    await figure.getByRole('slider', { name: /^Hidden units/ }).fill('4');
    await figure.getByRole('button', { name: 'ReLU' }).click();
    const bent = await trained(figure);
    expect(shareRight(bent)).toBeGreaterThan(98);
    expect(bent).toMatch(/[1-4] of 4 folds? the plane/);
    expect(await trained(figure)).toBe(bent);
    expect(await trained(figure, 'New seed')).not.toBe(bent);
    expect(problems).toEqual([]);
  });

  test('a tap says the place that was tapped, and that its point has come', async () => {
    const { page } = await open('layer/', { width: 360, height: 740, touch: true });
    const figure = page.getByRole('figure', { name: PLANE });
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('xpath=./astro-island[not(@ssr)]').waitFor();
    await figure.getByRole('group', { name: 'Points' }).getByRole('button', { name: 'own' }).tap();
    const plane = figure.getByRole('slider', { name: /^What the network says/ });
    await plane.tap({ position: { x: 3, y: 3 } });
    await figure.getByText(/^At \(−1\.9\d, 1\.9\d\) it says .* A round point is here\.$/).waitFor();
  });

  test('the reader’s own points, by keys alone, are learnt', async () => {
    const { page, figure } = await openFigure(PLANE);
    await figure.getByRole('group', { name: 'Points' }).getByRole('button', { name: 'own' }).click();
    await figure.getByText(/^No points yet/).waitFor();
    await figure.getByRole('slider', { name: /^What the network says/ }).focus();
    for (const kind of ['round', 'square']) {
      await figure.getByRole('button', { name: kind, exact: true }).focus();
      await page.keyboard.press('Enter');
      await figure.getByRole('slider', { name: /^What the network says/ }).focus();
      await page.keyboard.press(kind === 'round' ? 'Home' : 'End');
      await page.keyboard.press('Enter');
    }
    expect(shareRight(await trained(figure))).toBe(100);
    await figure.getByRole('slider', { name: /^What the network says/ }).focus();
    await page.keyboard.press('Home');
    await figure.getByText(/^At \(−1\.96, 1\.96\) it says round, with/).waitFor();
  });

  test('picture, controls and sentence stand in one screen, wide and narrow', async () => {
    const { page, figure } = await openFigure(PLANE);
    await figure.getByRole('button', { name: 'ReLU' }).click();
    await trained(figure);
    for (const [width, height] of [
      [360, 740],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      const parts = [
        figure.getByRole('slider', { name: /^What the network says/ }),
        figure.getByText(/points right/),
        figure.getByRole('group', { name: 'Points' }),
        figure.getByRole('button', { name: 'New seed' }),
      ];
      const boxes = await Promise.all(parts.map(async (part) => (await part.boundingBox())!));
      const top = Math.min(...boxes.map(({ y }) => y));
      expect(Math.max(...boxes.map(({ y, height: tall }) => y + tall)) - top).toBeLessThan(height);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
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
    await figure.getByRole('slider', { name: /^Weights of a unit/ }).fill('3');
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
