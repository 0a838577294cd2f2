import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { type PadPoint, drawOnPad, useBrowser } from './page.ts';
import { watchThreads } from './thread-time.ts';

const open = useBrowser();

/** A stroke of the pen that everybody reads as a 1. */
const UPRIGHT: readonly PadPoint[][] = [
  [
    [210, 70],
    [208, 350],
  ],
];

/** Enough for a machine of two cores that does other things too. */
const PATIENCE = { timeout: 120_000 };
/** Where it does not matter how many digits are learnt from: all but these. */
const FEW = { 'Validation images': '54000' };

async function openConsole(): Promise<{ page: Page; training: Locator; problems: string[] }> {
  const { page, problems } = await open('training/');
  const training = page.getByRole('figure', { name: 'Training console' });
  await training.scrollIntoViewIfNeeded();
  await training.getByText('Nothing is trained yet').waitFor();
  // Before the page is alive nothing can be pressed or written.
  await training.locator('fieldset[aria-disabled="false"]').first().waitFor();
  return { page, training, problems };
}

async function choose(training: Locator, options: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(options)) {
    await training.getByLabel(label, { exact: true }).fill(value);
  }
  await training.getByRole('button', { name: 'Begin with this set-up' }).click();
}

describe('the training console', () => {
  test('two epochs on all 60,000 digits, with steps and pauses; kept over a reload; offered on the drawing page', async () => {
    const { page, training, problems } = await openConsole();
    await choose(training, { 'Validation images': '0', Epochs: '2' });
    const threads = await watchThreads(page);

    await training.getByRole('button', { name: 'Step 1 example' }).click();
    await training.getByText(/^One digit, a \d: its loss was/).waitFor(PATIENCE);
    await training.getByRole('button', { name: 'Step 1 batch' }).click();
    await training.getByText(/^A batch of 32 digits: their loss was/).waitFor(PATIENCE);
    await training.getByText('Epoch 0.00 of 2').waitFor(PATIENCE);
    await training.getByLabel('Speed').selectOption('10 batches a second');
    await training.getByRole('button', { name: 'Run', exact: true }).click();
    await training.getByText('Epoch 0.01 of 2').waitFor(PATIENCE);
    await training.getByRole('button', { name: 'Pause' }).click();
    await training.getByRole('button', { name: 'Run', exact: true }).waitFor(PATIENCE);
    await training.getByRole('status').filter({ hasText: 'Paused.' }).waitFor();
    await training.getByRole('button', { name: 'Step 1 epoch' }).click();
    await training.getByText(/^After epoch 1: loss/).waitFor(PATIENCE);
    await training.getByText('Epoch 1 of 2').waitFor(PATIENCE);
    await training.getByLabel('Speed').selectOption('as fast as it can');
    await training.getByRole('button', { name: 'Run', exact: true }).click();
    await training.getByText('All epochs are done. After epoch 2').waitFor(PATIENCE);
    const { longestTask } = await threads();
    console.info(`the longest task of the page during the run: ${longestTask.toFixed(0)} ms`);
    expect(longestTask).toBeLessThanOrEqual(100);

    await readTheCurves(page, training);

    const travel = page.getByRole('figure', { name: 'Time travel' });
    await travel.scrollIntoViewIfNeeded();
    const sentence = await travel.getByText(/^After epoch 2 it reads/).textContent(PATIENCE);
    const accuracy = Number(/reads ([\d.]+)\s%/.exec(sentence!)![1]);
    console.info(`after two epochs it reads ${accuracy} % of the test images`);
    expect(accuracy).toBeGreaterThan(94);
    await travel.getByLabel(/^Epoch/).fill('0');
    await travel.getByText(/^After epoch 0 it reads/).waitFor(PATIENCE);
    await travel.getByText(/^Prediction: \d.*after epoch 0/).waitFor(PATIENCE);

    // A digit drawn beside it, as the network of either time sees it.
    await travel.getByText('Draw the digit yourself').click();
    await drawOnPad(page, UPRIGHT);
    await travel.getByRole('radio', { name: '1' }).check();
    await travel.getByText('Your drawing, a 1 as you say.').waitFor(PATIENCE);
    await travel.getByLabel(/^Epoch/).fill('2');
    await travel
      .getByText(/^Prediction: 1, .* after epoch 2\. It is a 1: read right ever since epoch \d\.$/)
      .waitFor(PATIENCE);

    await page.reload();
    const again = page.getByRole('figure', { name: 'Training console' });
    await again.scrollIntoViewIfNeeded();
    await again.getByText('All epochs are done. After epoch 2').waitFor(PATIENCE);

    await page.goto(new URL('../draw/', page.url()).href);
    await page.getByLabel('Read by').selectOption('Yours, after 2 epochs');
    await page.getByText('784-32-32-10, trained by you.').waitFor(PATIENCE);
    await drawOnPad(page, UPRIGHT);
    await page.getByText(/^Prediction: 1/).waitFor(PATIENCE);
    expect(problems).toEqual([]);
  }, 240_000);

  test(
    'a worker that is killed in the middle is noticed, and the run goes on with its history',
    { tags: ['long'], timeout: 240_000 },
    async () => {
      const { page, training } = await openConsole();
      await page.clock.install();
      await choose(training, { Epochs: '3', ...FEW });
      await training.getByRole('button', { name: 'Step 1 epoch' }).click();
      await training.getByText(/^After epoch 1: loss/).waitFor(PATIENCE);
      const worker = page.workers().find((each) => each.url().includes('trainer'))!;
      await training.getByLabel('Speed').selectOption('2 batches a second');
      await training.getByRole('button', { name: 'Run', exact: true }).click();
      await training.getByText(/^Epoch 1\.0\d of 3$/).waitFor(PATIENCE);
      await worker.evaluate(() => close());
      // The silence by which a dead worker is known goes by at once.
      await page.clock.runFor(21_000);
      await training.getByText(/had stopped: it has not answered for 20 seconds.*epoch 1/).waitFor(PATIENCE);
      await training.getByLabel('Speed').selectOption('as fast as it can');
      await training.getByText('All epochs are done. After epoch 3').waitFor(PATIENCE);
    },
  );

  test('a page that was asleep in mid-epoch goes on where it was: its worker is not taken for dead, and its history is whole', async () => {
    const { page, training } = await openConsole();
    await page.clock.install();
    await choose(training, { Epochs: '4' });
    await training.getByRole('button', { name: 'Run', exact: true }).click();
    await training.getByText(/^Epoch [01]\.\d\d of 4$/).waitFor(PATIENCE);
    // As by a lid that is closed and opened, or a tab that the browser freezes: all that is due meanwhile is done once.
    await page.clock.fastForward(3_600_000);
    await training.getByText('All epochs are done. After epoch 4').waitFor(PATIENCE);
    expect(await training.getByText('had stopped').count()).toBe(0);
    const travel = page.getByRole('figure', { name: 'Time travel' });
    await travel.scrollIntoViewIfNeeded();
    await expect.poll(() => travel.getByLabel(/^Epoch/).getAttribute('max')).toBe('4');
  });

  test('where the browser keeps nothing it says so, and training goes on', async () => {
    const { page } = await open('');
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        value: {
          open: () => {
            throw new DOMException('storage is blocked', 'SecurityError');
          },
        },
      });
    });
    await page.goto(new URL('training/', page.url()).href);
    const training = page.getByRole('figure', { name: 'Training console' });
    await training.scrollIntoViewIfNeeded();
    await choose(training, { Epochs: '2', ...FEW });
    await training.getByRole('button', { name: 'Run', exact: true }).click();
    await training.getByText('All epochs are done. After epoch 2').waitFor(PATIENCE);
    await training
      .getByText(/Your network is not kept in this browser: .*storage is blocked/)
      .waitFor(PATIENCE);
  }, 240_000);

  test('a set-up that cannot be is refused beside its field; the run stays', async () => {
    const { training } = await openConsole();
    await choose(training, { 'Learning rate': '-1' });
    await training.getByText('Learning rate must be a number from 1e-8 to 1000, not -1').waitFor();
    await training.getByText('Nothing is trained yet').waitFor();
    await training.getByLabel('Learning rate', { exact: true }).fill('1000');
    await training.getByLabel('Activation', { exact: true }).fill('linear');
    await training.getByRole('button', { name: 'Begin with this set-up' }).click();
    await training.getByRole('button', { name: 'Run', exact: true }).click();
    await training.getByText('The loss is not a number any more').waitFor(PATIENCE);
    await training.getByRole('button', { name: /Back to epoch 0, with a tenth/ }).click();
    expect(await training.getByLabel('Learning rate', { exact: true }).inputValue()).toBe('100');
  }, 120_000);

  test('everything is done by keyboard too', async () => {
    const { page, training } = await openConsole();
    await training.getByLabel('Epochs', { exact: true }).focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Run');
    await page.keyboard.press('Enter');
    await training.getByText('All epochs are done. After epoch 1').waitFor(PATIENCE);
    const travel = page.getByRole('figure', { name: 'Time travel' });
    await travel.scrollIntoViewIfNeeded();
    await travel.getByText(/^After epoch 1 it reads/).waitFor(PATIENCE);
    await travel.getByLabel(/^Epoch/).focus();
    await page.keyboard.press('Home');
    await travel.getByText(/^After epoch 0 it reads/).waitFor(PATIENCE);
  }, 120_000);
});

