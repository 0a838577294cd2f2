import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { usePage } from './page.ts';

const opened = usePage('');
const EMPTY = 'Draw a digit: the pad is empty.';

interface Contact {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly button: number;
  readonly buttons: number;
  readonly pressure?: number;
  readonly width?: number;
  readonly height?: number;
}
type Sent = readonly [type: string, x: number, y: number, more: Contact];
const PEN = { pointerId: 11, pointerType: 'pen', pressure: 0.6, button: 0, buttons: 1 };
const HAND = { pointerId: 4, pointerType: 'touch', width: 50, height: 70, button: 0, buttons: 1 };
const UP = { button: 0, buttons: 0, pressure: 0 };
/** The pen's other end, and its tip with the barrel button held. */
const ERASER = { ...PEN, button: 5, buttons: 32 };
const BARREL = { ...PEN, button: 2, buttons: 2 };

/** From one place of the pad to another, in pad units, in so many movements; the contact does not end with them. */
function stroke(more: Contact, from: readonly number[], to: readonly number[], parts = 12): Sent[] {
  const at = (t: number) => [from[0]! + (to[0]! - from[0]!) * t, from[1]! + (to[1]! - from[1]!) * t] as const;
  const moves = Array.from({ length: parts }, (_, n): Sent => {
    return ['pointermove', ...at((n + 1) / parts), { ...more, button: -1 }];
  });
  return [['pointerdown', ...at(0), more], ...moves];
}
const up = (more: Contact): Sent => ['pointerup', 0, 0, { ...more, ...UP }];

async function send(page: Page, events: readonly Sent[]): Promise<void> {
  await page.getByLabel('Drawing pad', { exact: true }).evaluate(async (pad, all) => {
    pad.setPointerCapture = () => {};
    const box = pad.getBoundingClientRect();
    for (const [type, x, y, more] of all) {
      const at = { clientX: box.left + (x / 420) * box.width, clientY: box.top + (y / 420) * box.height };
      pad.dispatchEvent(new PointerEvent(type, { bubbles: true, isPrimary: true, ...at, ...more }));
    }
  }, events);
}

