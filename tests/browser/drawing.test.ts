import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { blockMeans, mnistStyle } from '../../src/lib/ink/prepare.ts';
import { Raster } from '../../src/lib/ink/raster.ts';
import { openNetwork } from '../../src/lib/models/open-network.ts';
import { Network } from '../../src/lib/nn/network.ts';
import { type PadPoint, drawOnPad, useBrowser, usePage } from './page.ts';
import { formatShare } from '../../src/explain/numbers.ts';
import { watchThreads } from './thread-time.ts';

const open = useBrowser();

/** A 3 in one stroke. */
const THREE: PadPoint[] = [
  [130, 100],
  [200, 60],
  [280, 90],
  [290, 160],
  [210, 200],
  [300, 230],
  [310, 310],
  [230, 350],
  [130, 320],
];
const SEVEN: PadPoint[] = [
  [110, 90],
  [300, 80],
  [240, 200],
  [190, 340],
];

const networkFrom = (name: string) => {
  const file = new URL(`../../public/models/${name}.safetensors`, import.meta.url);
  const { model, metadata } = openNetwork(readFileSync(file));
  return Network.fromModel(model, { loss: metadata.loss });
};

/** What the library makes of one picture, as the bars show it. */
function barsOf(network: Network, image: Uint8Array): string[] {
  const probabilities = network.predict({ count: 1, width: 784, values: image, labels: new Uint8Array(1) });
  return Array.from(probabilities, (p) => formatShare(p));
}

/** The pad's own: exercises further down the page have theirs. */
const status = (page: Page) => page.getByRole('status').first().textContent();

async function shownBars(page: Page): Promise<string[]> {
  const items = await page
    .getByRole('list', { name: 'Probability of each digit' })
    .first()
    .getByRole('listitem')
    .allTextContents();
  return items.map((text) => text.slice(1));
}

const pages = { '': usePage(''), 'draw/': usePage('draw/') };

/** A page whose pad is empty; what was drawn on it before can be undone. */
async function openReady(path: keyof typeof pages): Promise<Page> {
  const { page } = await pages[path]();
  const isEmpty = page.getByText('Draw a digit: the pad is empty.');
  await isEmpty
    .or(page.getByText(/^Prediction: |^I can’t tell:/))
    .first()
    .waitFor();
  if (!(await isEmpty.isVisible())) await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await isEmpty.waitFor();
  return page;
}

describe('/draw/', () => {
  test('a 3 drawn with the mouse is read as a 3', async () => {
    const page = await openReady('draw/');
    await drawOnPad(page, [THREE]);
    expect(await status(page)).toMatch(/^Prediction: 3\b/);
  });

  test('a pixel says where it comes from, in the picture and in the list of 784', async () => {
    const page = await openReady('draw/');
    await drawOnPad(page, [THREE]);
    const picture = page.getByRole('slider', { name: /in 28 × 28 pixels, Block means/ });
    await picture.focus();
    await page.keyboard.press('ArrowDown');
    const text = page.getByText(/^Number \d+ of 0 to 783/);
    expect(await text.textContent()).toMatch(
      /Number 420 of 0 to 783 is row 15, column 0: 0 of 255.*15\.0 × 15\.0 of the pad/,
    );
  });

  test('a small digit in a corner is read by MNIST’s way as it is in the middle', async () => {
    const page = await openReady('draw/');
    await page.getByRole('radio', { name: "MNIST's way" }).check();
    await drawOnPad(page, [THREE.map(([x, y]) => [250 + x / 3, 20 + y / 3] as const)]);
    expect(await status(page)).toMatch(/^Prediction: 3\b/);
  });

  test('the ten probabilities are those of the library for the same strokes, both ways and for both networks', async () => {
    const page = await openReady('draw/');
    // Whole steps from point to point: the strokes that the page gets are known exactly.
    await page.evaluate((points) => {
      const pad = document.querySelector<HTMLCanvasElement>('[aria-label="Drawing pad"]')!;
      pad.setPointerCapture = () => {};
      const box = pad.getBoundingClientRect();
      const send = (type: string, [x, y]: readonly [number, number]) => {
        const at = { clientX: box.left + (x / 420) * box.width, clientY: box.top + (y / 420) * box.height };
        pad.dispatchEvent(
          new PointerEvent(type, { ...at, pointerId: 7, pointerType: 'touch', bubbles: true }),
        );
      };
      send('pointerdown', points[0]!);
      for (const point of points.slice(1)) send('pointermove', point);
      send('pointerup', points.at(-1)!);
    }, THREE);
    const points = THREE.map(([x, y]) => ({ x, y, pressure: 0.5 }));
    const raster = Raster.of([{ points, width: 26 }]);
    for (const name of ['shipped', 'original']) {
      await page.getByRole('combobox', { name: 'Read by' }).selectOption(name);
      const network = networkFrom(name);
      const size = network.layers.map(({ units }) => units).join('-');
      await page.getByText(`784-${size}. It reads`).waitFor();
      await page.getByRole('radio', { name: "MNIST's way" }).check();
      expect(await shownBars(page)).toEqual(barsOf(network, mnistStyle(raster)!.image));
      await page.getByRole('radio', { name: 'Block means' }).check();
      expect(await shownBars(page)).toEqual(barsOf(network, blockMeans(raster).image));
    }
  });
});

