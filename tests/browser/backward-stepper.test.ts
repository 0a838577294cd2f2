import * as tf from '@tensorflow/tfjs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Cell, Quantity } from '../../src/lib/nn/origin.ts';
import { Random } from '../../src/lib/nn/random.ts';
import type { Trace } from '../../src/lib/nn/trace.ts';
import { stepWorksheet } from '../../src/explain/step-worksheet.ts';
import { passInTensorFlow } from '../oracle/pass-in-tensorflow.ts';
import {
  accessibilityProblems,
  followAddress,
  hashOf,
  type OpenedPage,
  useBrowser,
  usePage,
} from './page.ts';
import { sampleDigits, shippedNetwork, traceOf } from './sample.ts';

const open = useBrowser();
/** What the page begins with. */
const LEARNING_RATE = 0.1;

beforeAll(() => tf.setBackend('cpu'));

interface Opened {
  page: Page;
  stepper: Locator;
  problems: string[];
}

async function openStepper(hash: string, options = {}): Promise<Opened> {
  return stepperOf(await open(`backprop/${hash}`, options));
}

async function stepperOf({ page, problems }: OpenedPage): Promise<Opened> {
  const stepper = page.getByRole('figure', { name: 'Backward pass, step by step' });
  await stepper.scrollIntoViewIfNeeded();
  await passIsThere(stepper);
  return { page, stepper, problems };
}

/** The stage says so while digit and network are still on their way. */
async function passIsThere(stepper: Locator): Promise<void> {
  await stepper.getByText(/^Its label is \d\.$/).waitFor();
  await stepper.getByText('Digit and network are on their way…').waitFor({ state: 'detached' });
}

const mapOf = (stepper: Locator) =>
  stepper.getByRole('group', { name: 'The network: values above, and below them the blame for each' });

const address = (name: string, digit: number, step: number, cell?: Cell) =>
  `#digit=${digit}&network=${name}&step=${step}${cell ? `&cell=${cell.quantity}.${cell.layer}.${cell.row}.${cell.column}` : ''}`;

const isBackward = ({ direction }: { direction: string }) => direction !== 'forward';

/** The numbers with all their digits, in the order of the page. */
async function exactNumbers(place: Locator): Promise<number[]> {
  const titles = await place
    .getByTitle(/exactly/)
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).title));
  return titles.map((title) => Number(/exactly (\S+)$/.exec(title)![1]!.replaceAll('−', '-')));
}

