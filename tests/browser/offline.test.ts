import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { SITE_DIRECTORY } from '../../scripts/build.ts';
import { addServiceWorker } from '../../scripts/site/add-service-worker.ts';
import { noServiceWorker } from '../../src/build/no-service-worker.ts';
import { cellNumber } from './cells.ts';
import { PATHS } from './chapters.ts';
import { hosts, serveFolder } from './other-hosts.ts';
import { drawOnPad, useBrowser, wake } from './page.ts';

const open = useBrowser();

const NEWER = 'There is a newer version of these pages.';

const isKept = (page: Page) => page.getByText('This site is kept on this device').waitFor();

/** Presses a step of the training console and waits for what comes of it. */
async function train(page: Page, outcome: RegExp): Promise<void> {
  const training = page.getByRole('figure', { name: 'Training console' });
  await training.scrollIntoViewIfNeeded();
  await training.locator('fieldset[aria-disabled="false"]').first().waitFor();
  await training.getByRole('button', { name: 'Step 1 batch' }).click();
  await training.getByText(outcome).first().waitFor();
}

test('after the first visit, without a connection: every page, a drawn digit and a cell; and a network is trained once the digits are here', async () => {
  const { page } = await open('', { serviceWorker: true });
  const home = page.url();
  const go = (path: string) => page.goto(new URL(path, home).href, { waitUntil: 'domcontentloaded' });
  await isKept(page);
  await page.context().setOffline(true);
  for (const path of PATHS) {
    await go(path);
    expect(await page.getByRole('heading', { level: 1 }).count(), path).toBe(1);
    expect(await page.evaluate(() => crossOriginIsolated), path).toBe(true);
  }
  await go('forward/');
  const cell = cellNumber(page, 1);
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.getByText(/label \d scores/).waitFor();

  await go('training/');
  await train(page, /there is no connection, and these digits are not on this device yet/);
  await page.context().setOffline(false);
  await train(page, /^A batch of 32 digits: their loss was/);

  await page.context().setOffline(true);
  await go('');
  await go('training/');
  await train(page, /^A batch of 32 digits: their loss was/);
  await go('draw/?from=elsewhere');
  await drawOnPad(page, [
    [
      [210, 60],
      [212, 200],
      [208, 360],
    ],
  ]);
  await page
    .getByText(/^Prediction: 1\b/)
    .first()
    .waitFor();
});

test(
  'a newer version: open pages go on with their own files and are told, and no old file is left when the last of them has gone; a build that ends all this ends it',
  { tags: ['long'], timeout: 120_000 },
  async () => {
    const site = await serveCopy();
    const { page } = await open('', { serviceWorker: true });
    const gone: string[] = [];
    page.context().on('response', (response) => {
      if (response.status() >= 400) gone.push(response.url());
    });
    await page.goto(`${site.url}training/`);
    await isKept(page);
    await train(page, /^A batch of 32 digits/);
    const other = await page.context().newPage();
    await other.goto(`${site.url}layer/`);

    await site.renew();
    await lookForNewer(page);
    await page.getByText(NEWER).waitFor();
    await train(page, /^A batch of 32 digits/);

    // Two pages of the old version: the one is loaded anew, the other keeps its files.
    await page.getByRole('button', { name: 'Load the newer one' }).click();
    await page.getByText('The second version').waitFor();
    await isKept(page);
    expect(await keptFiles(page)).toContainEqual(expect.stringMatching(/-first\.js$/));
    await wake(other);
    await other.close();
    await lookForNewer(page);
    await expect.poll(() => keptFiles(page)).not.toContainEqual(expect.stringMatching(/-first\.js$/));
    expect(await keptFiles(page)).toContainEqual(expect.stringMatching(/-second\.js$/));
    expect(await page.getByText(NEWER).isVisible()).toBe(false);
    await page.context().setOffline(true);
    await page.goto(`${site.url}training/`);
    await page.getByText('The second version').waitFor();
    expect(gone).toEqual([]);

    // With the next page it is gone, and all that it kept.
    await page.context().setOffline(false);
    site.endServiceWorker();
    await page.goto(`${site.url}layer/`);
    await expect.poll(() => keptFiles(page)).toEqual([]);
    const registrations = () => page.evaluate(() => navigator.serviceWorker.getRegistrations());
    await expect.poll(registrations).toEqual([]);
    await wake(page);
    expect(gone).toEqual([]);
  },
);

/** Has the page look whether there is a newer version, as it does whenever its reader comes back to it. */
async function lookForNewer(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  });
}

/** The site once more, on a server that knows files and no more, where newer versions can take its place. */
async function serveCopy() {
  const directory = mkdtempSync(join(tmpdir(), 'site-'));
  cpSync(SITE_DIRECTORY, directory, { recursive: true });
  renameBundles(directory, '-first');
  await addServiceWorker(directory);
  const site = await serveFolder(directory, hosts['a bare server']!);
  onTestFinished(() => {
    site.close();
    rmSync(directory, { recursive: true });
  });
  return {
    url: site.url,
    /** As if every part of it had changed: no bundle of the old version is there any more. */
    async renew() {
      renameBundles(directory, '-second');
      for (const name of pagesOf(directory))
        change(join(directory, name), (html) => html.replace('</h1>', '</h1><p>The second version</p>'));
      await addServiceWorker(directory);
    },
    /** As `KILL_SERVICE_WORKER=1` builds it. */
    endServiceWorker() {
      for (const name of pagesOf(directory))
        change(join(directory, name), (html) => html.replace(/<meta name="site-version"[^>]*>/, ''));
      writeFileSync(join(directory, 'sw.js'), noServiceWorker);
    },
  };
}

/** Gives every script and style sheet another name, and calls it by that wherever it is named. */
function renameBundles(directory: string, mark: string): void {
  const folder = join(directory, '_astro');
  const names = readdirSync(folder).filter((name) => /\.(?:js|css)$/.test(name));
  const renamed = new Map(names.map((name) => [name, name.replace(/(?:-first)?\.(js|css)$/, `${mark}.$1`)]));
  for (const [name, newName] of renamed) renameSync(join(folder, name), join(folder, newName));
  const texts = [...[...renamed.values()].map((name) => join('_astro', name)), ...pagesOf(directory)];
  for (const text of texts)
    change(join(directory, text), (source) =>
      source.replace(/[\w.~-]+\.(?:js|css)\b/g, (name) => renamed.get(name) ?? name),
    );
}

function pagesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
}

function change(file: string, how: (text: string) => string): void {
  writeFileSync(file, how(readFileSync(file, 'utf8')));
}