const LANES = ['η = 0.001', 'η = 0.01', 'η = 0.1', 'η = 1', 'η = 10'];

/** The curves at their end, by the slider at their beginning, and by pointing in between. */
async function readTheCurves(page: Page, training: Locator): Promise<void> {
  const slider = training.getByRole('slider', { name: 'Read at epoch' });
  const read = async () => {
    const text = (await slider.getAttribute('aria-valuetext'))!;
    const [, epoch, loss] =
      /^epoch ([\d.]+): learnt from loss ([\d.]+), [\d.]+\s% read right$/.exec(text) ?? [];
    return { text, epoch: Number(epoch), loss: Number(loss) };
  };
  await expect.poll(async () => (await read()).epoch).toBe(2);
  const end = await read();
  const shares = training.getByRole('img', { name: /^Share read right/ });
  await expect.poll(() => shares.getByText('100', { exact: true }).count()).toBe(1);
  const chart = training.getByRole('img', { name: /^Loss over the epochs/ });
  await chart.scrollIntoViewIfNeeded();
  const box = (await chart.boundingBox())!;
  await page.mouse.move(box.x + 0.15 * box.width, box.y + 0.5 * box.height);
  await expect.poll(async () => (await read()).epoch).toBeLessThan(0.5);
  expect((await read()).loss).toBeGreaterThan(end.loss);
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(async () => (await read()).text).toBe('epoch 0.00: learnt from nothing yet');
  await page.keyboard.press('End');
  await expect.poll(async () => (await read()).text).toBe(end.text);
}

