import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './page.ts';

const open = useBrowser();

/** Chapters that are figures from top to bottom; the pads are measured in drawing.test.ts. */
const CHAPTERS = ['data/', 'layer/', 'forward/', 'backprop/', 'training/', 'lab/'];

/** In bytes as they are sent. What stands further down the page is fetched when it comes into view. */
const MOST_SCRIPT = 60_000;
/** The library of the charts is fetched when the first of them comes into view. */
const MOST_TO_THE_END = 240_000;
const MOST_DATA = 300_000;

describe('a chapter, read from top to bottom', () => {
  for (const path of CHAPTERS) {
    test(`/${path} does not move when its figures come alive`, async () => {
      const { page } = await open(path, { reducedMotion: true });
      await page.evaluate(() => {
        const state = window as unknown as { shift: number };
        state.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
            if (!hadRecentInput) state.shift += value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await readThrough(page);
      expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.02);
    });

    test(`/${path} loads at most 60 KB of script before anything is touched, and 240 KB to its end`, async () => {
      const { page } = await open(path);
      await page.waitForLoadState('networkidle');
      const first = await loadedBytes(page);
      await readThrough(page);
      const whole = await loadedBytes(page);
      console.info(
        `/${path}: ${first.script} bytes of script and ${first.data} of data at first, ${whole.script} and ${whole.data} read to its end`,
      );
      expect(first.script).toBeGreaterThan(0);
      expect(first.script).toBeLessThanOrEqual(MOST_SCRIPT);
      expect(whole.script).toBeLessThanOrEqual(MOST_TO_THE_END);
      expect(whole.data).toBeLessThanOrEqual(MOST_DATA);
    });
  }
});

async function readThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 300) {
      scrollTo(0, y);
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
  });
  await page.waitForLoadState('networkidle');
}

async function loadedBytes(page: Page): Promise<{ script: number; data: number }> {
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => {
      const { name, encodedBodySize } = entry as PerformanceResourceTiming;
      return { name, encodedBodySize };
    }),
  );
  const sum = (isCounted: (name: string) => boolean) =>
    loaded.reduce((bytes, { name, encodedBodySize }) => bytes + (isCounted(name) ? encodedBodySize : 0), 0);
  return {
    script: sum((name) => name.endsWith('.js')),
    data: sum((name) => new URL(name).pathname.includes('/data/')),
  };
}
