import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeKernels } from '../../scripts/network/kernels.ts';
import { siteData } from '../../src/build/site-data.ts';
import { rowSoFar, tableRows } from '../../src/components/cures/cure-table.ts';
import { pointsSoFar, sizeSweep, widthSweep } from '../../src/components/cures/sweep.ts';
import { cureLabel, describeGap, describeTrial, formatOverSeeds } from '../../src/explain/cure-words.ts';
import { formatShare } from '../../src/explain/numbers.ts';
import { describeSizes, describeWidths } from '../../src/explain/sweep-words.ts';
import {
  describeBest,
  describeLengths,
  describeOrder,
  describeWrong,
} from '../../src/explain/wrong-label-words.ts';
import type { Dataset } from '../../src/lib/data/dataset.ts';
import type { Kernels } from '../../src/lib/nn/kernels/kernels.ts';
import { type CureName, curedRun, lessons, publishedRun } from '../../src/lib/training/cures.ts';
import {
  ExaminedRun,
  type Examined,
  type ExaminedSetup,
  type RunEnd,
} from '../../src/lib/training/examined-runs.ts';
import type { RunSoFar } from '../../src/state/run/run-queue.ts';
import { accessibilityProblems, useBrowser } from './page.ts';

const open = useBrowser();

/** Enough for a machine of two cores that does other things too. */
const PATIENCE = { timeout: 180_000 };

let data: { train: Dataset; test: Dataset; kernels: Kernels };
beforeAll(async () => {
  const [train, test_, kernels] = [await siteData('train'), await siteData('test'), await nodeKernels()];
  data = { train, test: test_, kernels };
});

/** The run of a page, by the library, with the kernels that the page's workers have. */
function run(asked: ExaminedSetup): RunSoFar & { readonly end: RunEnd } {
  const examined = new ExaminedRun(asked, data);
  const looks: Examined[] = [];
  for (;;) {
    const { epoch, looks: more, end } = examined.advance(Number.POSITIVE_INFINITY);
    looks.push(...more);
    if (end) return { epoch, looks, end };
  }
}

async function openFigure(
  name: string,
  path = 'regularization/',
): Promise<{ page: Page; figure: Locator; problems: string[] }> {
  const { page, problems } = await open(path);
  const figure = page.getByRole('figure', { name, exact: true });
  await figure.scrollIntoViewIfNeeded();
  // What is pressed before the page is alive is not heard.
  await expect.poll(() => figure.locator('xpath=.//astro-island[@ssr]').count()).toBe(0);
  return { page, figure, problems };
}

async function begin(figure: Locator, action: string): Promise<void> {
  await figure.getByRole('button', { name: action }).click();
  await figure.getByText(/^\d+ runs? done\.$/).waitFor(PATIENCE);
}

const reveal = (figure: Locator) => figure.getByRole('button', { name: 'Reveal' }).click();
const reads = (figure: Locator, text: string) => figure.getByText(text, { exact: true }).waitFor();

