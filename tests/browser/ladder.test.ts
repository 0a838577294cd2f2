import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ladder, rightLines, wrongLines } from '../../src/sandbox/exercises/ladder.ts';
import { cellNumber, writeInCell } from './cells.ts';
import { accessibilityProblems, drawOnPad, useBrowser } from './page.ts';

const open = useBrowser();

const line = (order: Locator, text: string) => order.getByRole('button', { name: text, exact: true });
const verdict = (exercise: Locator, text: RegExp | string) =>
  exercise.locator('.exercise-verdict').getByText(text).waitFor();

/** The exercise of a rung that is written as code, opened. */
async function rung(page: Page, name: string): Promise<Locator> {
  const exercise = page.locator(`[data-exercise="backprop-ladder/${name}"]`);
  await exercise.getByText('Write it here').click();
  return exercise;
}

async function answer(page: Page, exercise: Locator, code: string): Promise<void> {
  await writeInCell(page, exercise, code);
  await exercise.getByRole('button', { name: 'Check' }).click();
}

test('the ladder is climbed to its end, and the reader’s own code reads a digit at the pad', async () => {
  const { page, problems } = await open('backprop/ladder/');

  // Rung 2, by keyboard: the heap's lines are in the order of their letters.
  const order = page.getByRole('article', { name: 'Exercise: put in order' });
  await line(order, rightLines[1]).focus();
  await page.keyboard.press('Enter');
  await order.getByRole('button', { name: 'Take line 1 out' }).waitFor();
  for (const each of [rightLines[0], wrongLines[1], rightLines[3], rightLines[4]]) {
    await line(order, each).focus();
    await page.keyboard.press('Space');
  }
  // The focus stays in the heap, at what is left there.
  expect(await page.evaluate(() => document.activeElement?.closest('ul')?.className)).toBe('order-heap');
  await order.getByRole('button', { name: 'Check' }).click();
  await verdict(order, 'uses delta2 before any line has made it');
  await order.getByRole('button', { name: 'Move line 2 up' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Move line 1 up');
  await order.getByRole('button', { name: 'Check' }).click();
  await verdict(order, 'W stands where Wᵀ should');
  await order.getByText('your dW1: 6 of 9 numbers are wrong').waitFor();
  await order.getByRole('button', { name: 'Take line 3 out' }).click();
  await line(order, rightLines[2]).click();
  await order.getByRole('button', { name: 'Move line 5 up' }).click();
  await order.getByRole('button', { name: 'Move line 4 up' }).click();
  await order.getByRole('button', { name: 'Check' }).click();
  await verdict(order, 'Right.');

  // A blank that is left is not taken for an answer; a hint is counted; the same answer as the authors' is the reader's own.
  const operand = await rung(page, 'one-operand');
  await operand.getByRole('button', { name: 'Check' }).click();
  await verdict(operand, 'There is still a blank');
  await operand.getByRole('button', { name: 'Hint 1 of 2' }).click();
  await operand.getByText('on the way forward?').waitFor();
  await answer(page, operand, ladder['one-operand'].solution);
  await operand.getByText('✓ solved, 1 hint').waitFor();
  const one = await rung(page, 'one-line');
  await answer(page, one, ladder['one-line'].solution);
  await verdict(one, 'Right.');

  // A fault of the clinic on any number of layers, with the wrong cells marked; shown, it is not solved.
  const backward = await rung(page, 'backward-by-hand');
  const forgotten = ladder['backward-by-hand'].solution.replace(
    '(pass.z[l - 1][j] > 0 ? blame : 0)',
    'blame',
  );
  await answer(page, backward, forgotten);
  await verdict(backward, 'the ReLU mask is forgotten in both layers');
  await backward
    .getByRole('group', { name: 'Explain why' })
    .getByRole('button', { name: /no bends/ })
    .click();
  await backward.getByText('Yes, that is why.').waitFor();
  expect(await backward.locator('.is-wrong').count()).toBeGreaterThan(3);
  expect(await accessibilityProblems(page, backward)).toEqual([]);
  await answer(page, backward, ladder['backward-by-hand'].solution);
  await verdict(backward, 'Right.');

  // Where a cell that it builds on fails, the answer is not looked at, and that is said.
  const batch = await rung(page, 'a-batch-by-hand');
  await writeInCell(page, backward, 'nothing.here');
  await answer(page, batch, ladder['a-batch-by-hand'].solution);
  await batch.getByText('The cell “backward-by-hand” above has failed').waitFor();
  await backward.getByRole('button', { name: 'Reset' }).click();
  await answer(page, batch, ladder['a-batch-by-hand'].solution);
  await batch.getByText(/Line \d+, column \d+: TypeError/).waitFor();
  await answer(page, backward, ladder['backward-by-hand'].solution);
  for (const name of ['a-batch-by-hand', 'the-loss-by-hand', 'the-step-by-hand'] as const) {
    const exercise = name === 'a-batch-by-hand' ? batch : await rung(page, name);
    await answer(page, exercise, ladder[name].solution);
    await verdict(exercise, 'Right.');
  }

  // Trained on the sample: the whole set takes the better part of a minute.
  const train = cellNumber(page, 10);
  const authored = (await train.locator('pre').textContent())!;
  const short = authored
    .replace("digits('train')", "digits('sample')")
    .replace("digits('test')", "digits('sample-test')");
  expect(short).not.toBe(authored);
  await writeInCell(page, train, short);
  await page.keyboard.press('ControlOrMeta+Enter');
  await train.getByText(/after epoch 3: \d+\.\d\d % of the test images/).waitFor();
  await train.getByText('It waits at the drawing pad').waitFor();
  expect(problems).toEqual([]);

  await page.goto(new URL('../../draw/', page.url()).href);
  await page.getByLabel('Read by', { exact: true }).first().selectOption({ label: 'Your own code’s' });
  await drawOnPad(page, [
    [
      [210, 90],
      [210, 330],
    ],
  ]);
  await page.getByText(/^Prediction: 1/).waitFor();
  expect(problems).toEqual([]);
}, 120_000);

test('who has turned to another line before the lists are on the screen keeps the focus there', async () => {
  const { page } = await open('backprop/ladder/');
  const order = page.getByRole('article', { name: 'Exercise: put in order' });
  await line(order, rightLines[1]).click();
  await order.getByRole('button', { name: 'Take line 1 out' }).waitFor();
  const turnedTo = await line(order, rightLines[3]).elementHandle();
  const isKept = await line(order, rightLines[0]).evaluate(async (taken: HTMLElement, other) => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isTaken = new Promise((resolve) => {
      new MutationObserver(resolve).observe(taken.closest('ul')!, { childList: true });
    });
    taken.focus();
    taken.click();
    await isTaken;
    (other as HTMLElement).focus();
    await nextFrame();
    await nextFrame();
    return document.activeElement === other;
  }, turnedTo);
  expect(isKept).toBe(true);
});

test('at 360 px in the dark, all that is opened fits, and axe finds nothing', async () => {
  const { page, problems } = await open('backprop/ladder/', { width: 360, colorScheme: 'dark', touch: true });
  const order = page.getByRole('article', { name: 'Exercise: put in order' });
  await line(order, rightLines[3]).tap();
  await order.getByRole('button', { name: 'Take line 1 out' }).waitFor();
  for (const each of [rightLines[0], rightLines[1]]) await line(order, each).tap();
  await order.getByRole('button', { name: 'Check' }).tap();
  await verdict(order, 'before any line has made it');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(problems).toEqual([]);
});
