import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawOnPad, holdBack, useBrowser, usePage, wake } from './page.ts';

const open = useBrowser();
/** Enough for a machine of two cores that does other things too. */
const PATIENCE = { timeout: 120_000 };

const MISSING = 'What makes this work could not be fetched';

/** A file of which something else arrives, with an answer that says that all is well. */
const changed = (change: (body: Buffer) => Buffer) => async (route: Route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: change(await response.body()) });
};

/** What can become of a file on its way, and what is said of it. */
const faults = {
  'in which a byte is wrong': [
    changed((body) => {
      body[5000]! ^= 1;
      return body;
    }),
    'arrived damaged: its checksum is not',
  ],
  'that is cut short': [changed((body) => body.subarray(0, 5000)), 'has 5000 bytes where'],
  'that something in the browser blocks': [
    (route: Route) => route.abort('blockedbyclient'),
    'could not be fetched: is the connection there?',
  ],
} as const;

test('a figure whose script is blocked says so and tries again, with the focus and what was chosen meanwhile', async () => {
  const { page } = await open('forward/', { reducedMotion: true });
  await page.route('**/LossCurveIsland*', (route) => route.abort('blockedbyclient'));
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

describe('a shard of the digits', () => {
  const training = usePage('training/');
  const SHARD = '**/data/train-1.*';
  const step = async (page: Page) => {
    const figure = page.getByRole('figure', { name: 'Training console' });
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('fieldset[aria-disabled="false"]').first().waitFor();
    await figure.getByRole('button', { name: 'Step 1 batch' }).click();
    return figure;
  };

  for (const [fault, [spoil, says]] of Object.entries(faults)) {
    test(`${fault} is named`, async () => {
      const { page } = await training();
      await page.route(SHARD, spoil);
      const figure = await step(page);
      await figure.getByText(new RegExp(`train-1\\.\\w+\\.bin ${says}`)).waitFor(PATIENCE);
      await page.unroute(SHARD);
    });
  }

  test('is fetched anew when it is asked for again; that it is slow to come is said, and the work is done once it is here', async () => {
    const { page } = await training();
    const letGo = await holdBack(page, SHARD);
    const figure = await step(page);
    await figure.getByText(/^Fetching 60,000 digits: \d+\s%$/).waitFor(PATIENCE);
    await figure.getByRole('progressbar', { name: 'Digits fetched' }).waitFor();
    letGo();
    await figure.getByText(/^A batch of 32 digits/).waitFor(PATIENCE);
  });
});

const PATHS = {
  'npm test': ['layer/', 'backprop/fails/'],
  long: [
    '',
    'data/',
    'forward/',
    'backprop/',
    'backprop/trust/',
    'backprop/paths/',
    'regularization/inside/',
  ],
};
for (const [kind, paths] of Object.entries(PATHS)) {
  const tags = kind === 'long' ? [kind] : [];
  test.each(paths)(
    'on /%s each figure whose network or digits are blocked says so, asks for them again, and shows them then',
    { tags },
    async (path) => {
      const { page } = await open('teachers/');
      const FETCHED = '**/{models,data}/*.*';
      await page.route(FETCHED, (route) => route.abort('blockedbyclient'));
      await page.goto(new URL(`../${path}`, page.url()).href);
      await wake(page);
      const lacking = page.getByRole('figure').filter({ hasText: 'could not be fetched' });
      await expect.poll(() => lacking.count()).toBeGreaterThan(0);
      await page.waitForLoadState('networkidle');
      const again = { name: 'Try again' };
      for (const figure of await lacking.all())
        expect(await figure.getByRole('button', again).count(), (await figure.textContent())!).toBe(1);
      await page.unroute(FETCHED);
      // Those that share what was lacking each ask for themselves.
      for (let left = await lacking.count(); left > 0; left--) {
        await lacking.first().getByRole('button', again).click();
        await expect.poll(() => lacking.count()).toBeLessThan(left);
      }
      expect(await page.getByRole('button', again).count()).toBe(0);
      await expect.poll(() => page.getByText('on their way…').count()).toBe(0);
    },
  );
}

test('a network that was blocked is asked for again with the next digit too', async () => {
  const { page } = await open('teachers/');
  await page.route('**/models/*', (route) => route.abort('blockedbyclient'));
  await page.goto(new URL('../forward/', page.url()).href);
  const pass = page.getByRole('figure', { name: 'Forward pass, step by step' });
  await pass.scrollIntoViewIfNeeded();
  await pass
    .getByText(
      'The pass cannot be shown: original.safetensors could not be fetched: is the connection there? Try again.',
      { exact: true },
    )
    .waitFor();
  await page.unroute('**/models/*');
  await pass.getByRole('spinbutton', { name: 'Test image' }).fill('7');
  await pass.getByRole('spinbutton', { name: 'Test image' }).press('Enter');
  await pass.getByRole('button', { name: 'Next step' }).click();
  await pass.getByText('Step 1 of').first().waitFor();
  expect(await pass.getByText('cannot be shown').count()).toBe(0);
});

test('where the browser refuses all storage an answer counts, a digit is read, and nothing goes uncaught', async () => {
  const { page, problems } = await open('teachers/');
  await page.addInitScript(() => {
    const refused = {
      get: () => {
        throw new DOMException('storage is blocked', 'SecurityError');
      },
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, refused);
  });
  await page.goto(new URL('../backprop/', page.url()).href);
  const exercise = page.locator('[data-exercise="backprop/why-add"]');
  await exercise.scrollIntoViewIfNeeded();
  await exercise.getByText('Answers to choose from').click();
  await exercise.getByRole('radio').first().check();
  await exercise.getByRole('button', { name: 'Check' }).click();
  await exercise.getByText('✓ solved').waitFor();
  await page.goto(new URL('../draw/', page.url()).href);
  await page.getByText('Draw a digit: the pad is empty.').waitFor();
  await drawOnPad(page, [
    [
      [210, 70],
      [208, 350],
    ],
  ]);
  await page.getByText(/^Prediction: 1/).waitFor();
  expect(problems).toEqual([]);
});