describe('the other figures of the chapter', () => {
  test(
    'a weight’s biography: the digits that push it, summed',
    { tags: ['long'], timeout: 240_000 },
    async () => {
      const { page, training } = await openConsole();
      await choose(training, { Epochs: '2', ...FEW });
      await training.getByRole('button', { name: 'Run', exact: true }).click();
      await training.getByText('All epochs are done').waitFor(PATIENCE);
      const biography = page.getByRole('figure', { name: 'Biography of a weight' });
      await biography.scrollIntoViewIfNeeded();
      await biography.getByRole('button', { name: 'Ask all 60,000 digits' }).click();
      const text = await biography.getByText(/digits push it up/).textContent(PATIENCE);
      const [up, down, rest] = [...text!.matchAll(/([\d,]+) (?:digits|push|have)/g)].map(([, number]) =>
        Number(number!.replaceAll(',', '')),
      );
      expect(up! + down! + rest!).toBe(60_000);
      console.info(text);

      const landscape = page.getByRole('figure', { name: 'Slice of the loss landscape' });
      await landscape.scrollIntoViewIfNeeded();
      await landscape.getByRole('button', { name: 'Measure the slice' }).click();
      await landscape.getByText(/^Loss on 1,000 training images/).waitFor(PATIENCE);
    },
  );

  test(
    'the race of learning rates: the longest steps never learn, and the best do',
    { tags: ['long'], timeout: 240_000 },
    async () => {
      const { page } = await open('training/');
      const race = page.getByRole('figure', { name: 'Learning rates side by side' });
      await race.scrollIntoViewIfNeeded();
      await race.getByRole('radio', { name: 'η = 10', exact: true }).check();
      await race.getByRole('button', { name: 'Start the race' }).click();
      await race.getByText('All have arrived.').waitFor(PATIENCE);
      const share = async (name: RegExp) =>
        Number.parseFloat((await race.getByRole('row', { name }).getByRole('cell').last().textContent())!);
      expect(await share(/η = 10 /)).toBeLessThan(15);
      expect(await share(/η = 0.1 /)).toBeGreaterThan(93);
      const verdict = await race.getByText(/^You said η = 10\./).textContent();
      const [, winner, percent] = /held back, (.*) reads the most: ([\d.]+)\s%/.exec(verdict!)!;
      const shares = await Promise.all(LANES.map((lane) => share(new RegExp(`${lane} `))));
      expect(winner).toBe(LANES[shares.indexOf(Math.max(...shares))]);
      expect(Number(percent)).toBe(Math.max(...shares));
    },
  );
});

/** Presses Tab until the button with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
  }
  throw new Error(`60 tabs did not lead to ${name}`);
}
