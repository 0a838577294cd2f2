import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawOnPad, hashOf, useBrowser } from './page.ts';

const open = useBrowser();
const PATIENCE = { timeout: 120_000 };

async function openLab(hash: string) {
  const { page, problems } = await open(`lab/${hash}`);
  const lab = page.getByRole('region', { name: 'Lab' });
  const expected = /layers=([\d,]+)/.exec(hash)?.[1] ?? '784,32,32,10';
  await expect.poll(() => field(lab, 'Layers').inputValue(), PATIENCE).toBe(expected);
  await expect.poll(() => press(lab, 'Run').isEnabled(), PATIENCE).toBe(true);
  return { page, lab, problems };
}
const field = (lab: Locator, label: string) => lab.getByLabel(label, { exact: true });
const press = (lab: Locator, name: string) => lab.getByRole('button', { name, exact: true });

describe('a set-up that is typed into the form', () => {
  test('is what Run runs, though nobody has begun with it: sizes as the pages print them', async () => {
    const { page, lab, problems } = await openLab('#v=1&layers=784,8,10&epochs=1&examples=1000');
    await field(lab, 'Layers').fill('784 × 9 × 10');
    await press(lab, 'Run').click();
    await lab.getByRole('row', { name: /784-9-10 .*\s%/ }).waitFor(PATIENCE);
    expect(await field(lab, 'Layers').inputValue()).toBe('784,9,10');
    await expect.poll(() => hashOf(page)).toContain('layers=784,9,10');
    expect(problems).toEqual([]);
  }, 120_000);

  test('that cannot be runs nothing, and the form says why', async () => {
    const { lab } = await openLab('#v=1&layers=784,8,10&epochs=1&examples=1000');
    await field(lab, 'Batch size').fill('half');
    await press(lab, 'Run').click();
    await lab.getByText(/^Batch size must be an integer/).waitFor();
    await lab.getByText('Nothing is trained yet').waitFor();
  });

  test('beside a run under way is asked about: on as it began, or anew', async () => {
    const { lab } = await openLab('#v=1&layers=784,8,10&epochs=9&examples=1000');
    await press(lab, 'Step 1 epoch').click();
    await lab.getByText(/^After epoch 1: loss/).waitFor(PATIENCE);
    await field(lab, 'Learning rate').fill('0.02');
    await press(lab, 'Step 1 epoch').click();
    await press(lab, 'Go on as the run began').click();
    await lab.getByText(/^After epoch 2: loss/).waitFor(PATIENCE);
    expect(await field(lab, 'Learning rate').inputValue()).toBe('0.1');
    await field(lab, 'Learning rate').fill('0.02');
    await press(lab, 'Step 1 epoch').click();
    await press(lab, 'Begin anew with what the form says').click();
    await lab.getByText(/^After epoch 1: loss/).waitFor(PATIENCE);
    expect(await field(lab, 'Learning rate').inputValue()).toBe('0.02');
    expect(await lab.getByText('The form says something else').count()).toBe(0);
  }, 120_000);

  test('is what the copied link says', async () => {
    const { page, lab } = await openLab('#v=1&layers=784,8,10');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await field(lab, 'Learning rate').fill('0.07');
    await press(lab, 'Copy link').click();
    await lab.getByText('Copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /lab\/#v=1&layers=784,8,10&lr=0\.07$/,
    );
  });

  test('in the training console takes effect too', async () => {
    const { page } = await open('training/');
    const training = page.getByRole('figure', { name: 'Training console' });
    await training.scrollIntoViewIfNeeded();
    await expect.poll(() => press(training, 'Run').isEnabled(), PATIENCE).toBe(true);
    await field(training, 'Layers').fill('784-8-10');
    await field(training, 'Epochs').fill('1');
    await press(training, 'Step 1 batch').click();
    await training.getByRole('img', { name: /^Weights of unit 7/ }).waitFor(PATIENCE);
    expect(await training.getByRole('img', { name: /^Weights of unit 8/ }).count()).toBe(0);
    expect(await field(training, 'Layers').inputValue()).toBe('784,8,10');
  }, 120_000);
});

test('a handful of the reader’s own digits is learnt from in one batch, with a word', async () => {
  const { page, lab } = await openLab('');
  await lab.getByText('Draw digits to learn from').click();
  for (const [digit, x] of [
    ['1', 180],
    ['1', 230],
    ['7', 250],
  ] as const) {
    await drawOnPad(page, [
      [
        [digit === '7' ? 100 : x, 80],
        [x, 80],
        [x - 20, 340],
      ],
    ]);
    await lab.getByRole('radio', { name: digit, exact: true }).check();
    await press(lab, 'Add it to your digits').click();
  }
  await lab.getByText('You have 3.').waitFor();
  await lab.getByRole('combobox', { name: 'Data' }).selectOption('drawn');
  await press(lab, 'Run').click();
  await lab.getByText(/^All epochs are done\. After epoch 10/).waitFor(PATIENCE);
  await lab
    .getByText(
      'There are only 3 images to learn from, so each step looks at all of them: “Batch size” 128 is more than there are.',
    )
    .waitFor();
  expect(await lab.getByText('It stopped').count()).toBe(0);
}, 120_000);

test('a run of zeros is told that its zeros are to blame, and what helps is one click away', async () => {
  const { lab } = await openLab('#v=1&layers=784,16,10&init=zeros&epochs=1&examples=1000&activation=tanh');
  await press(lab, 'Run').click();
  await lab.getByText(/no better than guessing\. All weights began at 0/).waitFor(PATIENCE);
  expect(await lab.getByRole('button', { name: /new seed/ }).count()).toBe(0);
  await lab.getByRole('button', { name: 'Begin again with “Initialisation” he' }).click();
  expect(await field(lab, 'Initialisation').inputValue()).toBe('he');
}, 120_000);
