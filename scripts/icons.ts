import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ensureBrowser } from './site/find-browser.ts';

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));

/** Of the site's paper, by day. */
const GROUND = '#f6f1e6';

/** What public/manifest.webmanifest names. A system may cut a maskable one down to the circle that it holds: 80 % across. */
const ICONS = [
  { file: 'icon-192.png', size: 192, share: 0.86 },
  { file: 'icon-512.png', size: 512, share: 0.86 },
  { file: 'maskable-512.png', size: 512, share: 0.56 },
] as const;

/** `node scripts/icons.ts`: draws the icons in public/icons/, which are committed, from public/favicon.svg. */
async function drawIcons(): Promise<void> {
  const svg = readFileSync(`${PUBLIC}favicon.svg`, 'utf8');
  mkdirSync(`${PUBLIC}icons`, { recursive: true });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] });
  const page = await browser.newPage({ colorScheme: 'light' });
  for (const { file, size, share } of ICONS) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>
      body { display: grid; place-items: center; height: 100vh; margin: 0; background: ${GROUND} }
      svg { width: ${share * 100}% }
    </style>${svg}`);
    await page.screenshot({ path: `${PUBLIC}icons/${file}` });
  }
  await browser.close();
}

await drawIcons();