describe('the pad', () => {
  test('undo, redo and clear go back and forth', async () => {
    const page = await openReady('');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    expect(await button('Undo').isDisabled()).toBe(true);
    await drawOnPad(page, [THREE]);
    const three = await shownBars(page);
    await drawOnPad(page, [
      [
        [60, 40],
        [380, 380],
      ],
    ]);
    const struck = await shownBars(page);
    expect(struck).not.toEqual(three);
    await button('Undo').click();
    expect(await shownBars(page)).toEqual(three);
    await button('Redo').click();
    expect(await shownBars(page)).toEqual(struck);
    await button('Clear').click();
    expect(await status(page)).toBe('Draw a digit: the pad is empty.');
    await button('Undo').click();
    expect(await shownBars(page)).toEqual(struck);
  });

  test('a 7 is drawn and read by keyboard alone', async () => {
    const page = await openReady('');
    await page.getByLabel('Drawing pad', { exact: true }).focus();
    const press = async (key: string, times = 1) => {
      for (let n = 0; n < times; n++) await page.keyboard.press(key);
    };
    await press('ArrowLeft', 9);
    await press('ArrowUp', 12);
    await press('Space');
    await press('ArrowRight', 18);
    for (let n = 0; n < 12; n++) {
      await press('ArrowDown', 2);
      await press('ArrowLeft');
    }
    await press('Space');
    expect(await status(page)).toMatch(/^Prediction: 7\b/);
    await press('Control+z');
    expect(await status(page)).toBe('Draw a digit: the pad is empty.');
  });

  describe('a stroke taken back while the pen is down is over, and what follows does not grow the one before', () => {
    /** What the pad shows, once all that was done to it has been painted. */
    const inkOn = (page: Page) =>
      page.getByLabel('Drawing pad', { exact: true }).evaluate(async (canvas) => {
        for (let n = 0; n < 2; n++)
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        return (canvas as HTMLCanvasElement).toDataURL();
      });

    test('by keyboard', async () => {
      const page = await openReady('');
      await drawOnPad(page, [THREE]);
      const three = await inkOn(page);
      await page.getByLabel('Drawing pad', { exact: true }).focus();
      await page.keyboard.press('Space');
      for (let n = 0; n < 6; n++) await page.keyboard.press('Shift+ArrowLeft');
      expect((await inkOn(page)) === three).toBe(false);
      await page.keyboard.press('Control+z');
      expect((await inkOn(page)) === three).toBe(true);
      for (let n = 0; n < 6; n++) await page.keyboard.press('Shift+ArrowUp');
      expect((await inkOn(page)) === three).toBe(true);
    });

    test('by mouse', async () => {
      const page = await openReady('');
      await drawOnPad(page, [THREE]);
      const three = await inkOn(page);
      const box = (await page.getByLabel('Drawing pad', { exact: true }).boundingBox())!;
      await page.mouse.move(box.x + 20, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 300, box.y + 390, { steps: 4 });
      expect((await inkOn(page)) === three).toBe(false);
      await page.keyboard.press('Control+z');
      expect((await inkOn(page)) === three).toBe(true);
      await page.mouse.move(box.x + 30, box.y + 390, { steps: 4 });
      await page.mouse.up();
      expect((await inkOn(page)) === three).toBe(true);
    });
  });

  test('touch draws, and the page does not scroll away under the finger', async () => {
    const { page } = await open('', { width: 360, height: 740, touch: true });
    await page.getByText('Draw a digit: the pad is empty.').waitFor();
    const pad = page.getByLabel('Drawing pad', { exact: true });
    await pad.scrollIntoViewIfNeeded();
    expect(await pad.evaluate((element) => getComputedStyle(element).touchAction)).toBe('none');
    const box = (await pad.boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: PadPoint) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: point
          ? [{ x: box.x + (point[0] / 420) * box.width, y: box.y + (point[1] / 420) * box.height }]
          : [],
      });
    await touch('touchStart', SEVEN[0]);
    for (const [n, [x, y]] of SEVEN.slice(1).entries()) {
      const [fromX, fromY] = SEVEN[n]!;
      for (let t = 1; t <= 5; t++)
        await touch('touchMove', [fromX + ((x - fromX) * t) / 5, fromY + ((y - fromY) * t) / 5]);
    }
    await touch('touchEnd');
    expect(await status(page)).toMatch(/^Prediction: 7\b/);
  });

  test('a sample digit comes with its label, and undo brings the drawing back', async () => {
    const page = await openReady('');
    await drawOnPad(page, [THREE]);
    const three = await shownBars(page);
    await page.getByRole('button', { name: 'Sample digit 5' }).click();
    await page.getByText('a test image with the label 5').waitFor();
    expect(await shownBars(page)).not.toEqual(three);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await shownBars(page)).toEqual(three);
  });

  const odd: Record<string, PadPoint[]> = {
    'a single dot': [[200, 200]],
    'a line across the whole pad': [
      [-20, 210],
      [440, 215],
    ],
    'ink off the edges': [
      [300, -60],
      [500, 100],
      [480, 470],
      [200, 460],
    ],
  };
  for (const [name, stroke] of Object.entries(odd)) {
    test(`${name} gets an answer, and ten probabilities that are numbers`, async () => {
      const page = await openReady('');
      await drawOnPad(page, [
        stroke.map(([x, y], n) =>
          n === 0
            ? ([Math.min(415, Math.max(5, x)), Math.min(415, Math.max(5, y))] as const)
            : ([x, y] as const),
        ),
      ]);
      expect(await status(page)).toMatch(
        /^(Prediction: \d, (> )?\d+\.\d\s% sure|I can’t tell: the likeliest is a \d, with \d+\.\d\s%)$/,
      );
      for (const bar of await shownBars(page)) expect(bar).toMatch(/^([<>] )?\d+\.\d\s%$/);
    });
  }

  test('a network that cannot be fetched is said so, and can be tried again without losing the drawing', async () => {
    const { page } = await open('');
    await page.route('**/models/*.safetensors', (route) => route.abort());
    await page.reload();
    await page.getByText('No network to read with: original.safetensors could not be fetched').waitFor();
    await drawOnPad(page, [THREE]);
    await page.unroute('**/models/*.safetensors');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/^Prediction: 3/).waitFor();
  });
});

