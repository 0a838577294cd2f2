import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cellNumber, runInCell, writeInCell } from './cells.ts';
import { accessibilityProblems, useBrowser, usePage } from './page.ts';
import { watchThreads } from './thread-time.ts';

const open = useBrowser();

const ended = (cell: Locator) => cell.getByText(/^Run \d+ (?:ended|failed)|^It /);
const run = async (cell: Locator) => {
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await ended(cell).first().waitFor();
};

/** The scripts that a page has fetched so far, without their hashes, in lower case. */
const scripts = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => /_astro\/([\w-]+)[.-][\w-]+\.js$/.exec(name)?.[1] ?? '')
      .filter(Boolean),
  );

describe("a chapter's cells", () => {
  const opened = usePage('forward/', { reducedMotion: true });
  /** The page as the test before left it, its first two cells, and what went wrong so far. */
  const cells = async () => {
    const { page, problems } = await opened();
    return { page, problems, forward: cellNumber(page, 1), overflow: cellNumber(page, 2) };
  };

  test('are fetched when they are touched; one that needs another says so, and offers the way there', async () => {
    const { page, forward, overflow } = await cells();
    await forward.scrollIntoViewIfNeeded();
    await page.waitForLoadState('networkidle');
    const untouched = await scripts(page);
    expect(untouched.filter((name) => /cell|editor|notebook|worker|plot/i.test(name))).toEqual([]);
    expect(await forward.locator('pre').textContent()).toContain("await network('original')");

    // The second needs what the first makes, says so, and offers the way there.
    await run(overflow);
    await overflow.getByText('No cell has made').waitFor();
    await overflow.getByRole('button', { name: 'Run the cells above, then this one' }).click();
    await overflow.getByText(/and 1000 more Array/).waitFor();
    expect(await forward.getByText(/label \d scores Array\(10\)/).count()).toBe(1);
    expect(await scripts(page)).not.toContain('code-editor');
  });

  test('show an error at its place, and what has changed since it ran', async () => {
    const { page, overflow } = await cells();
    await runInCell(page, overflow, 'const fine: number = 1;\n\n  scores.nothing.there');
    await overflow.getByText(/Line 3, column 18: TypeError/).waitFor();
    expect(await overflow.locator('.cm-lintRange-error').textContent()).toBe('there');
    await overflow.getByText('changed since it ran').waitFor({ state: 'detached' });
    await page.keyboard.type(' ');
    await overflow.getByText('changed since it ran').waitFor();
  });

  test('are left again by keyboard: Escape, Tab, Shift and Enter', async () => {
    const { page, overflow } = await cells();
    // Escape leaves the editor, Tab goes on from there, Shift+Enter runs and moves on.
    // The first may close a list of names to choose from.
    for (let n = 0; n < 2; n++) await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Run');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // The editor takes the focus in a turn of its own, and the browser never answers to a text that goes nowhere.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.classList.contains('cell-editor')))
      .toBe(true);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText("show('written by hand', scores.length)");
    await page.keyboard.press('Shift+Enter');
    await overflow.getByText('written by hand 10').waitFor();
    // The third is the exercise's, and folded away.
    expect(await page.evaluate(() => document.activeElement?.closest('section')?.ariaLabel)).toBe(
      'Code cell 4',
    );
  });

  test('that never end are ended: by their guard, which leaves the names, or with the kernel; the page goes on meanwhile', async () => {
    const { page, overflow } = await cells();
    const threads = await watchThreads(page);
    await runInCell(page, overflow, 'while (true) {}');
    await overflow.getByText(/without a pause/).waitFor();
    await runInCell(page, overflow, 'scores.length');
    await overflow.getByText('10', { exact: true }).waitFor();
    for (const [code, says] of [
      ['const again = () => Promise.resolve().then(again);\nawait again();', /has not paused/],
      ['for (let n = 0; n < 1e12; n++);', /has not paused/],
      ['for (let n = 0; n < 1e6; n++) show(n);', /more than this page shows|has not paused/],
    ] as const) {
      await writeInCell(page, overflow, code);
      await page.keyboard.press('ControlOrMeta+Enter');
      await overflow.getByText(says).waitFor();
    }
    const { longestTask } = await threads();
    console.log(`/forward/: while cells flood, the longest task of the page is ${longestTask.toFixed(0)} ms`);
    expect(longestTask).toBeLessThan(200);
    await writeInCell(page, overflow, 'for (;;) await pause();');
    await page.keyboard.press('ControlOrMeta+Enter');
    await overflow.getByText('Runs.', { exact: true }).waitFor();
    await overflow.getByRole('button', { name: 'Stop' }).click();
    await overflow.getByText(/stopped/).waitFor();
  });

  test('hold an exercise: a wrong answer is told from what came, the right one is kept as solved', async () => {
    const { page, problems } = await cells();
    const exercise = page.getByRole('article', { name: 'Exercise: write it' });
    await exercise.getByText('Write it here').click();
    await exercise.getByRole('button', { name: 'Check' }).click();
    await exercise.getByText(/These are the exponentials/).waitFor();
    expect(await exercise.getByRole('definition').count()).toBe(3);
    await writeInCell(
      page,
      exercise,
      'const softmax = (z) => z.map((v) => 1 / z.reduce((s, w) => s + Math.exp(w - v), 0));',
    );
    await exercise.getByRole('button', { name: 'Check' }).click();
    await exercise.getByText('Right.').waitFor();

    expect(await accessibilityProblems(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("keep the reader's code, unasked and not run; reset brings the author's back", async () => {
    const { page, overflow } = await cells();
    await page.reload();
    await overflow.scrollIntoViewIfNeeded();
    await overflow.getByText('for (;;) await pause();').waitFor();
    expect(await ended(overflow).count()).toBe(0);
    await overflow.getByRole('button', { name: 'Reset' }).click();
    await overflow.getByText('function naive').waitFor();
    await overflow.getByText('for (;;) await pause();').waitFor({ state: 'detached' });
  });
});

test('a notebook: cells of one’s own, values in their forms, files and links', async () => {
  const { page, problems } = await open('notebook/', { width: 360, colorScheme: 'dark' });
  const [first, second] = [cellNumber(page, 1), cellNumber(page, 2)];
  await run(first);
  expect(await first.getByRole('img', { name: /^Digit: / }).count()).toBe(20);
  await runInCell(
    page,
    second,
    "import { Matrix } from 'lib/nn/matrix.ts';\nshow(new Matrix('float64', 2, 3), [{ a: 1 }, { a: 2.5 }]);\nPlot.barY([3, 1, 2]).plot({ width: 300 })",
  );
  await second.getByText('Matrix 2 × 3').waitFor();
  expect(await second.getByRole('cell', { name: '2.5' }).count()).toBe(1);
  expect(await second.locator('svg rect').count()).toBe(3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await accessibilityProblems(page)).toEqual([]);

  await second.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Add a cell' }).click();
  await runInCell(page, second, 'const answer = 6 * 7;\nanswer');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as .ipynb' }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, 'utf8')).cells).toHaveLength(2);
  await page.getByLabel('Open a notebook').setInputFiles({
    name: 'more.ts',
    mimeType: 'text/plain',
    buffer: Buffer.from('// %%\nanswer + 1\n'),
  });
  await page.getByText('more.ts: 1 cell was added').waitFor();
  await run(cellNumber(page, 3));
  await cellNumber(page, 3).getByText('43', { exact: true }).waitFor();
  await page.reload();
  await cellNumber(page, 3).getByText('answer + 1').waitFor();
  expect(problems).toEqual([]);
}, 120_000);

test('a figure opens in the notebook as code, which waits to be read and then does what the figure does', async () => {
  const { page, problems } = await open('backprop/');
  const stepper = page.getByRole('figure', { name: /Backward pass/ }).first();
  await stepper.getByRole('button', { name: 'Open in the notebook' }).click();
  const offered = page.getByRole('region', { name: 'Code from a link' });
  await offered.getByText('says that it comes from a figure about one digit').waitFor();
  await offered.getByRole('button', { name: 'Add it to my notebook' }).click();
  const added = page.getByRole('region', { name: /^Code cell/ }).filter({ hasText: 'net.backward()' });
  await added.getByRole('button', { name: 'Run all' }).click();
  await added.getByRole('slider', { name: '∂W3' }).waitFor();
  expect(problems).toEqual([]);
});
