import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Network } from '../../src/lib/nn/network.ts';
import { Random } from '../../src/lib/nn/random.ts';
import { architectureOf, formatSetup, parseSetup } from '../../src/lib/training/setup.ts';
import { packSnapshot } from '../../src/lib/training/snapshot.ts';
import { useBrowser } from './page.ts';
import { stored, storedEpochs } from './stored.ts';

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
    await expect.poll(() => storedEpochs(later)).toBe(next);

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
    await expect.poll(() => storedEpochs(page)).toBe(1);
    await training.getByRole('button', { name: 'Reset' }).click();
    await training.getByText('Nothing is trained yet').waitFor();
    await expect.poll(() => storedEpochs(page)).toBeUndefined();
    await page.reload();
    const again = await consoleOf(page);
    await again.getByText('Nothing is trained yet').waitFor();
    expect(await stored(page, 'runs')).toEqual([]);
  }, 240_000);

  test(
    'of an earlier version of the site is there, brought to today’s form, and is gone on with',
    { tags: ['long'] },
    async () => {
      // A page of the site that opens no store.
      const { page, problems } = await open('teachers/');
      await page.evaluate(keepAsVersion3, earlierRun());
      await page.goto(new URL('../training/', page.url()).href);
      const training = await consoleOf(page);
      await training.getByText(/^After epoch 1: loss 0\.5,/).waitFor(PATIENCE);
      await training.getByRole('button', { name: 'Step 1 epoch' }).click();
      await training.getByText('All epochs are done. After epoch 2').waitFor(PATIENCE);
      const travel = page.getByRole('figure', { name: 'Time travel' });
      await travel.scrollIntoViewIfNeeded();
      await travel.getByText(/^After epoch 2 it reads/).waitFor(PATIENCE);
      await travel.getByLabel(/^Epoch/).fill('0');
      await travel.getByText(/^After epoch 0 it reads/).waitFor(PATIENCE);
      expect(await stored(page, 'runs')).toHaveLength(1);
      expect(problems).toEqual([]);
    },
  );

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

/** A run after one epoch of two, in what can be handed to a page: lists of numbers. */
function earlierRun() {
  const setup = parseSetup({ layers: '784,4,10', epochs: '2', validation: '54000' });
  const model = Network.initialize(architectureOf(setup), 'he', new Random(3)).toModel();
  const layers = model.layers.map((layer) => ({
    ...layer,
    weights: Array.from(layer.weights),
    bias: Array.from(layer.bias),
  }));
  return { setup: formatSetup(setup), layers, halves: Array.from(packSnapshot(0, model).values) };
}

/** In the page: keeps a run as version 3 of the store did, under `current` and its snapshots by epoch. */
function keepAsVersion3({ setup, layers, halves }: ReturnType<typeof earlierRun>): Promise<void> {
  const model = {
    layers: layers.map((layer) => ({
      ...layer,
      weights: Float32Array.from(layer.weights),
      bias: Float32Array.from(layer.bias),
    })),
  };
  const epochs = [{ epoch: 1, loss: 0.5, accuracy: 0.8, validation: undefined }];
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('backprop-by-hand', 3);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => {
      for (const name of ['datasets', 'runs', 'snapshots', 'lab']) opening.result.createObjectStore(name);
    };
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(['runs', 'snapshots'], 'readwrite');
      transaction
        .objectStore('runs')
        .put({ setup, epochs, points: [], last: { model, epochs: 1 } }, 'current');
      for (const epoch of [0, 1])
        transaction.objectStore('snapshots').put({ epoch, halves: Uint16Array.from(halves) }, epoch);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}
