import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, inject } from 'vitest';

export type OpenOptions = {
  /** Of the window, in CSS pixels. */
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: boolean;
  /** As where the system chooses the colours. */
  forcedColors?: boolean;
  javaScript?: boolean;
  touch?: boolean;
  /** Whether the page may keep the site on its device; else it is opened as in a browser that cannot. */
  serviceWorker?: boolean;
};

export type OpenedPage = {
  page: Page;
  /**
   * What went wrong so far, a sentence each: console errors (violations of the content security policy are
   * among them), uncaught exceptions, failed requests and requests to another server.
   */
  problems: string[];
};

/** A point of the drawing pad in pad units: 420 × 420 from the top left, whatever the pad's size on the screen. */
export type PadPoint = readonly [x: number, y: number];

const PAD_SIZE = 420;

const CHROMIUM_ARGUMENTS = [
  // Chromium refuses to run as root inside its sandbox.
  '--no-sandbox',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** Of this worker: the files that it runs, one after the other, share it. It ends with the process that started it. */
let launched: Promise<Browser> | undefined;

/**
 * The browser, for a file of tests. Returns a function that opens a page of the site by its path from the base
 * (`'draw/'`), each in a fresh profile that is thrown away after the test.
 */
export function useBrowser(): (path: string, options?: OpenOptions) => Promise<OpenedPage> {
  const opened: Page[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((page) => page.context().close())));
  return async (path, options = {}) => {
    const found = await openPage(path, options);
    opened.push(found.page);
    return found;
  };
}

/**
 * One page of the site for all tests of a block: opened by the first, found by each of the others as the one before left it,
 * and opened anew after one that failed, so that what this left half done spoils none of them.
 */
export function usePage(path: string, options: OpenOptions = {}): () => Promise<OpenedPage> {
  let opened: Promise<OpenedPage> | undefined;
  const close = async () => {
    const closing = opened;
    opened = undefined;
    await (await closing?.catch(() => undefined))?.page.context().close();
  };
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await close();
  });
  afterAll(close);
  return () => (opened ??= openPage(path, options));
}

async function openPage(path: string, options: OpenOptions): Promise<OpenedPage> {
  launched ??= chromium.launch({
    executablePath: inject('browserPath'),
    args: CHROMIUM_ARGUMENTS,
  });
  const browser = await launched;
  const { width = 1280, height = 900 } = options;
  const profile: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    forcedColors: options.forcedColors ? 'active' : 'none',
    javaScriptEnabled: options.javaScript ?? true,
    hasTouch: options.touch ?? false,
  };
  const context = await browser.newContext(profile);
  // What one page fetches is then its own alone.
  if (!options.serviceWorker) await context.addInitScript('delete Navigator.prototype.serviceWorker');
  const page = await context.newPage();
  const problems: string[] = [];
  watch(page, problems);
  await page.goto(new URL(path, inject('siteUrl')).href, { waitUntil: 'load' });
  return { page, problems };
}

function watch(page: Page, problems: string[]): void {
  const origin = new URL(inject('siteUrl')).origin;
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    problems.push(`The console shows an error: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => problems.push(`An exception was not caught: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && !url.startsWith('blob:') && new URL(url).origin !== origin) {
      problems.push(`Another server was asked for ${url}`);
    }
  });
  page.on('requestfailed', (request) => {
    // A page that is left, or a reader who cancels, ends requests on purpose.
    const reason = request.failure()?.errorText ?? 'no reason given';
    if (reason !== 'net::ERR_ABORTED') problems.push(`${request.url()} could not be fetched: ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.url()} was answered with ${response.status()}`);
  });
}

/** Gives an open stepper another place by its address: taken up, this is written anew, without what nobody reads. */
export async function followAddress(page: Page, hash: string): Promise<void> {
  await page.evaluate((asked) => {
    location.hash = asked;
  }, `${hash}&asked`);
  await page.waitForFunction(() => !location.hash.includes('asked'));
}

/** What the address says by now: asked of the page itself, of which the driver hears only a moment later. */
export function hashOf(page: Page): Promise<string> {
  return page.evaluate(() => location.hash);
}

/**
 * Presses a button from within the page, in the frame in which it is there, and a text beside it: what it ends may be done by itself
 * before a driver has come.
 */
export async function pressAtOnce(page: Page, name: string, beside = ''): Promise<void> {
  await page.waitForFunction(
    ([wanted, text]) => {
      const found = [...document.querySelectorAll('button')].find((each) => each.textContent === wanted);
      if (!found || !new RegExp(text).test(found.parentElement!.textContent)) return false;
      found.click();
      return true;
    },
    [name, beside] as const,
  );
}

/** Holds a file back until what is returned is called. */
export async function holdBack(page: Page, file: string): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(file, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

/** Draws strokes on the page's drawing pad with the mouse: down at the first point, up after the last. */
export async function drawOnPad(page: Page, strokes: readonly (readonly PadPoint[])[]): Promise<void> {
  const pad = page.getByLabel('Drawing pad', { exact: true });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('The drawing pad is not visible, so nothing can be drawn on it.');
  const toScreen = ([x, y]: PadPoint): [number, number] => [
    box.x + (x / PAD_SIZE) * box.width,
    box.y + (y / PAD_SIZE) * box.height,
  ];
  for (const [first, ...rest] of strokes) {
    if (!first) throw new Error('A stroke needs at least one point.');
    await page.mouse.move(...toScreen(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...toScreen(point), { steps: 4 });
    await page.mouse.up();
  }
}

/** Brings every figure of the page into sight until all are alive, and goes back to the top. */
export async function wake(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // The island itself has no box.
    const asleep = () =>
      [...document.querySelectorAll('astro-island[ssr]')].find((each) =>
        each.firstElementChild?.checkVisibility(),
      );
    for (let island = asleep(); island; island = asleep()) {
      island.firstElementChild!.scrollIntoView({ block: 'center', behavior: 'instant' });
      // What comes alive when it is touched; its buttons may be folded away.
      if (island.getAttribute('client') === 'touched')
        island.querySelector<HTMLElement>('summary, button')!.focus();
      while (island.hasAttribute('ssr')) await new Promise(requestAnimationFrame);
    }
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
}

/** A colour on its way to another is neither: waits until what changes has changed. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
    // A cursor blinks for ever.
    const ends = ({ effect }: Animation) => Number.isFinite(effect?.getComputedTiming().endTime);
    const running = document.getAnimations().filter((each) => each.playState === 'running' && ends(each));
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
}

/**
 * What axe-core finds wrong on the page, or in a part of it, a line for each element: the rule, the selector and the reason.
 * Empty when it passes.
 */
export async function accessibilityProblems(page: Page, part?: Locator): Promise<string[]> {
  // Evaluated by the browser's debugger, which the page's content security policy does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await settled(page);
  const place = await (part ?? page.locator('html')).elementHandle();
  const results = await page.evaluate(async (element) => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    return loaded.run(element!, { runOnly: tags, resultTypes: ['violations'] });
  }, place);
  return results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary ?? rule.help}`),
  );
}
