import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { notation } from '../../src/lib/notation.ts';
import type { Cell } from '../../src/lib/nn/origin.ts';
import type { Trace } from '../../src/lib/nn/trace.ts';
import { type Round, rounds } from '../../src/components/be-the-network/be-the-network.ts';
import { cellPicture } from '../../src/explain/cell-picture.ts';
import type { Operand } from '../../src/explain/operands.ts';
import { quantityName } from '../../src/explain/names.ts';
import { accessibilityProblems, type OpenedPage, useBrowser, usePage } from './page.ts';
import { traceOf } from './sample.ts';

const open = useBrowser();
const opened = usePage('backprop/');
/** The test image that the figure takes. */
const DIGIT = 12;

let pass: Trace;
let all: Round[];
beforeAll(async () => {
  pass = await traceOf('original', DIGIT);
  all = rounds(pass);
});

async function gameOf({ page, problems }: OpenedPage): Promise<OpenedPage & { game: Locator }> {
  const game = page.getByRole('figure', { name: 'Be the network' });
  await game.scrollIntoViewIfNeeded();
  await game.getByText(/^The digit is a 4\. Compute/).waitFor();
  return { page, game, problems };
}

/** The picture of a quantity on the shelf. */
function shelf(game: Locator, { quantity, layer }: Pick<Cell, 'quantity' | 'layer'>): Locator {
  const { spoken, layered } = notation[quantityName(pass, quantity, layer)];
  return game.getByRole('slider', {
    name: `Pick from ${spoken}${layered ? ` of layer ${layer}` : ''}`,
    exact: true,
  });
}

async function choosePart(game: Locator, operand: Exclude<Operand, 'one'>): Promise<void> {
  const name = { number: 'one number', row: 'a row', column: 'a column', all: 'a column' }[operand.part];
  await game.getByRole('radio', { name }).check();
}

async function pickByMouse(game: Locator, operand: Operand): Promise<void> {
  if (operand === 'one') return game.getByRole('button', { name: '1, as it is' }).click();
  await choosePart(game, operand);
  const picture = cellPicture(pass, operand.quantity, operand.layer);
  const index = picture.indexOf(operand);
  const place = shelf(game, operand);
  await place.scrollIntoViewIfNeeded();
  const box = (await place.boundingBox())!;
  await place.click({
    position: {
      x: (((index % picture.columns) + 0.5) / picture.columns) * box.width,
      y: ((Math.floor(index / picture.columns) + 0.5) / picture.rows) * box.height,
    },
  });
}

async function pickByKeyboard(page: Page, game: Locator, operand: Operand): Promise<void> {
  if (operand === 'one') {
    await game.getByRole('button', { name: '1, as it is' }).focus();
    return page.keyboard.press('Enter');
  }
  await choosePart(game, operand);
  const picture = cellPicture(pass, operand.quantity, operand.layer);
  const index = picture.indexOf(operand);
  await shelf(game, operand).focus();
  await page.keyboard.press('Home');
  for (let row = 0; row < Math.floor(index / picture.columns); row++) await page.keyboard.press('ArrowDown');
  for (let column = 0; column < index % picture.columns; column++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
}

function operandFor(cells: readonly Cell[]): Operand {
  const [first] = cells;
  if (!first) return 'one';
  const part = cells.length === 1 ? 'number' : first.quantity === 'weight' ? 'column' : 'all';
  return { ...first, part };
}

describe('be the network', () => {
  test('all eight numbers, by mouse and keyboard in turn: each comes out as the library has it, and is remembered', async () => {
    const { page, game, problems } = await gameOf(await open('backprop/'));
    for (const [n, { task }] of all.entries()) {
      const by = n % 2 === 0 ? 'keyboard' : 'mouse';
      for (const cells of task.slots) {
        const operand = operandFor(cells);
        await (by === 'mouse' ? pickByMouse(game, operand) : pickByKeyboard(page, game, operand));
      }
      const verdict = game.getByRole('status');
      await verdict.getByText('Right.').waitFor();
      // The sentence ends with the number: as it is, where it was handed on.
      const [printed] = /−?[\d.]+(?:e−?\d+)?(?=(?:, as it is)?\.$)/.exec((await verdict.textContent())!)!;
      const shown = Number(printed.replaceAll('−', '-'));
      expect(Math.abs(shown - pass.value(task.cell))).toBeLessThanOrEqual(0.005 * Math.abs(shown));
      const whole = game.getByRole('button', { name: /^Do the other/ });
      if (by === 'keyboard') {
        await whole.focus();
        await page.keyboard.press('Enter');
      } else await whole.click();
      await game.getByText(/^All .* yours is framed\.$/).waitFor();
      if (n < all.length - 1) await game.getByRole('button', { name: 'Next number' }).click();
    }
    await game.getByText('All 8 done.').waitFor();
    await page.reload();
    await game.scrollIntoViewIfNeeded();
    await game.getByRole('button', { name: 'Number 8, mastered' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('each recognised wrong pick is answered by what it would have meant, and the slot stays empty', async () => {
    const { game } = await gameOf(await opened());
    const row = (n: number) => all[n]!.task.cell.row;
    const column = (n: number) => all[n]!.task.cell.column;
    const number = { part: 'number', column: 0 } as const;
    const wrongPicks: [number, Operand, RegExp][] = [
      [1, { quantity: 'preActivation', layer: 2, ...number, row: column(1) }, /That is z/],
      [2, { quantity: 'activation', layer: 2, ...number, row: 0 }, /multiplied by 1/],
      [3, { quantity: 'weight', layer: 3, part: 'row', row: 4, column: 3 }, /transpose.*not even fit/],
      [4, { quantity: 'activationSlope', layer: 1, ...number, row: row(4) }, /mask of layer 1/],
      [5, { quantity: 'activation', layer: 2, ...number, row: row(5) }, /not what it is to blame for/],
      [6, { quantity: 'weight', layer: 2, part: 'row', row: 7, column: 0 }, /transpose.*would be/],
    ];
    for (const [n, operand, says] of wrongPicks) {
      await game.getByRole('button', { name: new RegExp(`^Number ${n + 1}`) }).click();
      await pickByMouse(game, operand);
      const { task } = all[n]!;
      const verdict = await game.getByRole('status').textContent();
      expect(verdict).toMatch(/^Not yet\. /);
      expect(verdict).toMatch(says);
      expect(await game.getByText('☐').count()).toBe(task.slots.length);
    }
  });

  test('hints come one at a time, the last of them exact', async () => {
    const { game } = await gameOf(await opened());
    await game.getByRole('button', { name: 'Number 7' }).click();
    await game.getByRole('button', { name: 'A hint' }).click();
    for (let n = 0; n < 2; n++) await game.getByRole('button', { name: 'Another hint' }).click();
    expect(await game.getByText(/^To be exact: column \d+ of W of layer 2/).count()).toBe(1);
    expect(await game.getByRole('button', { name: /hint/ }).count()).toBe(0);
  });

  test('at 360 px, dark, nothing is wider than the screen, and axe finds nothing', async () => {
    const { page, game } = await gameOf(await opened());
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await game.getByRole('button', { name: 'Number 4' }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await accessibilityProblems(page, game)).toEqual([]);
  });
});
