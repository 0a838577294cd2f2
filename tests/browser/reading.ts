import type { Page } from 'playwright-core';

/** What came of reading a page from its top to its end. */
export interface Reading {
  /** In bytes as they are sent: before anything is touched, and by the end. */
  readonly first: Loaded;
  readonly whole: Loaded;
  /** How much the page moved under its reader, as browsers count it. */
  readonly shift: number;
  /** Parts of the contents in the margin that a figure cut through, a line each. */
  readonly cuts: readonly string[];
}

export interface Loaded {
  readonly script: number;
  /** Of digits and networks. */
  readonly data: number;
  readonly fonts: number;
}

/** Scrolls a page that has just been opened to its end, at a reader's pace, which is counted in frames. */
export async function readThrough(page: Page): Promise<Reading> {
  await page.waitForLoadState('networkidle');
  const first = await loaded(page);
  const { shift, cuts } = await page.evaluate(scrollThrough);
  await page.waitForLoadState('networkidle');
  return { first, whole: await loaded(page), shift, cuts };
}

/** In the page: goes on as soon as all that is in view is alive. */
async function scrollThrough(): Promise<{ shift: number; cuts: string[] }> {
  let shift = 0;
  const watch = new PerformanceObserver((list) => count(list.getEntries()));
  const count = (entries: PerformanceEntry[]) => {
    for (const entry of entries) {
      const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) shift += value;
    }
  };
  watch.observe({ type: 'layout-shift', buffered: true });
  const frame = () => new Promise(requestAnimationFrame);
  const isInView = (element: Element) => {
    const { top, bottom, height } = element.firstElementChild?.getBoundingClientRect() ?? new DOMRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  };
  // Cells sleep on until they are touched.
  const sleeping = 'astro-island[ssr]:not([client="touched"])';
  const isAsleep = () => [...document.querySelectorAll(sleeping)].some(isInView);
  const figures = [...document.querySelectorAll('article figure')];
  const isCut = (block: Element) => {
    const own = block.getBoundingClientRect();
    return figures.some((figure) => {
      const { top, bottom, right } = figure.getBoundingClientRect();
      return own.height > 0 && right > own.left && top < own.bottom && bottom > own.top;
    });
  };
  const isSeen = (block: Element) => Number(getComputedStyle(block).opacity) > 0.1;
  const cutNow = () => [...document.querySelectorAll('aside nav > *')].filter(isSeen).filter(isCut);
  const cuts: string[] = [];
  for (let y = 0; y < document.documentElement.scrollHeight; y += 300) {
    scrollTo(0, y);
    for (let n = 0; n < 2; n++) await frame();
    while (isAsleep()) await frame();
    // A figure that comes alive may move others: what holds is that the margin has given way some frames later.
    for (let n = 0; n < 60 && cutNow().length > 0; n++) await frame();
    cuts.push(...cutNow().map((block) => `at ${y}: ${block.textContent}`));
  }
  // What has moved is told in a task of its own, after the frame.
  for (let n = 0; n < 3; n++) await frame().then(() => new Promise((done) => setTimeout(done)));
  count(watch.takeRecords());
  return { shift, cuts };
}

async function loaded(page: Page): Promise<Loaded> {
  const all = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => {
      const { name, encodedBodySize } = entry as PerformanceResourceTiming;
      return { name, encodedBodySize };
    }),
  );
  const sum = (isCounted: (name: string) => boolean) =>
    all.reduce((bytes, { name, encodedBodySize }) => bytes + (isCounted(name) ? encodedBodySize : 0), 0);
  return {
    script: sum((name) => name.endsWith('.js')),
    data: sum((name) => /\/(data|models)\//.test(new URL(name).pathname)),
    fonts: sum((name) => name.endsWith('.woff2')),
  };
}
