import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/lib/data/csv.ts';
import { imageOf } from '../../src/lib/data/dataset.ts';
import { otherDrawing } from '../../src/lib/ink/other-drawings.ts';
import { rowOfDigits } from '../../src/lib/ink/row-of-digits.ts';
import { mnistStyle } from '../../src/lib/ink/prepare.ts';
import { Raster } from '../../src/lib/ink/raster.ts';
import { strokeDigit } from '../../src/lib/ink/stroke-digits.ts';
import { readStrokes } from '../../src/lib/ink/stroke-file.ts';
import type { Stroke } from '../../src/lib/ink/stroke.ts';
import { openNetwork } from '../../src/lib/models/open-network.ts';
import { Random } from '../../src/lib/nn/random.ts';
import { PUBLIC } from './sample.ts';
import { type PadPoint, accessibilityProblems, drawOnPad, useBrowser } from './page.ts';
import { stored } from './stored.ts';

const open = useBrowser();

const SEVEN: PadPoint[] = [
  [110, 90],
  [300, 80],
  [240, 200],
  [190, 340],
];
const CROOKED: PadPoint[] = [
  [110, 120],
  [290, 90],
  [150, 330],
  [320, 330],
];

const padOf = (page: Page) => page.getByLabel('Drawing pad', { exact: true });
const statusOf = (page: Page) => page.getByRole('status').first();
const figureOf = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });
const press = (within: Page | Locator, name: string) =>
  within.getByRole('button', { name, exact: true }).click();

async function openReady(options = {}): Promise<Page> {
  const { page } = await open('draw/', options);
  await page.getByText('Draw a digit: the pad is empty.').waitFor();
  return page;
}

/** Strokes as pointer events of one kind, at once: what they are read as stands on the page when this is through. */
async function drawBy(page: Page, pointerType: string, strokes: readonly Stroke[]): Promise<void> {
  await padOf(page).evaluate(
    async (pad, [type, all]) => {
      pad.setPointerCapture = () => {};
      const box = pad.getBoundingClientRect();
      const send = (name: string, { x, y, pressure }: { x: number; y: number; pressure: number }) => {
        const at = { clientX: box.left + (x / 420) * box.width, clientY: box.top + (y / 420) * box.height };
        const held = name === 'pointerup' ? { buttons: 0 } : { buttons: 1, pressure };
        pad.dispatchEvent(
          new PointerEvent(name, {
            ...at,
            ...held,
            pointerId: 5,
            pointerType: type,
            button: 0,
            bubbles: true,
          }),
        );
      };
      for (const { points } of all) {
        send('pointerdown', points[0]!);
        for (const point of points.slice(1)) send('pointermove', point);
        send('pointerup', points.at(-1)!);
      }
      await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    },
    [pointerType, strokes] as const,
  );
}

/** What drawn strokes are read as; the pad is empty again then. */
async function readBy(page: Page, pointerType: string, strokes: readonly Stroke[]): Promise<string> {
  await drawBy(page, pointerType, strokes);
  return statusOf(page).evaluate((status) => {
    const text = status.textContent!;
    [...document.querySelectorAll('button')].find((each) => each.textContent === 'Clear')!.click();
    return text;
  });
}

/** A digit as large and where it is wanted: its strokes moved and scaled. */
function placed(strokes: readonly Stroke[], size: number, left: number, top: number): Stroke[] {
  const points = strokes.flatMap((stroke) => stroke.points);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [fromX, fromY] = [Math.min(...xs), Math.min(...ys)];
  const scale = size / Math.max(Math.max(...xs) - fromX, Math.max(...ys) - fromY);
  return strokes.map((stroke) => ({
    ...stroke,
    points: stroke.points.map(({ x, y, pressure }) => ({
      x: left + scale * (x - fromX),
      y: top + scale * (y - fromY),
      pressure,
    })),
  }));
}

const SIZES = [
  { size: 120, width: 14 },
  { size: 200, width: 22 },
  { size: 330, width: 30 },
];
const PLACES = [
  [20, 20],
  [0.5, 0.5],
  [1, 1],
] as const;

for (const { places, tags } of [
  { places: 1, tags: [] },
  { places: 3, tags: ['long'] },
])
  test(
    `ten digits in three sizes and widths, at ${places} of three places, by mouse, pen and touch: at least 95 % are read right`,
    { tags },
    async () => {
      const page = await openReady();
      const line = page.getByRole('slider', { name: 'Line', exact: true });
      const random = new Random(12);
      const pointers = ['mouse', 'pen', 'touch'];
      let [right, all] = [0, 0];
      for (const [s, { size, width }] of SIZES.entries()) {
        await line.fill(String(width));
        for (const [p, [atX, atY]] of PLACES.entries()) {
          if ((s + p) % 3 >= places) continue;
          const at = (share: number) => (share > 1 ? share : 20 + share * (380 - size));
          for (let digit = 0; digit < 10; digit++) {
            const strokes = placed(strokeDigit(digit, random), size, at(atX), at(atY));
            const read = await readBy(page, pointers[(s + p + digit) % 3]!, strokes);
            all++;
            if (read.startsWith(`Prediction: ${digit},`)) right++;
          }
        }
      }
      expect(all).toBe(30 * places);
      expect(right / all).toBeGreaterThanOrEqual(0.95);
    },
  );