test('learnt by heart: all of its own images, and the gap to the test images is said after a guess', async () => {
  const { page, figure, problems } = await openFigure('Learnt by heart');
  await begin(figure, 'Learn 500 images by heart');
  const { last } = run(curedRun(lessons.clean, [], 1)).end;
  expect(last.training).toBe(1);
  expect(await figure.getByText(formatShare(last.test)).count()).toBe(0);
  await figure.getByLabel('Your guess').fill('95');
  await reveal(figure);
  await reads(figure, describeGap(last));
  await figure.getByRole('img', { name: `of what it learns from and ${formatShare(last.test)}` }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test('with a cure and without: any combination, on wrong labels too, and another one is guessed anew', async () => {
  const { figure } = await openFigure('With a cure and without');
  const cures: CureName[] = ['l2', 'early-stopping'];
  await figure.getByRole('checkbox', { name: /^early stopping/ }).check();
  await figure.getByLabel(/^Make some labels wrong/).fill('0.4');
  await begin(figure, 'Train both');
  const lesson = { ...lessons.clean, wrongLabels: 0.4 };
  const [without, cured] = [[], cures].map((each) => run(curedRun(lesson, each, 1)).end.last);
  await reveal(figure);
  await figure.getByText(describeTrial(without!, cured!, cures)).waitFor();
  await figure
    .getByRole('row', { name: /^L2 and early stopping 500 images, 40\s% of their labels wrong/ })
    .waitFor();
  // Others are not known before they have been trained.
  await figure.getByRole('checkbox', { name: /^L2/ }).uncheck();
  expect(await figure.getByRole('button', { name: 'Reveal' }).getAttribute('aria-disabled')).toBe('true');
});

test.each([
  ['The cures, without wrong labels', 'Measure', 'regularization/'],
  ['Wrong labels', 'Learn 2,000 images', 'regularization/'],
  ['More images', 'Measure', 'regularization/more/'],
  ['More units', 'Measure at 12 widths', 'regularization/more/'],
])('%s: begun, paused, gone on with and called off', async (name, action, path) => {
  const { figure, problems } = await openFigure(name, path);
  await figure.getByRole('button', { name: action, exact: true }).click();
  await figure.getByText(/^\d+ runs to do\. /).waitFor(PATIENCE);
  await figure.getByRole('button', { name: 'Pause' }).click();
  await figure.getByText('Paused.', { exact: true }).waitFor();
  await figure.getByRole('button', { name: 'Go on' }).click();
  await figure.getByRole('button', { name: 'Pause' }).waitFor();
  await figure.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => figure.getByRole('progressbar').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('the table: measured with one seed, as the library measures it', { tags: ['long'] }, async () => {
  const { figure } = await openFigure('The cures, without wrong labels');
  await figure.getByRole('radio', { name: 'augmentation' }).check();
  await figure.getByLabel('Seeds').fill('1');
  await begin(figure, 'Measure');
  for (const [row, { label, cures }] of tableRows.entries()) {
    // The images' distortion takes its time: what it comes to is seen below.
    if (cures.includes('augmentation')) continue;
    const runs = tableRows.map((_, n) =>
      n === row ? run(curedRun(lessons.clean, cures, 1)) : { epoch: 0, looks: [], end: undefined },
    );
    const { training, test: read } = rowSoFar(runs, row)!;
    const cells = figure.getByRole('row', { name: new RegExp(`^${label}\\b`) }).getByRole('cell');
    expect((await cells.allTextContents()).slice(0, 2)).toEqual([training, read].map(formatOverSeeds));
  }
  await figure
    .getByText(/^You said augmentation, and you saw it coming\. Of these, augmentation reads the most/)
    .waitFor();
  await figure.getByText(/Better than nothing with the one seed: .*augmentation/).waitFor();
});

test(
  'wrong labels: when they are learnt beside the right ones, which they are, and what they cost',
  { tags: ['long'] },
  async () => {
    const { figure } = await openFigure('Wrong labels');
    await begin(figure, 'Learn 2,000 images');
    const looks = Array.from({ length: 101 }, (_, epoch) => epoch);
    const wrong = run(curedRun(lessons.noisy, [], 1, looks));
    await reveal(figure);
    await reads(figure, `${describeOrder(wrong.looks)} ${describeBest(wrong.looks)}`);
    expect(describeOrder(wrong.looks)).toContain('the wrong ones are learnt last');
    await figure.getByText(describeWrong(wrong.end)).waitFor();
    await figure.getByRole('button', { name: 'learnt last' }).click();
    const list = figure.getByRole('list', { name: 'Wrong labels learnt last' });
    const learnt = wrong.end.wrong.filter(({ learntAt }) => learntAt !== undefined);
    const { truth, label, learntAt } = learnt.at(-1)!;
    expect(await list.getByRole('listitem').first().textContent()).toBe(
      `a ${truth}, called ${label}: epoch ${learntAt}`,
    );
    const [right, penalised] = [
      run(curedRun({ ...lessons.noisy, wrongLabels: 0 }, [], 1)),
      run(curedRun(lessons.noisy, ['l2'], 1)),
    ].map(({ end }) => end.last);
    await reads(figure, describeLengths({ wrong: wrong.end.last, right: right!, penalised: penalised! }));
    expect(wrong.end.last.weightNorm).toBeGreaterThan(right!.weightNorm);
  },
);

describe('more of everything', { tags: ['long'] }, () => {
  test('more images, with a cure and without', async () => {
    const { figure } = await openFigure('More images', 'regularization/more/');
    await figure.getByLabel('Beside nothing').selectOption('dropout');
    await figure.getByLabel('Seeds').fill('1');
    await figure.getByRole('button', { name: '3,000', exact: true }).click();
    await begin(figure, 'Measure');
    await reveal(figure);
    const sweep = sizeSweep('dropout', 1, 3000);
    const runs = sweep.map((each) => run(each.run));
    const [plain, cured] = [0, 1].map((line) => pointsSoFar(sweep, runs, line));
    await reads(figure, describeSizes(plain!, cured!, cureLabel('dropout')));
  });

  test('more units', async () => {
    const { figure } = await openFigure('More units', 'regularization/more/');
    await figure.getByRole('button', { name: '500 images' }).click();
    await figure.getByLabel('Seeds').fill('1');
    await begin(figure, 'Measure at 12 widths');
    const sweep = widthSweep(lessons.clean, 1);
    const points = pointsSoFar(
      sweep,
      sweep.map((each) => run(each.run)),
      0,
    );
    await figure.getByText(describeWidths(points)).first().waitFor();
  });
});

test(
  'the published experiment: two epochs of it here, beside the published figures and the shipped network’s',
  { tags: ['long'] },
  async () => {
    const { figure } = await openFigure('The published experiment', 'regularization/more/');
    await figure.getByRole('row', { name: 'published 1,000 99.28 % 97.54 % 45 min 0 s' }).waitFor();
    await figure.getByLabel('Epochs').fill('2');
    await begin(figure, 'Run it');
    const { last } = run(publishedRun(2)).end;
    const shares = [last.training, last.test].map((share) => formatShare(share, 2));
    await figure.getByRole('row', { name: `ours, here and now 2 ${shares.join(' ')}` }).waitFor();
    await figure
      .getByText(`reads ${shares[0]} of the training images and ${shares[1]} of the test images.`)
      .waitFor();
  },
);