describe('the backward stepper', () => {
  const opened = usePage('backprop/');
  /** The one stepper of these tests, at a place. */
  async function stepperAt(hash: string): Promise<Opened> {
    const stepper = await stepperOf(await opened());
    await followAddress(stepper.page, hash);
    return stepper;
  }

  for (const name of ['original', 'shipped']) {
    for (const digit of [0, 12, 57]) {
      const tags = name === 'original' && digit === 0 ? [] : ['long'];
      test(`${name}, digit ${digit}: the numbers of each step are TensorFlow.js’s`, { tags }, async () => {
        const opened = await stepperAt(address(name, digit, 0));
        const pass = await traceOf(name, digit, LEARNING_RATE);
        const digits = await sampleDigits();
        const pixels = Float32Array.from(pass.values('activation', 0));
        const theirs = passInTensorFlow(shippedNetwork(name), pixels, digits.labels[digit]!);
        const expected = (quantity: Quantity, layer: number): ArrayLike<number> | undefined => {
          if (quantity === 'weightGradient') return theirs.dW[layer - 1]!.dataSync();
          return quantity === 'biasGradient' || quantity === 'delta'
            ? theirs.db[layer - 1]!.dataSync()
            : undefined;
        };
        let compared = 0;
        for (const [n, step] of pass.steps.filter(isBackward).entries()) {
          await opened.stepper.getByRole('button', { name: 'Next step' }).click();
          const values = expected(step.quantity, step.layer);
          if (!values) continue;
          const picture = mapOf(opened.stepper).getByRole('slider', { name: pictureName(step) });
          await picture.focus();
          await opened.page.keyboard.press('Enter');
          const { quantity, layer } = step;
          await expect.poll(() => cellInAddress(opened.page)).toMatchObject({ quantity, layer });
          const cell = (await cellInAddress(opened.page))!;
          const origin = opened.stepper.getByRole('region', { name: 'Where this number comes from' });
          const [shown] = await exactNumbers(origin);
          const theirValue = values[cell.row * step.columns + cell.column]!;
          expect(Math.abs(shown! - theirValue), `step ${n + 1}`).toBeLessThan(1e-5);
          compared++;
        }
        expect(compared).toBe(9);
        expect(await opened.stepper.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true);
        expect(opened.problems).toEqual([]);
      });
    }
  }

  test('test image 57 through the original network: each step is told, with the numbers that NumPy has', async () => {
    const { stepper } = await stepperAt(address('original', 57, 0));
    const price =
      ' The step here is by this example’s own gradient. Training adds the price of large weights, λ₂ = 0.1.';
    const slopes = (layer: number, closed: number) =>
      `The slope of ReLU is 1 at a positive sum and 0 at any other. Of layer ${layer}, ${closed} units let no blame through, and the other ${32 - closed} all of it.`;
    const delta = (layer: number, closed: number, most: string) =>
      `What arrives at layer ${layer} is multiplied by each unit’s slope: ${closed} of its 32 units get no blame at all. Of the others ${most}.`;
    const weights = (layer: number, shape: string, zeros: string, largest: string, from: string) =>
      `Every weight into layer ${layer} gets its unit’s blame times the value that came in through it: ${shape} products, of which ${zeros} are 0. The largest in size is ${largest}, for the weight from ${from}.`;
    const biases = (layer: number) =>
      `Every bias of layer ${layer} gets its unit’s blame as it is: what it was multiplied by is 1.`;
    const arrives = (layer: number, units: number, most: string) =>
      `The blame of layer ${layer + 1} goes back through the weights that it came by: each unit of layer ${layer} gathers a share from all ${units} units that it feeds. ${most}.`;
    const moves = (what: string, layer: number, gradient: string, move: string) =>
      `Every ${what} of layer ${layer} takes one step against its gradient, 0.1 times as long. The one with the largest gradient, ${gradient}, moves by −0.1 times that, ${move}.${what === 'weight' ? price : ''}`;
    for (const sentence of [
      'Each output is to blame for what it said minus what it should have said. Output 7, the label, has −1.59e−4: its sum ought to be larger. Of the others 2 has the most, 7.23e−5: its sum ought to be smaller.',
      weights(3, '10 × 32', '60', '−8.19e−4', 'input 19 into unit 7'),
      biases(3),
      arrives(2, 10, 'Unit 29 gathers the most, −1.83e−4'),
      slopes(2, 6),
      delta(2, 6, 'unit 29 has the most, −1.83e−4'),
      weights(2, '32 × 32', '348', '−7.00e−4', 'input 5 into unit 29'),
      biases(2),
      arrives(1, 32, 'Unit 1 gathers the most, 3.44e−4'),
      slopes(1, 6),
      delta(1, 6, 'unit 10 has the most, −3.40e−4'),
      weights(1, '32 × 784', '22,124', '−3.40e−4', 'input 463 into unit 10'),
      biases(1),
      moves('weight', 3, '−8.19e−4', '8.19e−5'),
      moves('bias', 3, '−1.59e−4', '1.59e−5'),
      moves('weight', 2, '−7.00e−4', '7.00e−5'),
      moves('bias', 2, '−1.83e−4', '1.83e−5'),
      moves('weight', 1, '−3.40e−4', '3.40e−5'),
      moves('bias', 1, '−3.40e−4', '3.40e−5'),
    ]) {
      await stepper.getByRole('button', { name: 'Next step' }).click();
      expect(await stepper.getByRole('status').first().textContent()).toBe(sentence);
    }
  });

  test('the factors that are shown multiply and sum to the number, for random cells of everything', async () => {
    const opened = await stepperAt(address('original', 12, 0));
    const pass = await traceOf('original', 12, LEARNING_RATE);
    const random = new Random(5);
    const steps = pass.steps.filter(isBackward);
    for (const { quantity, layer, rows, columns } of steps) {
      if (quantity === 'activationSlope') continue;
      const cell = { quantity, layer, row: random.below(rows), column: random.below(columns) };
      await followAddress(opened.page, address('original', 12, steps.length, cell));
      const origin = opened.stepper.getByRole('region', { name: 'Where this number comes from' });
      const table = origin.getByRole('table');
      const [value, ...factors] = await exactNumbers(origin);
      const made =
        (await table.count()) > 0
          ? (await exactNumbers(table.locator('td:last-child').locator('..')))
              .filter((_, n, all) => n % 3 === 2 || n === all.length - 1)
              .reduce((sum, term) => sum + term, 0)
          : combineShown(pass, cell, factors);
      expect(Math.abs(made - value!), JSON.stringify(cell)).toBeLessThan(1e-6);
    }
  });

  test('from a gradient by its factors back to a pixel, and by the trail home', async () => {
    const cell: Cell = { quantity: 'weightGradient', layer: 1, row: 7, column: 300 };
    const { page, stepper } = await stepperAt(address('original', 12, 13, cell));
    const origin = stepper.getByRole('region', { name: 'Where this number comes from' });
    await origin.getByRole('button', { name: /^the input at 300/ }).click();
    await origin.getByText(/^Pixel 300 is .* It is given\.$/).waitFor();
    await expect
      .poll(() => cellInAddress(page))
      .toEqual({ quantity: 'activation', layer: 0, row: 300, column: 0 });
    await origin.getByText(/^It feeds/).click();
    await origin.getByRole('button', { name: 'the sum of unit 4 in layer 1' }).click();
    await origin.getByText(/^The sum of unit 4 in layer 1: 784 products/).waitFor();
    await origin
      .getByRole('button', { name: 'the gradient of the weight from input 300 into unit 7 of layer 1' })
      .click();
    await expect.poll(() => cellInAddress(page)).toEqual(cell);

    // By keys: what was pressed is gone, and the focus is with what took its place.
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await origin.getByRole('button', { name: /^the input at 300/ }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('pixel 300');
    await origin.getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.press('Enter');
    await origin.getByRole('button', { name: 'Close' }).waitFor({ state: 'detached' });
    expect(await origin.evaluate((section) => section === document.activeElement)).toBe(true);
  });

  test('a letter of the formula lights its values and its variable, and a letter of the prose does too', async () => {
    const { page, stepper } = await stepperAt(address('original', 12, 7));
    const lit = () =>
      page.evaluate(() => [...document.querySelectorAll('.lit')].map((each) => each.textContent ?? ''));
    expect(await lit()).toEqual([]);
    const formula = stepper.getByRole('region', { name: 'What is new' });
    await formula.getByRole('button', { name: /^delta, the derivative of the loss by z of layer 2/ }).focus();
    const afterFocus = await lit();
    expect(afterFocus).toContain('delta');
    expect(afterFocus.some((text) => text.includes('δ') && text.includes('(2)'))).toBe(true);
    await page.getByRole('heading', { level: 1 }).click();
    expect(await lit()).toEqual([]);
    await page.locator('.katex [data-quantity="delta"]').first().hover();
    expect((await lit()).length).toBeGreaterThan(0);
  });

  test('which outputs should rise is asked before δ appears, and answered', async () => {
    const { stepper } = await stepperAt(address('original', 12, 0));
    const pass = await traceOf('original', 12);
    const label = pass.values('target', 3).indexOf(1);
    const question = stepper.getByRole('article', { name: 'Guess first' });
    await question
      .getByRole('checkbox')
      .nth((label + 1) % 10)
      .check();
    await question.getByRole('button', { name: 'Check' }).click();
    await question.getByText('Not yet.').waitFor();
    await question
      .getByRole('checkbox')
      .nth((label + 1) % 10)
      .uncheck();
    await question.getByRole('checkbox').nth(label).check();
    await question.getByRole('button', { name: 'Check' }).click();
    await question.getByText('Right.').waitFor();
    const [, shown] = /p − 1 = (\S+) is negative/.exec((await question.textContent())!)!;
    const delta = pass.values('delta', 3)[label]!;
    expect(Math.abs(Number(shown!.replaceAll('−', '-')) / delta - 1)).toBeLessThan(0.005);
  });

  test('which picture is asked before ∂W¹: one of four is the digit in the colour of the blame', async () => {
    const { stepper } = await stepperAt(address('original', 12, 11));
    const question = stepper.getByRole('article', { name: 'Guess first' });
    const verdicts: string[] = [];
    for (let n = 1; n <= 4; n++) {
      await question.getByRole('button', { name: `Picture ${n}` }).click();
      verdicts.push((await question.getByRole('status').textContent())!);
    }
    expect(verdicts.filter((text) => text.startsWith('Right.')).length).toBe(1);
    expect(new Set(verdicts).size).toBe(4);
  });

  test('one’s own drawing goes through with its own label, and only with one', async () => {
    const { page, stepper } = await openStepper(address('original', 12, 1));
    await stepper.getByText('Draw the digit yourself').click();
    const pad = stepper.getByLabel('Drawing pad', { exact: true });
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.8, { steps: 8 });
    await page.mouse.up();
    expect(await stepper.getByText(/^Your drawing/).count()).toBe(0);
    await stepper.getByRole('radio', { name: '1' }).check();
    await stepper.getByText('Your drawing, a 1 as you say.').waitFor();
    expect(await stepper.getByRole('status').first().textContent()).toContain('Output 1, the label,');
  });

  test('at 360 px, light and dark, a step and its number: nothing is wider than the screen, and axe finds nothing', async () => {
    const cell: Cell = { quantity: 'weightGradient', layer: 1, row: 7, column: 300 };
    const { page, stepper } = await openStepper(address('original', 12, 12, cell), { width: 360 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page, stepper), colorScheme).toEqual([]);
    }
  });
});

