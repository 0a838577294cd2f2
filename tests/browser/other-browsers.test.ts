import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type OtherPage, otherBrowsers } from './other-browsers.ts';
import { storedEpochs } from './stored.ts';

const PATIENCE = { timeout: 60_000 };

describe.each(otherBrowsers)('$name', ({ open, missing }) => {
  let page: OtherPage;
  let close = async () => {};
  beforeAll(async () => {
    if (open) ({ page, close } = await open());
    else console.info(`Not tried: ${missing}.`);
  });
  afterAll(() => close());
  const tryHere = open ? test : test.skip;

  tryHere(
    'the pad reads a digit, one epoch is trained, and the run is there after a reload',
    async () => {
      await page.goto(inject('siteUrl'));
      await says(page, 'Draw a digit: the pad is empty.');
      await drawUpright(page);
      await says(page, 'Prediction: 1');

      await page.goto(new URL('training/', inject('siteUrl')).href);
      await says(page, 'Nothing is trained yet');
      await fill(page, 'Epochs', '1');
      await press(page, 'Begin with this set-up');
      await press(page, 'Run');
      await says(page, 'All epochs are done. After epoch 1');
      await expect.poll(() => storedEpochs(page)).toBe(1);

      await page.reload();
      await show(page, 'Run');
      await says(page, 'All epochs are done. After epoch 1');
    },
    300_000,
  );

  tryHere(
    'a cell runs what is typed, on the library and shut in, and is ended where it never ends',
    async () => {
      await page.goto(new URL('notebook/', inject('siteUrl')).href);
      await runInNewCell(
        page,
        "show((await import('lib/nn/kernels/reference.ts')).softmax.length, typeof fetch)",
      );
      await says(page, '2 undefined');
      await runInNewCell(page, 'for (;;) {}');
      await says(page, 'without a pause');
    },
    300_000,
  );
});

/** Adds a cell to the notebook, types code into it and runs it. */
async function runInNewCell(page: OtherPage, code: string): Promise<void> {
  const LAST = 'section[aria-label^="Code cell"]:last-of-type';
  await press(page, 'Add a cell', 'main');
  await press(page, 'Edit', LAST);
  const isInEditor = () => Boolean(document.activeElement?.shadowRoot?.activeElement);
  await expect.poll(() => page.evaluate(isInEditor, undefined), PATIENCE).toBe(true);
  await page.keyboard.type(code);
  await press(page, 'Run', LAST);
}

/** Waits for a text on the page. */
async function says(page: OtherPage, text: string): Promise<void> {
  const isThere = (wanted: string) => document.querySelector('main')?.textContent?.includes(wanted) ?? false;
  await expect.poll(() => page.evaluate(isThere, text).catch(() => false), PATIENCE).toBe(true);
}

/** A stroke down the middle of the pad. */
async function drawUpright(page: OtherPage): Promise<void> {
  const { x, y, size } = await page.evaluate(() => {
    const pad = document.querySelector('[aria-label="Drawing pad"]')!;
    pad.scrollIntoView({ block: 'center' });
    const { left, top, width } = pad.getBoundingClientRect();
    return { x: left + width / 2, y: top, size: width };
  }, undefined);
  await page.mouse.move(x, y + 0.17 * size);
  await page.mouse.down();
  await page.mouse.move(x, y + 0.83 * size, { steps: 8 });
  await page.mouse.up();
}

/** Scrolls to a button: its figure comes alive there. */
function show(page: OtherPage, name: string): Promise<void> {
  return page.evaluate((wanted) => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('figure button')].find(
      (each) => each.textContent?.trim() === wanted,
    );
    found?.scrollIntoView({ block: 'center' });
  }, name);
}

/** Presses a button, as soon as it can be. */
async function press(page: OtherPage, name: string, within = 'figure'): Promise<void> {
  const click = ([wanted, around]: readonly [string, string]) => {
    const found = [...document.querySelectorAll<HTMLButtonElement>(`${around} button`)].find(
      (each) => each.textContent?.trim() === wanted,
    );
    found?.scrollIntoView({ block: 'center' });
    if (!found || found.disabled || found.closest('astro-island[ssr]')) return false;
    found.click();
    return true;
  };
  await expect.poll(() => page.evaluate(click, [name, within] as const), PATIENCE).toBe(true);
}

/** Writes into the field with this label, as soon as it can be written into. */
async function fill(page: OtherPage, label: string, value: string): Promise<void> {
  const write = ([name, text]: readonly [string, string]) => {
    const labels = [...document.querySelectorAll('label')];
    const field = labels.find((each) => each.textContent?.trim() === name)
      ?.control as HTMLInputElement | null;
    field?.scrollIntoView({ block: 'center' });
    if (!field || field.disabled || field.closest('astro-island[ssr]')) return false;
    field.value = text;
    for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
    return true;
  };
  await expect.poll(() => page.evaluate(write, [label, value] as const), PATIENCE).toBe(true);
}
