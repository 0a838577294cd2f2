import { readdirSync } from 'node:fs';
import { type LaunchedChrome, launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { ensureSite, SITE_DIRECTORY, siteBase } from './build.ts';
import { budgets } from './site/budgets.ts';
import { ensureBrowser } from './site/find-browser.ts';
import { serveSite } from './site/serve.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
interface Figures {
  /** Of 100, in the order of the categories. */
  readonly scores: readonly number[];
  /** What cost points, by name. */
  readonly lost: readonly string[];
  /** In milliseconds, at the slowdown of the budgets. */
  readonly largestPaint: number;
  readonly longestTask: number;
}

/**
 * `npm run lighthouse`: every page of the production build on the site's own server, as a table; fails where one is over its
 * budget. Parts of addresses after `--` pick some of the pages. Needs a machine that does nothing else.
 */
async function main(): Promise<void> {
  await ensureSite();
  const site = await serveSite({ directory: SITE_DIRECTORY, base: siteBase() });
  const executablePath = ensureBrowser();
  const args = ['--no-sandbox', '--no-first-run'];
  const browser = await chromium.launch({ executablePath, args });
  const judged = await launch({ chromePath: executablePath, chromeFlags: ['--headless=new', ...args] });
  const wanted = process.argv.slice(2);
  let failures = 0;
  console.log(['page'.padEnd(24), ...CATEGORIES, 'largest paint', 'longest task'].join('  '));
  try {
    for (const path of pages()) {
      if (wanted.length > 0 && !wanted.some((part) => isMeant(part, `/${path}`))) continue;
      const figures = {
        ...(await judge(judged, new URL(path, site.url).href, path.startsWith('embed/'))),
        ...(await measureSlowed(browser, new URL(path, site.url).href)),
      };
      console.log(row(path, figures));
      for (const what of overBudget(figures)) {
        console.log(`  ${what}`);
        failures++;
      }
    }
  } finally {
    await browser.close();
    judged.kill();
    await site.close();
  }
  if (failures > 0) console.error(`${failures} figures are over their budgets.`);
  process.exitCode = failures > 0 ? 1 : 0;
}

/** The front page is `/`, which is a part of every address. */
const isMeant = (part: string, path: string) => (part === '/' ? path === part : path.includes(part));

/** The addresses of all pages below the base path. */
function pages(): string[] {
  return readdirSync(SITE_DIRECTORY, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)index\.html$/.test(name))
    .map((name) => name.replace(/index\.html$/, ''))
    .sort();
}

async function judge(
  { port }: LaunchedChrome,
  url: string,
  isEmbed: boolean,
): Promise<Pick<Figures, 'scores' | 'lost'>> {
  const options = {
    port,
    output: 'json' as const,
    logLevel: 'error' as const,
    onlyCategories: [...CATEGORIES],
    // A figure alone is to be found in its chapter, not by a search engine.
    skipAudits: isEmbed ? ['is-crawlable'] : [],
  };
  let result = await lighthouse(url, options);
  // Once in a while the browser does not tell it of the page's beginning.
  if (result?.lhr.runtimeError) result = await lighthouse(url, options);
  if (!result || result.lhr.runtimeError)
    throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? 'no result'}`);
  const { categories, audits } = result.lhr;
  const parts = CATEGORIES.flatMap((name) => categories[name].auditRefs).filter(({ weight }) => weight > 0);
  const lost = parts.map(({ id }) => audits[id]).filter(({ score }) => score !== null && score < 0.9);
  return {
    scores: CATEGORIES.map((name) => Math.round(100 * (categories[name].score ?? 0))),
    lost: lost.map(({ id, displayValue }) => (displayValue ? `${id} ${displayValue}` : id)),
  };
}

/** The largest paint of the first screen, and the longest task until all is still. */
async function measureSlowed(
  browser: Browser,
  url: string,
): Promise<Pick<Figures, 'largestPaint' | 'longestTask'>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: budgets.slow.slowdown });
    await page.addInitScript(() => {
      const seen = { largestPaint: 0, longestTask: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const { startTime } of list.getEntries()) seen.largestPaint = startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longestTask = Math.max(seen.longestTask, duration);
      }).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    return await page.evaluate(
      () => (window as unknown as { seen: { largestPaint: number; longestTask: number } }).seen,
    );
  } finally {
    await context.close();
  }
}

function overBudget({ scores, lost, largestPaint, longestTask }: Figures): string[] {
  const { slow, lighthouse: least } = budgets;
  return [
    ...CATEGORIES.flatMap((name, n) =>
      scores[n] < least ? [`${name} ${scores[n]}, below ${least} (${lost.join(', ')})`] : [],
    ),
    ...(largestPaint > slow.largestPaint
      ? [`its largest paint comes after ${largestPaint.toFixed(0)} ms, more than ${slow.largestPaint}`]
      : []),
    ...(longestTask > slow.longestTask
      ? [`its longest task takes ${longestTask.toFixed(0)} ms, more than ${slow.longestTask}`]
      : []),
  ];
}

function row(path: string, { scores, largestPaint, longestTask }: Figures): string {
  const cells = CATEGORIES.map((name, n) => String(scores[n]).padStart(name.length));
  return [
    `/${path}`.padEnd(24),
    ...cells,
    `${largestPaint.toFixed(0)} ms`.padStart(13),
    `${longestTask.toFixed(0)} ms`.padStart(12),
  ].join('  ');
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