function pictureName({ quantity, layer }: { quantity: Quantity; layer: number }): RegExp {
  const names: Partial<Record<Quantity, string>> = {
    delta: 'Delta, the derivative of the loss by z',
    weightGradient: 'The gradient of the weights',
    biasGradient: 'The gradient of the biases',
  };
  return new RegExp(`^${names[quantity]} of layer ${layer}:`);
}

async function cellInAddress(page: Page): Promise<Cell | undefined> {
  const text = new URLSearchParams((await hashOf(page)).slice(1)).get('cell');
  if (!text) return undefined;
  const [quantity, layer, row, column] = text.split('.');
  return { quantity: quantity as Quantity, layer: Number(layer), row: Number(row), column: Number(column) };
}

/** What the letters of a formula without a sum come to. */
function combineShown(pass: Trace, cell: Cell, factors: number[]): number {
  const { kind } = pass.origin(cell);
  const [first, second] = factors as [number, number];
  if (kind === 'difference') return first - second;
  return kind === 'descent'
    ? first - LEARNING_RATE * second
    : factors.reduce((product, factor) => product * factor, 1);
}

test('a step prints as a worksheet: tasks with blanks, and answers that they come to', async () => {
  const { page, stepper } = await openStepper(address('original', 0, 4));
  const print = stepper.getByRole('button', { name: 'Print this step as a worksheet' });
  await expect.poll(() => print.isEnabled()).toBe(true);
  await page.evaluate(() => {
    window.print = () => {
      const shown = [...document.querySelectorAll('.chapter > *')].filter((each) => each.checkVisibility());
      (window as unknown as { printed: unknown }).printed = shown.map((each) => each.textContent);
    };
  });
  const button = await print.elementHandle();
  await page.emulateMedia({ media: 'print' });
  // On paper there are no buttons.
  await button!.evaluate((each) => (each as HTMLElement).click());
  const textOf = () => page.evaluate(() => (window as unknown as { printed?: string[] }).printed ?? []);
  await expect.poll(async () => (await textOf()).length).toBe(1);
  const printed = await textOf();
  const pass = await traceOf('original', 0, LEARNING_RATE);
  const sheet = stepWorksheet(pass, pass.steps.filter(isBackward)[3]!);
  expect(sheet).toHaveLength(6);
  for (const { task, answer, explanation } of sheet) {
    expect(printed[0]).toContain(`: ${task} = `);
    expect(printed[0]).toContain(`${answer}. ${explanation}`);
  }
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect.poll(() => page.locator('.step-worksheet').count()).toBe(0);
});
