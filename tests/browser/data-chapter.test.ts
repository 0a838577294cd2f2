import { readFile, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { siteData } from '../../src/build/site-data.ts';
import { csvRows } from '../../src/lib/data/csv.ts';
import { type Dataset, countLabels, imageOf, subset } from '../../src/lib/data/dataset.ts';
import { luckiestGuesser } from '../../src/lib/data/guessers.ts';
import { stratifiedSplit } from '../../src/lib/data/splits.ts';
import { distancesFromMean, pixelStatistics, shareOfValues } from '../../src/lib/data/statistics.ts';
import { Random } from '../../src/lib/nn/random.ts';
import {
  accessibilityProblems,
  type OpenOptions,
  type OpenedPage,
  pressAtOnce,
  useBrowser,
  usePage,
} from './page.ts';
import { stored } from './stored.ts';
import { formatNumber } from '../../src/explain/numbers.ts';
import { watchThreads } from './thread-time.ts';

const open = useBrowser();

let train: Dataset;
let testSet: Dataset;
let folder: string;
beforeAll(async () => {
  [train, testSet] = await Promise.all([siteData('sample-train'), siteData('sample-test')]);
  folder = await mkdtemp(join(tmpdir(), 'digits-'));
});

const openReady = (options: OpenOptions = {}) => ready(open('data/', options));

async function ready(opening: Promise<OpenedPage>): Promise<OpenedPage> {
  const opened = await opening;
  await opened.page.getByText('1,200 digits pass the filters.').waitFor();
  return opened;
}

/** Scrolls to a figure, and waits until it is alive: what it builds on is there then. */
async function figure(page: Page, name: string) {
  const found = page.getByRole('figure', { name });
  await found.scrollIntoViewIfNeeded();
  return found;
}

/** The CSV figure's file field, alive. */
async function csvField(page: Page) {
  const desk = await figure(page, 'Your own digits as CSV');
  await desk.getByRole('button', { name: '200 test digits' }).waitFor();
  return { desk, file: desk.getByLabel('Open a CSV file, or drop one here') };
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('the explorer', () => {
  const opened = usePage('data/');

  test('a pixel lights its place in the row, and a place in the row its pixel', async () => {
    const { page } = await ready(opened());
    const image = imageOf(train, 0);
    await page.getByRole('slider', { name: /in 28 × 28 pixels\. The arrow keys/ }).focus();
    await page.keyboard.press('ArrowRight');
    const says = (pixel: number) =>
      `Row ${Math.floor(pixel / 28)}, column ${pixel % 28} of the picture is number ${Math.floor(pixel / 28)} · 28 + ${pixel % 28} = ${pixel} of the row. Its byte is ${image[pixel]}, and the network is given ${image[pixel]} / 255 = ${formatNumber(Math.fround(image[pixel]! / 255), 4)}.`;
    await page.getByText(says(393)).waitFor();
    const slider = page.getByRole('slider', { name: 'Along the row' });
    expect(await slider.inputValue()).toBe('393');
    const ink = image.findIndex((byte) => byte > 0);
    await slider.fill(String(ink));
    await page.getByText(says(ink)).waitFor();
  });

  test('an opened digit shows its 784 bytes, all of them and in order', async () => {
    const { page } = await ready(opened());
    await page.getByRole('listbox').focus();
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
    await page.getByText('training image 3 of the sample', { exact: true }).waitFor();
    await button(page, 'Show its 784 numbers').click();
    const numbers = page.getByRole('region', { name: 'The 28 × 28 numbers of the digit' });
    const shown = await numbers.locator('span').allTextContents();
    expect(shown.slice(0, 784).map(Number)).toEqual([...imageOf(train, 3)]);
  });

  test('the pointer on a printed number points at that number, at any of the 784 places', async () => {
    const { page } = await ready(opened());
    const missed = await page.evaluate(async () => {
      const wrong: string[] = [];
      const numbers = document.querySelector<HTMLElement>('.numbers')!;
      // As for a reader whose browser has no letters smaller than these: three digits are wider than a column.
      numbers.style.fontSize = '16px';
      const cells = [...numbers.querySelectorAll('.byte')];
      for (const [pixel, cell] of cells.entries()) {
        const { left, top, width, height } = cell.getBoundingClientRect();
        const [clientX, clientY] = [left + width / 2, top + height / 2];
        numbers.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, bubbles: true }));
        await new Promise((drawn) => setTimeout(drawn));
        const said = document.querySelector('.vector-text')!.textContent;
        const expected = `= ${pixel} of the row. Its byte is ${cell.textContent},`;
        if (!said.includes(expected)) wrong.push(`${pixel}: ${said}`);
      }
      return wrong;
    });
    expect(missed).toEqual([]);
  });

  test('clicking a digit in the grid opens that one, also far down', async () => {
    const { page } = await ready(opened());
    const grid = page.getByRole('listbox');
    await grid.focus();
    await page.keyboard.press('End');
    await page.getByText('test image 199 of the sample', { exact: true }).waitFor();
    expect(await page.getByRole('listbox').getByRole('option').getAttribute('aria-posinset')).toBe('1200');
    await page.keyboard.press('Home');
    await grid.click({ position: { x: 44 * 2 + 20, y: 20 } });
    await page.getByText('training image 2 of the sample', { exact: true }).waitFor();
    expect(await page.getByRole('listbox').getByRole('option').textContent()).toBe(`A ${train.labels[2]}`);
  });

  test('filters by digit and by split, and counts what passes', async () => {
    const { page } = await ready(opened());
    const explorer = await figure(page, 'Explorer of the digits');
    await explorer.getByRole('button', { name: '7', exact: true }).click();
    const sevens = countLabels(train)[7]! + countLabels(testSet)[7]!;
    await page.getByText(`${sevens} digits pass the filters.`).waitFor();
    await explorer.getByRole('button', { name: 'test', exact: true }).click();
    await page.getByText(`${countLabels(testSet)[7]} digits pass the filters.`).waitFor();
    const first = testSet.labels.indexOf(7);
    await explorer.getByText(`test image ${first} of the sample`).waitFor();
  });

  test('all 70,000 come with progress, can be given up, and then scroll without a long frame', async () => {
    const { page, problems } = await openReady();
    // One file does not come until it is given up.
    let giveUp = () => {};
    const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
    await page.route('**/data/test-0.*', async (route) => {
      await givenUp;
      await route.abort().catch(() => {});
    });
    await button(page, 'all 70,000').click();
    await page.getByRole('progressbar', { name: 'Download of the digits' }).waitFor();
    await button(page, 'Cancel').click();
    await page.getByText('Here: a sample of 1,000 training digits, and 200 test digits.').waitFor();
    // The button is gone, and the focus with the one before it.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('all 70,000');
    giveUp();
    await page.unroute('**/data/test-0.*');
    await button(page, 'all 70,000').click();
    await page.getByText('70,000 digits pass the filters.').waitFor();
    await (
      await figure(page, 'Count, mean and deviation of each digit')
    )
      .getByText('Of all 60,000')
      .waitFor();
    const threads = await watchThreads(page);
    await page.getByRole('listbox').evaluate(async (grid) => {
      for (let n = 0; n < 60; n++) {
        grid.scrollTop = ((n * 7919) % 60) * (grid.scrollHeight / 60);
        await new Promise(requestAnimationFrame);
      }
    });
    const { page: all, longestTask } = await threads();
    const work = all / 60;
    console.info(
      `/data/: scrolling through the grid of 70,000 is ${work.toFixed(1)} ms of work a frame, at most ${longestTask.toFixed(0)} at once`,
    );
    expect(work).toBeGreaterThan(0.1);
    expect(work).toBeLessThan(16);
    expect(longestTask).toBeLessThan(50);
    expect(problems).toEqual([]);
  });
});