/** Of a stroke of 2,400 points: movements at its beginning and its end whose work is measured. */
const MEASURED = 480;

test('every movement of the pen is answered with less than 50 ms of work, after thousands of them as at the first', async () => {
  for (const path of ['', 'draw/'] as const) {
    const page = await openReady(path);
    const work = async (from: number, to: number) => {
      const threads = await watchThreads(page);
      const frames = await page.evaluate(scribble, [from, to, 12] as const);
      const { page: all, longestTask } = await threads();
      return { mean: all / frames, most: longestTask };
    };
    await page.evaluate(scribble, [0, 60, 12] as const);
    const early = await work(60, 60 + MEASURED);
    await page.evaluate(scribble, [60 + MEASURED, 2400 - MEASURED, 60] as const);
    const late = await work(2400 - MEASURED, 2400);
    console.info(
      `/${path}: ${early.mean.toFixed(1)} ms of work a frame, at most ${early.most.toFixed(0)} at once; after 2,400 points ${late.mean.toFixed(1)}, at most ${late.most.toFixed(0)}`,
    );
    expect(early.mean).toBeGreaterThan(0.1);
    for (const { mean, most } of [early, late]) {
      // Once in a while memory is cleared up, too; on the whole there is time for more than one movement a frame.
      expect(most).toBeLessThan(50);
      expect(mean).toBeLessThan(25);
    }
    expect(late.mean).toBeLessThan(2 * early.mean + 5);
    expect(await status(page)).toMatch(/^Prediction: \d\b|^I can’t tell/);
  }
});

/** In the page: a part of one long stroke, so many movements a frame; how many frames it took. */
async function scribble([from, to, each]: readonly [number, number, number]): Promise<number> {
  const pad = document.querySelector<HTMLCanvasElement>('[aria-label="Drawing pad"]')!;
  pad.setPointerCapture = () => {};
  const box = pad.getBoundingClientRect();
  const send = (type: string, n: number) => {
    const [x, y] = [210 + 150 * Math.sin(n / 20), 210 + 150 * Math.cos(n / 33)];
    const at = { clientX: box.left + (x / 420) * box.width, clientY: box.top + (y / 420) * box.height };
    pad.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 7, pointerType: 'touch', bubbles: true }));
  };
  let frames = 0;
  if (from === 0) send('pointerdown', 0);
  for (let n = from + 1; n <= to; n++) {
    send('pointermove', n);
    if (n % each !== 0) continue;
    // The frame that shows it has been drawn, with all that was to be done before it.
    await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    frames++;
  }
  return frames;
}
