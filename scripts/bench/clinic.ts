import { chromium } from 'playwright-core';
import { SITE_DIRECTORY, ensureSite, siteBase } from '../build.ts';
import { ensureBrowser } from '../site/find-browser.ts';
import { serveSite } from '../site/serve.ts';
import { median } from './setups.ts';

/** Two epochs of eight networks, on a machine that is busy with other things. */
const PATIENCE = { timeout: 600_000 };

/**
 * The clinic of the site's own page, trained to its end in headless Chromium: by one worker and by two, taking turns.
 *
 * @returns a sentence with the medians and what two workers gain
 */
export async function measureClinic(rounds: number): Promise<string> {
  await ensureSite();
  const site = await serveSite({ directory: SITE_DIRECTORY, base: siteBase() });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] });
  const seconds: Record<1 | 2, number[]> = { 1: [], 2: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const cores of [1, 2] as const) {
        const page = await browser.newPage();
        // As many as the page may think that there are: it starts a worker for each.
        await page.addInitScript((count) => {
          Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
        }, cores);
        await page.goto(`${site.url}backprop/trust/`);
        const clinic = page.getByRole('figure', { name: 'The clinic' });
        await clinic.scrollIntoViewIfNeeded();
        await clinic.locator('xpath=./astro-island[not(@ssr)]').waitFor(PATIENCE);
        await clinic.getByRole('button', { name: 'Let them train' }).click();
        await clinic.getByText(/^They train/).waitFor(PATIENCE);
        const started = performance.now();
        if (page.workers().length !== cores) throw new Error(`the page has started ${page.workers().length}`);
        await clinic.getByText(/eight times, took/).waitFor(PATIENCE);
        seconds[cores].push((performance.now() - started) / 1000);
        console.error(
          `round ${round + 1}: ${seconds[cores].at(-1)!.toFixed(2)} s with ${cores} of the page's workers`,
        );
        await page.close();
      }
    }
  } finally {
    await browser.close();
    await site.close();
  }
  const [one, two] = [median(seconds[1]), median(seconds[2])];
  return `The clinic, two epochs of eight networks: ${one.toFixed(1)} s by one worker, ${two.toFixed(1)} s by two, ${(one / two).toFixed(2)} times as fast.`;
}