describe('the figures', () => {
  const opened = usePage('data/');

  test('counts, and whose images stray furthest from their mean, are those of the library', async () => {
    const { page } = await ready(opened());
    const statistics = pixelStatistics(train);
    const portraits = await figure(page, 'Count, mean and deviation of each digit');
    await portraits.getByText('Of a sample of 1,000 training digits.').waitFor();
    const counts = await portraits.getByRole('listitem').allTextContents();
    expect(counts.map((text) => Number(/^\d(\d+) /.exec(text)![1]))).toEqual([...statistics.labels]);
    const distances = distancesFromMean(statistics);
    const [most, least] = [Math.max(...distances), Math.min(...distances)].map((each) =>
      distances.indexOf(each),
    );
    await portraits.getByText(`The ${most}s stray furthest from their mean, the ${least}s least.`).waitFor();
  });

  test('the share of zeros is asked for before it is shown, and the histogram comes with it', async () => {
    const { page, problems } = await ready(opened());
    const histogram = await figure(page, 'Histogram of the pixel values');
    expect(await histogram.getByText(/80\.\d\s%/).count()).toBe(0);
    await histogram.getByRole('slider').fill('40');
    await histogram.getByRole('button', { name: 'Reveal' }).click();
    const truth = 100 * shareOfValues(pixelStatistics(train), 0, 0);
    await histogram
      .getByText(
        `You said 40\u00a0%, and it is ${truth.toFixed(1)}\u00a0%: ${(truth - 40).toFixed(1)} points more`,
      )
      .waitFor();
    const chart = histogram.getByRole('img', { name: 'How many pixels have each value', exact: true });
    await chart.waitFor();
    expect(await chart.locator('rect').count()).toBe(256);
    await histogram.getByRole('button', { name: 'without the zeros' }).click();
    await histogram
      .getByRole('img', { name: 'How many pixels have each value, without the zeros' })
      .waitFor();
    expect(problems).toEqual([]);
  });

  test('the split and the luckiest guesser are those of the library for the same seeds', async () => {
    const { page } = await ready(opened());
    const split = await figure(page, 'Training, validation and test images');
    await split.getByRole('slider').fill('25');
    const { picked } = stratifiedSplit(train, 250, new Random(1));
    await split
      .getByText(`images are training images ${[...picked.slice(0, 5)].join('; ')} of the sample.`)
      .waitFor();
    const row = split.getByRole('row', { name: /to validate/ });
    const cells = (await row.getByRole('cell').allTextContents()).map(Number);
    expect(cells).toEqual([250, ...countLabels(subset(train, picked))]);

    const guess = page.getByRole('article', { name: 'Guess first' }).nth(1);
    await guess.scrollIntoViewIfNeeded();
    await guess.getByRole('button', { name: 'Reveal' }).click();
    const lucky = luckiestGuesser(testSet.labels, train.labels.subarray(0, 200), 200, new Random(1));
    await guess
      .getByText(
        `The best of 200 reads ${(lucky.right / 2).toFixed(1)}\u00a0% of the 200 test digits that it was chosen by, and ${(lucky.rightElsewhere / 2).toFixed(1)}\u00a0% of 200 others.`,
      )
      .waitFor();
  });

  test('a wrong answer is explained, a right one is remembered', async () => {
    const { page } = await ready(opened());
    const exercise = page.getByRole('article', { name: 'Exercise' }).first();
    await exercise.scrollIntoViewIfNeeded();
    await exercise.getByRole('textbox').fill('154');
    await exercise.getByRole('button', { name: 'Check' }).click();
    await exercise.getByText('That is row 5, column 14').waitFor();
    await exercise.getByRole('textbox').fill('397');
    await page.keyboard.press('Enter');
    await exercise.getByText('Right.').waitFor();
    await page.reload();
    await exercise.scrollIntoViewIfNeeded();
    await exercise.getByText('✓ solved').waitFor();
    const choice = page.getByRole('article', { name: 'Exercise', exact: true }).nth(1);
    await choice.scrollIntoViewIfNeeded();
    await choice.getByText('Answers to choose from').click();
    await choice.getByRole('radio', { name: 'Because ten numbers' }).check();
    await choice.getByRole('button', { name: 'Check' }).click();
    await choice.getByText('They take more.').waitFor();
  });
});

