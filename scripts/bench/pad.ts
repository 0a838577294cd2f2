import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { SITE_DIRECTORY, ensureSite, siteBase } from '../build.ts';
import { ensureBrowser } from '../site/find-browser.ts';
import { serveSite } from '../site/serve.ts';

/** Movements of the pen, one a frame; the first few are not counted, while engines compile. */
const MOVES = 260;
const WARM = 60;
const NETWORKS = [
  { name: 'original', what: 'the network of the chapters, as large as the reader’s' },
  { name: 'shipped', what: 'the shipped network' },
];
const SLOWDOWNS = [1, 4];

/**
 * Time from a movement of the pen to the bars, on chapter 8's page in headless Chromium: the main thread's own time of all that is done
 * between the event and the next, out of the browser's trace. What else the machine does is not in it.
 */
export async function measurePad(): Promise<string> {
  await ensureSite();
  const site = await serveSite({ directory: SITE_DIRECTORY, base: siteBase() });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] });
  const lines = ['From pointer event to bars: milliseconds of the main thread, a movement a frame'];
  try {
    for (const { name, what } of NETWORKS) {
      for (const slowdown of SLOWDOWNS) {
        const times = (await measure(browser, site.url, name, slowdown)).toSorted((a, b) => a - b);
        const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
        lines.push(
          `  ${what}, ${slowdown} × slowed down: median ${at(0.5).toFixed(1)}, 95th percentile ${at(0.95).toFixed(1)} (${times.length} movements)`,
        );
      }
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return lines.join('\n');
}

async function measure(browser: Browser, url: string, network: string, slowdown: number): Promise<number[]> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(new URL('draw/', url).href, { waitUntil: 'networkidle' });
  await page.getByText('Draw a digit: the pad is empty.').waitFor();
  await page.getByRole('combobox', { name: 'Read by' }).selectOption(network);
  await page.getByLabel('Drawing pad', { exact: true }).scrollIntoViewIfNeeded();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate(scribble, MOVES);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  await page.context().close();
  return timesBetweenMarks(traceEvents).slice(WARM);
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: when it began, and of the thread's own work. */
  readonly ts: number;
  readonly tdur?: number;
}

/** The thread's own time of all tasks from one mark to the next. */
function timesBetweenMarks(events: readonly TraceEvent[]): number[] {
  const marks = events.filter(({ name }) => name === 'move').toSorted((a, b) => a.ts - b.ts);
  const [{ pid, tid }] = marks;
  const tasks = events.filter(
    (event) => event.name.endsWith('RunTask') && event.pid === pid && event.tid === tid,
  );
  return marks.slice(0, -1).map(({ ts }, n) => {
    // A mark lies in the task that sends the movement: that task begins before it.
    const within = tasks.filter((task) => task.ts >= ts && task.ts < marks[n + 1].ts);
    return within.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
  });
}

/** In the page: one long stroke; each movement is made in a task of its own, after its mark, and its frame is waited for. */
async function scribble(moves: number): Promise<void> {
  const pad = document.querySelector<HTMLCanvasElement>('[aria-label="Drawing pad"]')!;
  pad.setPointerCapture = () => {};
  const box = pad.getBoundingClientRect();
  const send = (type: string, n: number) => {
    const [x, y] = [210 + 150 * Math.sin(n / 20), 210 + 150 * Math.cos(n / 33)];
    const at = { clientX: box.left + (x / 420) * box.width, clientY: box.top + (y / 420) * box.height };
    pad.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 7, pointerType: 'touch', bubbles: true }));
  };
  send('pointerdown', 0);
  for (let n = 1; n <= moves + 1; n++) {
    performance.mark('move');
    await new Promise((next) => setTimeout(next));
    send('pointermove', n);
    await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  }
  send('pointerup', moves);
}
