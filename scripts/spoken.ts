import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Virtual } from '@guidepup/virtual-screen-reader';
import { type Page, chromium } from 'playwright-core';
import { SITE_DIRECTORY, ensureSite, siteBase } from './build.ts';
import { ensureBrowser } from './site/find-browser.ts';
import { serveSite } from './site/serve.ts';
import { foldSpeech } from './site/spoken-lines.ts';

const FOLDER = fileURLToPath(new URL('../docs/spoken/', import.meta.url));
const READER = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js');
const READER_PATH = 'virtual-screen-reader.js';
/** More than the longest chapter has: a reader that goes round in circles ends here. */
const MOST_PHRASES = 20_000;

/**
 * `node scripts/spoken.ts [chapter …]`: writes what a screen reader says of a chapter, from its first word to its last, to
 * docs/spoken/, with every figure as it stands before anything is pressed.
 */
async function writeSpoken(chapters: readonly string[]): Promise<void> {
  await ensureSite();
  const site = await serveSite({ directory: SITE_DIRECTORY, base: siteBase() });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] });
  mkdirSync(FOLDER, { recursive: true });
  try {
    for (const chapter of chapters) {
      // The reader is put into the page, which its policy forbids.
      const context = await browser.newContext({
        bypassCSP: true,
        reducedMotion: 'reduce',
        serviceWorkers: 'block',
      });
      const page = await context.newPage();
      await page.route(`**/${READER_PATH}`, (route) => route.fulfill({ path: READER }));
      await page.goto(new URL(`${chapter}/`, site.url).href);
      await wakeFigures(page);
      const phrases = await readAloud(page);
      const file = `${chapter.replaceAll('/', '-')}.md`;
      writeFileSync(`${FOLDER}${file}`, script(chapter, foldSpeech(phrases)));
      console.log(`docs/spoken/${file}: ${phrases.length} phrases`);
      await context.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Scrolls to the end and back: figures come alive where they are seen. */
async function wakeFigures(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 400) {
    await page.evaluate((to) => scrollTo(0, to), y);
    await page.waitForTimeout(100);
  }
  await page.waitForLoadState('networkidle');
}

async function readAloud(page: Page): Promise<string[]> {
  await page.addScriptTag({
    type: 'module',
    content: `import { virtual } from './${READER_PATH}'; window.screenReader = virtual;`,
  });
  await page.waitForFunction(() => 'screenReader' in window);
  return page.evaluate(async (most) => {
    const { screenReader } = window as unknown as { screenReader: Virtual };
    await screenReader.start({ container: document.querySelector('main')! });
    const phrases: string[] = [];
    while (phrases.length < most) {
      phrases.push(await screenReader.lastSpokenPhrase());
      if (phrases.at(-1) === 'end of main') break;
      await screenReader.next();
    }
    await screenReader.stop();
    return phrases;
  }, MOST_PHRASES);
}

function script(chapter: string, lines: readonly string[]): string {
  return `# /${chapter}/ as it is spoken

Made by \`node scripts/spoken.ts ${chapter}\` with a virtual screen reader that follows the ARIA specifications: the page from its
first word to its last, figures as they stand before anything is pressed. A line is what is said between two presses of the key
that goes on; where something ends is left out, and a formula stands on one line.

\`\`\`text
${lines.join('\n')}
\`\`\`
`;
}

await writeSpoken(process.argv.length > 2 ? process.argv.slice(2) : ['forward']);
