import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { blockMeans, mnistStyle } from '../../src/lib/ink/prepare.ts';
import { Raster } from '../../src/lib/ink/raster.ts';
import { openNetwork } from '../../src/lib/models/open-network.ts';
import { Network } from '../../src/lib/nn/network.ts';
import { type PadPoint, drawOnPad, useBrowser } from './page.ts';

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
  return Array.from(probabilities, (p) => `${(p * 100).toFixed(1)} %`);
}

const status = (page: Page) => page.getByRole('status').textContent();

async function shownBars(page: Page): Promise<string[]> {
  const items = await page
    .getByRole('list', { name: 'Probability of each digit' })
    .getByRole('listitem')
    .allTextContents();
  return items.map((text) => text.slice(1));
}

async function openReady(path: string, options = {}): Promise<Page> {
  const { page } = await open(path, options);
  await page.getByText('Draw a digit: the pad is empty.').waitFor();
  return page;
}

describe('/draw/', () => {
  test('a 3 drawn with the mouse is read as a 3', async () => {
    const page = await openReady('draw/');
    await drawOnPad(page, [THREE]);
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
    await drawOnPad(page, [THREE.map(([x, y]) => [250 + x / 3, 20 + y / 3] as const)]);
    expect(await status(page)).toMatch(/^Prediction: 3\b/);
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
    const page = await openReady('', { width: 360, height: 740, touch: true });
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
      expect(await status(page)).toMatch(/^Prediction: \d, \d+\.\d % sure$/);
      for (const bar of await shownBars(page)) expect(bar).toMatch(/^\d+\.\d %$/);
    });
  }

  test('a network that cannot be fetched is said so, and can be tried again without losing the drawing', async () => {
    const { page } = await open('');
    await page.route('**/models/shipped.safetensors', (route) => route.abort());
    await page.reload();
    await page.getByText('No network to read with: shipped.safetensors could not be fetched').waitFor();
    await drawOnPad(page, [THREE]);
    await page.unroute('**/models/shipped.safetensors');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/^Prediction: 3/).waitFor();
  });
});

test('the widget does not move when it comes alive', async () => {
  const { page } = await open('');
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 1500);
      }),
  );
  expect(shift).toBeLessThan(0.02);
});

test('every movement of the pen is answered within 50 ms, after thousands of them as at the first', async () => {
  for (const path of ['', 'draw/']) {
    const page = await openReady(path);
    const { early, late } = await page.evaluate(scribble, 2400);
    console.info(`updates of /${path}: ${early.toFixed(1)} ms, after 2,400 points ${late.toFixed(1)} ms`);
    expect(early).toBeLessThan(50);
    expect(late).toBeLessThan(50);
    expect(late).toBeLessThan(2 * early + 5);
    expect(await status(page)).toMatch(/^Prediction: \d\b/);
  }
});

/** In the page: one long stroke; the median time from a movement to the frame that shows it, early on and late. */
async function scribble(count: number): Promise<{ early: number; late: number }> {
  const pad = document.querySelector<HTMLCanvasElement>('[aria-label="Drawing pad"]')!;
  pad.setPointerCapture = () => {};
  const box = pad.getBoundingClientRect();
  const send = (type: string, n: number) => {
    const [x, y] = [210 + 150 * Math.sin(n / 20), 210 + 150 * Math.cos(n / 33)];
    const at = { clientX: box.left + (x / 420) * box.width, clientY: box.top + (y / 420) * box.height };
    pad.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 7, pointerType: 'touch', bubbles: true }));
  };
  /** The next frame has been drawn, with all that was to be done before it. */
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const times: number[] = [];
  send('pointerdown', 0);
  for (let n = 1; n <= count; n++) {
    if (n % 12 !== 0) {
      send('pointermove', n);
      continue;
    }
    await frame();
    const start = performance.now();
    send('pointermove', n);
    await frame();
    times.push(performance.now() - start);
  }
  send('pointerup', count);
  const median = (some: number[]) => some.toSorted((a, b) => a - b)[some.length >> 1]!;
  return { early: median(times.slice(5, 45)), late: median(times.slice(-40)) };
}
