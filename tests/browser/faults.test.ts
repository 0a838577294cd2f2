import { expect, test } from 'vitest';
import { useBrowser } from './page.ts';

const open = useBrowser();
/** Enough for a machine of two cores that does other things too. */
const PATIENCE = { timeout: 120_000 };

const MISSING = 'What makes this work could not be fetched';

test('a figure whose script cannot be fetched says so and tries again, with the focus and what was chosen meanwhile', async () => {
  const { page } = await open('forward/', { reducedMotion: true });
  await page.route('**/LossCurveIsland*', (route) => route.abort());
  const slider = page.getByRole('slider', { name: 'Probability of the true label' });
  await slider.fill('0.5');
  await page.getByText(MISSING).waitFor();
  await page.unroute('**/LossCurveIsland*');
  await page.getByRole('button', { name: 'Try again' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('At p = 0.5 the loss is −ln 0.5 = 0.693.').waitFor();
  expect(await page.getByText(MISSING).count()).toBe(0);
  expect(await slider.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('a cell whose script cannot be fetched says so, and one that is still not there asks for the page anew', async () => {
  const { page } = await open('forward/');
  await page.route('**/CellIsland*', (route) => route.fulfill({ status: 404 }));
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await page.getByText(MISSING).first().waitFor();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await page.getByRole('button', { name: 'Reload the page' }).first().waitFor();
  await page.unroute('**/CellIsland*');
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Reload the page' }).first().click(),
  ]);
  expect(await page.getByText(MISSING).count()).toBe(0);
});

test('kernels that cannot be fetched are missed in words, and training goes on without them', async () => {
  const { page } = await open('lab/#v=1&layers=784,8,10&epochs=1&examples=500');
  await page.route('**/*.wasm', (route) => route.abort());
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText(/^All epochs are done\. After epoch 1/).waitFor(PATIENCE);
  await page
    .getByText(/fast kernels could not be fetched: plain loops do their work/)
    .first()
    .waitFor();
});

test('a shard of the digits in which a byte is wrong is named, and fetched anew when it is asked for again', async () => {
  const { page } = await open('training/');
  await page.route('**/data/train-1.*', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[5000]! ^= 1;
    await route.fulfill({ response, body });
  });
  const training = page.getByRole('figure', { name: 'Training console' });
  await training.scrollIntoViewIfNeeded();
  await training.locator('fieldset[aria-disabled="false"]').first().waitFor();
  await training.getByRole('button', { name: 'Step 1 batch' }).click();
  await training.getByText(/train-1\.\w+\.bin/).waitFor(PATIENCE);
  await page.unroute('**/data/train-1.*');
  await training.getByRole('button', { name: 'Step 1 batch' }).click();
  await training.getByText(/^A batch of 32 digits/).waitFor(PATIENCE);
});