/** What the pad shows, once all that was done to it has been painted. */
const inkOn = (page: Page) =>
  page.getByLabel('Drawing pad', { exact: true }).evaluate(async (canvas) => {
    for (let n = 0; n < 2; n++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    return (canvas as HTMLCanvasElement).toDataURL();
  });
const status = (page: Page) => page.getByRole('status').textContent();

let page: Page;
beforeEach(async () => {
  ({ page } = await opened());
  const isEmpty = page.getByText(EMPTY);
  await isEmpty
    .or(page.getByText(/^Prediction: |^I can’t tell:/))
    .first()
    .waitFor();
  if (!(await isEmpty.isVisible())) await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await isEmpty.waitFor();
});

describe('a stroke ends with any end of its contact', () => {
  const ends: Record<string, (contact: Contact) => Promise<void>> = {
    'the pointer is cancelled': (contact) => send(page, [['pointercancel', 0, 0, contact]]),
    'its capture is lost': (contact) => send(page, [['lostpointercapture', 0, 0, contact]]),
    'the window loses the focus': () => page.evaluate(() => void window.dispatchEvent(new Event('blur'))),
    'another tab is shown': () =>
      page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange'))),
    'no button is held when it moves': (contact) =>
      send(page, [['pointermove', 300, 60, { ...contact, button: -1, buttons: 0 }]]),
    'only another button is held when it moves': (contact) =>
      send(page, [['pointermove', 300, 60, { ...contact, button: -1, buttons: 4 }]]),
  };
  for (const [name, end] of Object.entries(ends)) {
    test(`${name}: what moves afterwards inks nothing, and the next stroke does`, async () => {
      for (const contact of [PEN, { ...PEN, pointerId: 1, pointerType: 'mouse' }]) {
        await send(page, stroke(contact, [150, 80], [150, 330]));
        const drawn = await inkOn(page);
        await end(contact);
        expect((await inkOn(page)) === drawn).toBe(true);
        await send(page, stroke(contact, [300, 80], [60, 300]).slice(1));
        expect((await inkOn(page)) === drawn).toBe(true);
        await send(page, [...stroke(contact, [300, 80], [300, 330]), up(contact)]);
        expect((await inkOn(page)) === drawn).toBe(false);
        await page.getByRole('button', { name: 'Undo' }).click();
        expect((await inkOn(page)) === drawn).toBe(true);
      }
    });
  }

  test('Escape ends it too', async () => {
    await page.getByLabel('Drawing pad', { exact: true }).focus();
    await send(page, stroke(PEN, [150, 80], [150, 330]));
    const drawn = await inkOn(page);
    await page.keyboard.press('Escape');
    await send(page, stroke(PEN, [300, 80], [60, 300]).slice(1));
    expect((await inkOn(page)) === drawn).toBe(true);
  });
});

describe('the hand that holds the pen', () => {
  const LINE = [...stroke(PEN, [210, 70], [208, 350]), up(PEN)];
  let line: string;
  beforeEach(async () => {
    await send(page, LINE);
    line = await inkOn(page);
    await page.getByRole('button', { name: 'Clear' }).click();
  });

  test('leaves nothing where it rested before the pen came, nor when it slips or goes', async () => {
    await send(page, stroke(HAND, [350, 380], [330, 400]));
    await send(page, LINE.slice(0, 6));
    await send(page, stroke(HAND, [330, 400], [40, 390]).slice(1));
    await send(page, LINE.slice(6));
    await send(page, [up(HAND)]);
    expect((await inkOn(page)) === line).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await status(page)).toBe(EMPTY);
  });

  test('inks nothing when it comes down while the pen writes, or is near', async () => {
    await send(page, LINE.slice(0, 6));
    await send(page, [...stroke(HAND, [350, 380], [330, 400]), up(HAND)]);
    await send(page, LINE.slice(6));
    expect((await inkOn(page)) === line).toBe(true);
    await send(page, [['pointerenter', 200, 100, { ...PEN, ...UP }]]);
    await send(page, [...stroke(HAND, [350, 380], [330, 400]), up(HAND)]);
    expect((await inkOn(page)) === line).toBe(true);
    await send(page, [['pointerleave', 200, 100, { ...PEN, ...UP }]]);
    await send(page, [...stroke(HAND, [60, 380], [300, 380]), up(HAND)]);
    expect((await inkOn(page)) === line).toBe(false);
  });
});

describe('a pen', () => {
  test('takes away with its other end the strokes that this meets, and undo brings them back', async () => {
    await send(page, [...stroke(PEN, [100, 80], [100, 330]), up(PEN)]);
    const one = await inkOn(page);
    await send(page, [...stroke(PEN, [300, 80], [300, 330]), up(PEN)]);
    const two = await inkOn(page);
    await send(page, [...stroke(ERASER, [240, 200], [380, 210], 1), up(ERASER)]);
    expect((await inkOn(page)) === one).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect((await inkOn(page)) === two).toBe(true);
  });

  test('does nothing with its barrel button held, nor does a mouse with its others', async () => {
    for (const contact of [
      BARREL,
      { ...BARREL, pointerType: 'mouse' },
      { ...BARREL, button: 1, buttons: 4 },
    ]) {
      await send(page, [...stroke(contact, [100, 80], [100, 330]), up(contact)]);
      expect(await status(page)).toBe(EMPTY);
    }
  });
});

test('Ctrl Y brings back what Ctrl Z took', async () => {
  await send(page, [...stroke(PEN, [210, 70], [208, 350]), up(PEN)]);
  const drawn = await inkOn(page);
  await page.getByLabel('Drawing pad', { exact: true }).focus();
  await page.keyboard.press('Control+z');
  expect(await status(page)).toBe(EMPTY);
  await page.keyboard.press('Control+y');
  expect((await inkOn(page)) === drawn).toBe(true);
});
