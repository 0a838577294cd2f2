import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildSite } from '../../scripts/build.ts';
import { serveSite } from '../../scripts/site/serve.ts';
import { drawOnPad, useBrowser } from './page.ts';

const open = useBrowser();

test(
  'built for a folder of another site, every page, font, network, link and result of a search is found there, without a connection too',
  { tags: ['long'], timeout: 180_000 },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'site-'));
    await buildSite(directory, '/somewhere/else/');
    const site = await serveSite({ directory, base: '/somewhere/else/' });
    try {
      const { page } = await open('', { serviceWorker: true });
      const wrong: string[] = [];
      page.on('response', (response) => {
        if (response.status() >= 400) wrong.push(response.url());
      });
      await page.goto(site.url);
      await page.getByText('Draw a digit: the pad is empty.').waitFor();
      await drawOnPad(page, [
        [
          [210, 60],
          [212, 200],
          [208, 360],
        ],
      ]);
      expect(await page.getByRole('status').textContent()).toMatch(/^Prediction: 1\b/);
      const links = await page
        .getByRole('link')
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
      for (const link of new Set(links)) {
        expect(link).toMatch(new RegExp(`^${site.url}`));
        expect((await page.request.get(link)).status(), link).toBe(200);
      }
      await page.keyboard.press('Control+k');
      await page.keyboard.type('one-hot');
      const hit = page.getByRole('dialog').getByRole('listitem').first().getByRole('link');
      expect(await hit.evaluate((link) => (link as HTMLAnchorElement).href)).toBe(
        `${site.url}reference/#one-hot`,
      );
      await page.getByText('This site is kept on this device').waitFor();
      await page.context().setOffline(true);
      await page.goto(`${site.url}draw/`);
      await page.getByRole('heading', { level: 1, name: 'Your handwriting' }).waitFor();
      expect(wrong).toEqual([]);
    } finally {
      await site.close();
    }
  },
);