describe('CSV', () => {
  test('bad rows are named; the good ones are kept, looked at, there after a reload, and written as they were read', async () => {
    const { page } = await openReady();
    const good = subset(train, [0, 1, 2, 3, 4, 5, 6, 7]);
    const rows = [...csvRows(good)];
    const spoiled = [...rows];
    spoiled[2] = spoiled[2]!.replace(/\d+\n$/, '12\n');
    spoiled[4] = spoiled[4]!.replace(/^0,/, '999,');
    spoiled[6] = '1,2,3\n';
    spoiled[7] = spoiled[7]!.replace(/^0,/, 'x,');
    await writeFile(join(folder, 'spoiled.csv'), spoiled.join(''));
    const { desk, file } = await csvField(page);
    await file.setInputFiles(join(folder, 'spoiled.csv'));
    const decision = desk.getByRole('region', { name: 'Rows that cannot be used' });
    await decision.waitFor();
    expect(await decision.getByRole('listitem').allTextContents()).toEqual([
      'Row 3 has the label "12", which is not a digit from 0 to 9',
      'Row 5 has "999" as pixel 0, which is outside 0 to 255',
      'Row 7 has 3 fields, not 785',
      'Row 8 has "x" as pixel 0, which is not a number',
    ]);
    await button(page, 'Keep the good rows').click();
    await desk.getByText('spoiled.csv: 4 digits are yours').waitFor();
    // They are on the page at once; the browser's store takes a moment.
    await expect.poll(async () => (await stored(page, 'datasets')).length).toBe(1);
    await page.reload();
    await desk.scrollIntoViewIfNeeded();
    await desk.getByText('spoiled.csv: 4 digits are yours').waitFor();
    await button(page, 'Look at them in the figures').click();
    await page.getByText('4 digits pass the filters.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, '4 of your digits').click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toBe([rows[0], rows[1], rows[3], rows[5], rows[8]].join(''));
  });

  test('a file without a good row is refused with its reason, and one that is unclear asks for the label', async () => {
    const { page } = await openReady();
    const { desk, file } = await csvField(page);
    await file.setInputFiles({
      name: 'poem.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('label,a\n1,2\n'),
    });
    await desk.getByText('poem.csv has no row that can be used: row 2 has 2 fields, not 785').waitFor();
    const unclear = `1,${Array(783).fill('0').join(',')},1\n`;
    await file.setInputFiles({ name: 'ones.csv', mimeType: 'text/csv', buffer: Buffer.from(unclear) });
    await desk.getByText('say which column it is').waitFor();
    await desk.getByRole('combobox', { name: 'Its label is' }).selectOption('first');
    await desk.getByText('ones.csv: 1 digits are yours').waitFor();
  });

  test('white paper is asked about and inverted with one click, also when the file is packed', async () => {
    const { page } = await openReady();
    const { desk, file } = await csvField(page);
    const some = subset(
      train,
      Array.from({ length: 20 }, (_, i) => i),
    );
    const white = { ...some, values: some.values.map((value) => 255 - value) };
    const buffer = gzipSync([...csvRows(white)].join(''));
    await file.setInputFiles({ name: 'white.csv.gz', mimeType: 'application/gzip', buffer });
    await desk.getByText('dark on white paper').waitFor();
    await desk
      .getByRole('combobox', { name: 'Its pictures are' })
      .selectOption('black ink on white: invert them');
    await desk.getByText('white.csv.gz: 20 digits are yours').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, '20 of your digits').click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toBe([...csvRows(some)].join(''));
  });

  for (const { set, rows, tags } of [
    { set: 'test', rows: '10,000', tags: [] },
    { set: 'train', rows: '60,000', tags: ['long'] },
  ] as const)
    test(`${rows} rows load while the page goes on, and can be given up`, { tags: [...tags] }, async () => {
      const { page } = await openReady();
      const whole = await siteData(set);
      const path = join(folder, 'whole.csv');
      await writeFile(path, csvRows(whole));
      const { desk, file } = await csvField(page);
      await file.setInputFiles(path);
      await pressAtOnce(page, 'Cancel', String.raw`\d rows, [1-9]\d*\s%`);
      await desk.getByText('Nothing opened yet.').waitFor();

      const threads = await watchThreads(page);
      await file.setInputFiles(path);
      await desk.getByText(`whole.csv: ${rows} digits are yours`).waitFor();
      const { longestTask } = await threads();
      console.info(
        `/data/: while ${rows} rows load, the longest task of the page is ${longestTask.toFixed(0)} ms`,
      );
      expect(longestTask).toBeGreaterThan(0);
      expect(longestTask).toBeLessThan(300);
    });
});