test('what is no digit is refused, in nine of ten drawings, and the threshold that decides can be moved', async () => {
  const page = await openReady();
  const random = new Random(31);
  const kinds = ['capital letters', 'small letters', 'symbols', 'scribbles', 'pairs of digits'] as const;
  let refused = 0;
  for (const kind of kinds) {
    for (let n = 0; n < 8; n++) {
      const read = await readBy(page, 'pen', otherDrawing(kind, random));
      if (read.startsWith('I can’t tell')) refused++;
    }
  }
  expect(refused).toBeGreaterThanOrEqual(36);
  await drawBy(page, 'pen', strokeDigit(3, new Random(2)));
  expect(await statusOf(page).textContent()).toMatch(/^Prediction: 3,/);
  const figure = page.getByRole('figure', { name: 'When it can’t tell' });
  const threshold = figure.getByRole('slider', { name: /Can’t tell below/ });
  await threshold.scrollIntoViewIfNeeded();
  await figure.getByText('Where no digit has 50\u00a0%').waitFor();
  const usual = await threshold.inputValue();
  const { prices } = openNetwork(readFileSync(new URL('models/shipped.safetensors', PUBLIC))).metadata
    .refusal!;
  for (const [n, price] of prices.entries()) {
    await threshold.fill(String(n));
    const share = (100 * price.refused['test images']!).toFixed(2);
    await expect.poll(() => figure.textContent()).toContain(` ${share}\u00a0% of test images`);
  }
  await threshold.fill(usual);
});

test('47 and 308 are read as numbers, each digit with bars of its own; and the page offers it', async () => {
  const page = await openReady();
  const random = new Random(3);
  for (const number of ['47', '308']) {
    await press(page, 'one digit');
    const row = rowOfDigits([...number].map(Number), random, { least: 0.2, most: 0.3 });
    await drawBy(page, 'pen', row.flat());
    await page.getByText('Several digits? Read them as a number.').waitFor();
    await press(page, 'a number');
    await page.getByText(new RegExp(`^Prediction: ${number},`)).waitFor();
    const digits = page.getByRole('list', { name: 'The digits, from left to right' });
    expect(await digits.getByRole('list', { name: 'Probability of each digit' }).count()).toBe(number.length);
    await press(page, 'Clear');
  }
});

test('the shares of the pixels are summed up to the score, of the answer and of any other digit', async () => {
  const page = await openReady();
  await drawOnPad(page, [SEVEN]);
  const sum = page.getByText(/ for it −\s.* against it .* from the biases/);
  for (const digit of ['7', '2']) {
    await page.getByRole('combobox', { name: 'Score of' }).selectOption(digit);
    const text = (await sum.textContent())!.replaceAll('−', '-');
    const [, up, down, sign, rest, result] =
      /([\d.]+) for it -\s([\d.]+) against it ([+-])\s([\d.]+) from the biases [=≈]\s(-?[\d.]+)/.exec(text)!;
    const total = Number(up) - Number(down) + Number(`${sign}${rest}`);
    expect(Math.abs(total - Number(result))).toBeLessThan(0.002);
  }
});

