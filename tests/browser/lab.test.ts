import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { writeNpy } from '../../src/lib/models/npy.ts';
import { openNetwork } from '../../src/lib/models/open-network.ts';
import { randomNetwork } from '../unit/nn/networks.ts';
import { PUBLIC } from './sample.ts';
import { drawOnPad, hashOf, useBrowser } from './page.ts';
import { stored } from './stored.ts';

const open = useBrowser();
const PATIENCE = { timeout: 120_000 };

async function openLab(hash = '') {
  const { page, problems } = await open(`lab/${hash}`);
  const lab = page.getByRole('region', { name: 'Lab' });
  await lab.getByText('Nothing is trained yet').waitFor();
  return { page, lab, problems };
}

/** What a click on a button gives to save. */
async function saved(page: Page, name: string): Promise<{ file: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return { file: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe('the lab', () => {
  test('a run ends in the table, with its test figure; it is renamed, saved, opened again, kept, used and deleted', async () => {
    const { page, lab, problems } = await openLab('#v=1&layers=784,16,10&epochs=2');
    await expect.poll(() => lab.getByLabel('Layers', { exact: true }).inputValue()).toBe('784,16,10');
    await lab.getByRole('button', { name: 'Run', exact: true }).click();
    const row = lab.getByRole('row', { name: /784-16-10 .*\s%/ });
    await row.waitFor(PATIENCE);
    await lab
      .getByRole('status')
      .filter({ hasText: '784-16-10 stands in the table now, in row 1.' })
      .waitFor();
    expect(Number(/([\d.]+)\s%/.exec((await row.textContent())!)![1])).toBeGreaterThan(90);
    await row.getByLabel('Name of the run').fill('sixteen');
    await row.getByLabel('Name of the run').press('Enter');

    const { file, bytes } = await saved(page, 'Save sixteen as safetensors');
    expect(file).toBe('sixteen.safetensors');
    const { model, metadata } = openNetwork(bytes);
    expect(model.layers.map(({ units }) => units)).toEqual([16, 10]);
    expect(metadata).toMatchObject({ title: 'sixteen', epochs: 2, training: { layers: '784,16,10' } });
    const npz = await saved(page, 'Save sixteen as npz');
    expect(openNetwork(npz.bytes).model).toEqual(model);
    const csv = await saved(page, 'The table as CSV');
    expect(new TextDecoder().decode(csv.bytes).split('\n')[1]).toMatch(/^sixteen,784-16-10,MNIST,2,0\.9/);

    await lab
      .getByLabel(/^Open a network/)
      .setInputFiles(new URL('models/original.safetensors', PUBLIC).pathname);
    await lab.getByRole('row', { name: /784-32-32-10 .*97\.61\s%/ }).waitFor(PATIENCE);
    await lab
      .getByLabel(/^Open a network/)
      .setInputFiles({ name: 'x.npz', mimeType: '', buffer: Buffer.from('no network') });
    await lab.getByText(/x\.npz was not opened/).waitFor();

    await page.reload();
    await lab.getByRole('row', { name: /784-16-10/ }).waitFor(PATIENCE);
    await page.goto(new URL('../draw/', page.url()).href);
    await page.getByLabel('Read by').selectOption('From the lab: sixteen');
    await page.getByText(/^784-16-10\. It reads 9/).waitFor(PATIENCE);

    await page.goto(new URL('../lab/', page.url()).href);
    await lab.getByRole('button', { name: 'Delete sixteen' }).click();
    await lab.getByRole('row', { name: /784-16-10/ }).waitFor({ state: 'detached' });
    // The row goes at once; the store takes a moment.
    await expect.poll(async () => (await stored(page, 'lab')).length).toBe(1);
    await page.reload();
    await lab.getByRole('row', { name: /784-32-32-10/ }).waitFor(PATIENCE);
    expect(await lab.getByRole('row', { name: /784-16-10/ }).count()).toBe(0);
    expect(problems).toEqual([]);
  }, 240_000);

  test('a network that does not name its activations says what was assumed, and the reader says otherwise', async () => {
    const { lab, problems } = await openLab();
    const { layers } = randomNetwork([784, 9, 10], 'sigmoid', 'softmax').toModel();
    const arrays = layers.flatMap(({ units, inputs, weights, bias }, l) => [
      [`W${l + 1}.npy`, writeNpy([units, inputs], Float32Array.from(weights))],
      [`b${l + 1}.npy`, writeNpy([units], Float32Array.from(bias))],
    ]);
    const buffer = Buffer.from(zipSync(Object.fromEntries(arrays)));
    await lab.getByLabel(/^Open a network/).setInputFiles({ name: 'nameless.npz', mimeType: '', buffer });
    const assumed = lab.getByRole('status', { name: 'What was assumed of the network' });
    await assumed.getByText('hidden layers: ReLU was assumed').waitFor();
    const rows = lab.getByRole('row', { name: /784-9-10 .*\s%/ });
    await rows.waitFor(PATIENCE);
    const before = await rows.textContent();
    await assumed.getByLabel('Activation of its hidden layers').selectOption('sigmoid');
    await expect.poll(() => rows.textContent(), PATIENCE).not.toBe(before);
    await rows.waitFor(PATIENCE);
    expect(await rows.count()).toBe(1);
    expect(await assumed.getByLabel('Activation of its hidden layers').inputValue()).toBe('sigmoid');
    expect(problems).toEqual([]);
  });

  test('two runs are compared: what differs is a column of its own', async () => {
    const { lab } = await openLab('#v=1&layers=784,8,10&epochs=1&examples=2000');
    await lab.getByRole('button', { name: 'Run', exact: true }).click();
    await lab.getByRole('row', { name: /784-8-10 .*\s%/ }).waitFor(PATIENCE);
    await lab.getByLabel('Learning rate', { exact: true }).fill('0.01');
    await lab.getByRole('button', { name: 'Begin with this set-up' }).click();
    await lab.getByRole('button', { name: 'Run', exact: true }).click();
    await lab.getByRole('columnheader', { name: 'Learning rate' }).waitFor(PATIENCE);
    expect(await lab.getByRole('columnheader', { name: 'Seed' }).count()).toBe(0);
    await lab.getByRole('img', { name: /of 2 runs/ }).waitFor(PATIENCE);
  }, 120_000);

  test('a click in the very frame in which the set-up changes runs the set-up that has come, not the form of the last', async () => {
    const { page, lab } = await openLab();
    // What is around it says whether the lab is alive.
    await lab.locator('fieldset[aria-disabled="false"]').waitFor();
    await page.evaluate(() => {
      window.addEventListener('hashchange', async () => {
        // Long enough to draw anew, too short for the frame to be shown.
        for (let turn = 0; turn < 20; turn++) await undefined;
        [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Run')!.click();
      });
      location.hash = '#v=1&layers=784,8,10&epochs=1&examples=500';
    });
    await lab.getByRole('row', { name: /784-8-10 .*\s%/ }).waitFor(PATIENCE);
  }, 120_000);

  test('the address follows the set-up, and a broken one is said and replaced by the usual', async () => {
    const { page, lab } = await openLab('#v=1&layers=784,99999999,10');
    await lab.getByText(/The address holds no set-up that can be run: Layers must be/).waitFor();
    await lab.getByRole('button', { name: 'Overfit on 500' }).click();
    await expect.poll(() => hashOf(page)).toContain('examples=500');
    expect(await lab.getByLabel('Training images', { exact: true }).inputValue()).toBe('500');
    await lab.getByLabel('Layers', { exact: true }).fill('784,10,9');
    await lab.getByRole('button', { name: 'Begin with this set-up' }).click();
    await lab.getByText('Layers must end with the 10 digits, not with 9').waitFor();
  });

  test('digits are drawn to learn from, and are there on the next visit', async () => {
    const { page, lab } = await openLab();
    await lab.getByText('Draw digits to learn from').click();
    for (const x of [180, 240]) {
      await drawOnPad(page, [
        [
          [x, 80],
          [x, 340],
        ],
      ]);
      await lab.getByRole('radio', { name: '1', exact: true }).check();
      await lab.getByRole('button', { name: 'Add it to your digits' }).click();
    }
    await lab.getByText('You have 2.').waitFor();
    await expect.poll(async () => (await stored(page, 'datasets')).length).toBe(1);
    await page.reload();
    await lab.getByRole('combobox', { name: 'Data' }).selectOption('Your handwriting: 2 digits');
    await lab.getByLabel('Validation images', { exact: true }).fill('0');
  });

  test(
    'this machine is measured: the fast kernels against the plain loops',
    { tags: ['long'], timeout: 60_000 },
    async () => {
      const { lab } = await openLab();
      await lab.getByRole('button', { name: 'Measure' }).click();
      const text = await lab.getByText(/times as fast/).textContent(PATIENCE);
      console.info(text);
      expect(Number(/([\d.]+) times/.exec(text!)![1])).toBeGreaterThan(5);
    },
  );
});