describe('the page', () => {
  test('with everything opened, wide and light, narrow and dark, is accessible and keeps its width', async () => {
    const { page, problems } = await openReady({ reducedMotion: true });
    await button(page, 'Show its 784 numbers').click();
    await (
      await figure(page, 'Histogram of the pixel values')
    )
      .getByRole('button', { name: 'Reveal' })
      .click();
    await page.getByRole('img', { name: 'How many pixels have each value' }).waitFor();
    const guess = page.getByRole('article', { name: 'Guess first' }).nth(1);
    await guess.scrollIntoViewIfNeeded();
    await guess.getByRole('button', { name: 'Reveal' }).click();
    await page.getByText('The best of 200 reads').waitFor();
    await figure(page, 'Your own digits as CSV');
    await page.getByText('Nothing opened yet.').waitFor();
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [360, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page), colorScheme).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(problems).toEqual([]);
  });

  test('without JavaScript there are digits, portraits, figures in words, and the answers', async () => {
    const { page } = await open('data/', { javaScript: false });
    await page.getByRole('img', { name: 'The first digits of the sample' }).waitFor();
    expect(await page.getByRole('img', { name: /^The mean \d$/ }).count()).toBe(10);
    const share = `${(100 * shareOfValues(pixelStatistics(train), 0, 0)).toFixed(1)}\u00a0%`;
    expect(await page.getByRole('table').first().textContent()).toContain(share);
    // Playwright's own text search passes over noscript.
    const answer = page.locator('noscript details').first();
    await answer.locator('summary').click();
    expect((await answer.locator('p').textContent())!.trim()).toBe('397');
    expect(await page.getByRole('button', { name: 'Check' }).count()).toBe(0);
  });
});