test('the pen’s place, and whether it is down, are said while the keys move it', async () => {
  const page = await openReady();
  await padOf(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('Pen lifted, 200 from the left, 210 from the top of 420.').waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.getByText('Pen on paper, 200 from the left, 220 from the top of 420.').waitFor();
});

describe('a digit of one’s own', () => {
  test('is taught until it is learnt, taken back step by step, and taught among others', async () => {
    const page = await openReady();
    await page.getByRole('combobox', { name: 'Read by' }).selectOption('original');
    await page.getByText('784-32-32-10. It reads').waitFor();
    await drawOnPad(page, [CROOKED]);
    const before = await statusOf(page).textContent();
    expect(before).not.toMatch(/^Prediction: 7,/);
    const lesson = figureOf(page, 'Correct it, and let it learn');
    await lesson.getByRole('radio', { name: '7', exact: true }).check();
    await press(lesson, 'Steps until it is learnt');
    await lesson.getByText(/^Learnt: your 7 is read as 7\./).waitFor();
    expect(await statusOf(page).textContent()).toMatch(/^Prediction: 7,/);
    const broken = async () =>
      Number((await lesson.getByRole('definition').nth(3).textContent())!.replace(',', ''));
    const alone = await broken();
    await press(lesson, 'Take that back');
    await expect.poll(() => statusOf(page).textContent()).toBe(before);
    expect(await broken()).toBe(0);
    await lesson.getByRole('checkbox', { name: 'among ten others' }).check();
    await press(lesson, 'Steps until it is learnt');
    await lesson.getByText(/^Learnt: your 7 is read as 7\./).waitFor();
    expect(await broken()).toBeLessThan(alone);
    await press(lesson, 'The network as it was');
    await expect.poll(() => statusOf(page).textContent()).toBe(before);
    await lesson.getByRole('cell', { name: 'your 7, among ten others' }).waitFor();
  });

  test('is kept, shown, and taken away as PNG, CSV and strokes with the same pixels; they open again', async () => {
    const page = await openReady();
    const [lesson, kept] = [
      figureOf(page, 'Correct it, and let it learn'),
      figureOf(page, 'Your digits, a data set'),
    ];
    const random = new Random(5);
    for (const label of [3, 8]) {
      await drawBy(page, 'mouse', placed(strokeDigit(label, random), 240, 60, 60));
      await lesson.getByRole('radio', { name: String(label), exact: true }).check();
      await press(lesson, 'Keep the digit');
    }
    await kept.scrollIntoViewIfNeeded();
    await kept.getByText(/^You have kept 2;/).waitFor();
    const take = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        press(kept, `Take away as ${name}`),
      ]);
      return { path: await download.path(), name: download.suggestedFilename() };
    };
    const strokes = await take('strokes');
    const written = readStrokes(readFileSync(strokes.path, 'utf8'));
    expect(written.map(({ label }) => label)).toEqual([3, 8]);
    const images = written.map((digit) => mnistStyle(Raster.of(digit.strokes))!.image);

    const csv = await take('CSV');
    const bytes = readFileSync(csv.path);
    const { dataset } = await readCsv(pieces(bytes), { name: csv.name, bytes: bytes.length });
    expect([...dataset.labels]).toEqual([3, 8]);
    expect([imageOf(dataset, 0), imageOf(dataset, 1)]).toEqual(images);

    const png = await take('PNG');
    const pixels = await page.evaluate(async (base64) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([content], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return [0, 28].map((left) => {
        const { data } = context.getImageData(left, 0, 28, 28);
        return Array.from({ length: 784 }, (_, n) => data[4 * n]!);
      });
    }, readFileSync(png.path).toString('base64'));
    expect(pixels).toEqual(images.map((image) => [...image]));

    await kept.getByRole('button', { name: /^A 8 of yours/ }).click();
    await press(kept, 'Forget the one that is marked');
    await kept.getByText(/^You have kept 1;/).waitFor();
    const opener = kept.getByLabel('Open a file of strokes');
    await opener.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
    await kept.getByText('x.json was not opened: this is not a file of strokes from this site.').waitFor();
    await opener.setInputFiles(strokes.path);
    await kept.getByText(/^You have kept 2;/).waitFor();
    const inStore = async () => readStrokes((await stored<string>(page, 'datasets'))[0]!).length;
    await expect.poll(inStore).toBe(2);
    await page.reload();
    await kept.scrollIntoViewIfNeeded();
    await kept.getByText(/^You have kept 2;/).waitFor();
    const again = await take('strokes');
    expect(readFileSync(again.path, 'utf8')).toBe(readFileSync(strokes.path, 'utf8'));
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

for (const { width, height } of [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
]) {
  test(`with a digit on the pad at ${width} px: pad, pictures, list and map in one screen where it is wide, nothing beyond the width, and axe has nothing to say`, async () => {
    const page = await openReady({ width, height, reducedMotion: true, touch: width < 500 });
    await drawBy(page, 'touch', [{ width: 26, points: SEVEN.map(([x, y]) => ({ x, y, pressure: 0.5 })) }]);
    expect(await statusOf(page).textContent()).toMatch(/^Prediction: 7,/);
    const map = page.getByRole('group', {
      name: 'Your drawing on its way through the network that reads it',
    });
    if (width > 1000) {
      await statusOf(page).evaluate((element) => element.scrollIntoView());
      const [top, bottom] = [await statusOf(page).boundingBox(), await map.boundingBox()];
      expect(top!.y).toBeGreaterThanOrEqual(0);
      expect(bottom!.y + bottom!.height).toBeLessThanOrEqual(height);
    } else {
      const [pad, bars] = [
        await padOf(page).boundingBox(),
        await page.getByRole('list', { name: 'Probability of each digit' }).first().boundingBox(),
      ];
      expect(bars!.y).toBeGreaterThan(pad!.y);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page), colorScheme).toEqual([]);
    }
    await press(page, 'a number');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
