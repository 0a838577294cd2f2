import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

export type OpenOptions = {
  /** Of the window, in CSS pixels. */
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: boolean;
  javaScript?: boolean;
  touch?: boolean;
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

/**
 * One browser for a file of tests. Returns a function that opens a page of the site by its path from the base
 * (`'draw/'`), each in a fresh profile that is thrown away after the test.
 */
export function useBrowser(): (path: string, options?: OpenOptions) => Promise<OpenedPage> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('browserPath'), args: CHROMIUM_ARGUMENTS });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(() => browser?.close());
  return (path, options = {}) => openPage(browser, path, options);
}

async function openPage(browser: Browser, path: string, options: OpenOptions): Promise<OpenedPage> {
  const { width = 1280, height = 900 } = options;
  const profile: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    javaScriptEnabled: options.javaScript ?? true,
    hasTouch: options.touch ?? false,
  };
  const page = await (await browser.newContext(profile)).newPage();
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

/**
 * What axe-core finds wrong on the page, a line for each element: the rule, the selector and the reason.
 * Empty when the page passes.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Evaluated by the browser's debugger, which the page's content security policy does not bind.
  await page.evaluate(axe.source);
  const results = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    return loaded.run(document, { runOnly: tags, resultTypes: ['violations'] });
  });
  return results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary ?? rule.help}`),
  );
}
