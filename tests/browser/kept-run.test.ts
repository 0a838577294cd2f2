import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './page.ts';

const open = useBrowser();

/** Enough for a machine of two cores that does other things too. */
const PATIENCE = { timeout: 120_000 };

const AFTER_AN_EPOCH = /^After epoch (\d+): loss/;

async function consoleOf(page: Page): Promise<Locator> {
  const training = page.getByRole('figure', { name: 'Training console' });
  await training.scrollIntoViewIfNeeded();
  await expect.poll(() => training.getByRole('button', { name: 'New seed' }).isEnabled()).toBe(true);
  return training;
}

async function begin(training: Locator, options: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(options)) {
    await training.getByLabel(label, { exact: true }).fill(value);
  }
  await training.getByRole('button', { name: 'Begin with this set-up' }).click();
}

describe('the run that the browser keeps', () => {
  test('is open in one tab at a time: a later one says so, takes it over, and the earlier stops', async () => {
    const { page, problems } = await open('training/');
    const first = await consoleOf(page);
    await begin(first, { Epochs: '500' });
    await first.getByRole('button', { name: 'Run', exact: true }).click();
    await first.getByText(AFTER_AN_EPOCH).waitFor(PATIENCE);

    const later = await page.context().newPage();
    await later.goto(page.url());
    const second = await consoleOf(later);
    await second.getByText('Your run is open in another tab').waitFor(PATIENCE);
    await second.getByRole('button', { name: 'Take it over' }).click();
    await first.getByText('Another tab has taken your run over').waitFor(PATIENCE);
    await first.getByRole('button', { name: 'Run', exact: true }).waitFor(PATIENCE);
    await second.getByRole('button', { name: 'Take it over' }).waitFor({ state: 'detached' });
    const taken = await second.getByText(AFTER_AN_EPOCH).textContent(PATIENCE);
    const next = Number(AFTER_AN_EPOCH.exec(taken!)![1]) + 1;
    await second.getByRole('button', { name: 'Step 1 epoch' }).click();
    await second.getByText(`After epoch ${next}: loss`).waitFor(PATIENCE);

    // The page loaded anew is the same tab: nothing is open elsewhere.
    await page.close();
    await later.reload();
    const again = await consoleOf(later);
    await again.getByText(`After epoch ${next}: loss`).waitFor(PATIENCE);
    expect(await again.getByRole('button', { name: 'Take it over' }).count()).toBe(0);
    expect(problems).toEqual([]);
  }, 240_000);

  test('after a reset is gone, on the next visit too', async () => {
    const { page } = await open('training/');
    const training = await consoleOf(page);
    await training.getByRole('button', { name: 'Step 1 epoch' }).click();
    await training.getByText(/^After epoch 1: loss/).waitFor(PATIENCE);
    await training.getByRole('button', { name: 'Reset' }).click();
    await training.getByText('Nothing is trained yet').waitFor();
    await page.reload();
    const again = await consoleOf(page);
    await again.getByText('Nothing is trained yet').waitFor();
    await expect.poll(() => page.evaluate(countKeptRuns)).toBe(0);
    expect(await again.getByText('Nothing is trained yet').count()).toBe(1);
  }, 240_000);

  test('with steps far too long is read by time travel as it was in training, and nothing goes uncaught', async () => {
    const { page, problems } = await open('training/');
    const training = await consoleOf(page);
    await begin(training, { 'Learning rate': '10' });
    await training.getByRole('button', { name: 'Step 1 epoch' }).click();
    const sentence = await training.getByText(/^After epoch 1: loss/).textContent(PATIENCE);
    const trained = Number(/([\d.]+)\s% of what was held back/.exec(sentence!)![1]);
    const travel = page.getByRole('figure', { name: 'Time travel' });
    await travel.scrollIntoViewIfNeeded();
    const read = await travel.getByText(/^After epoch 1 it reads/).textContent(PATIENCE);
    expect(read).not.toContain('NaN');
    expect(Math.abs(Number(/reads ([\d.]+)\s%/.exec(read!)![1]) - trained)).toBeLessThan(3);
    expect(problems).toEqual([]);
  }, 240_000);
});

/** In the page: how many runs the browser's store has. */
function countKeptRuns(): Promise<number> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('backprop-by-hand');
    opening.onsuccess = () => {
      const count = opening.result.transaction('runs').objectStore('runs').count();
      count.onsuccess = () => resolve(count.result);
      opening.result.close();
    };
  });
}
