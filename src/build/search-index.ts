import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { type PagefindIndex, close, createIndex } from 'pagefind';
import { backwardRegions } from './step-regions.ts';

/** Of what Pagefind makes, what src/components/chrome/site-search.ts asks for: none of its own dialogs and workers. */
const ASKED_FOR = /^(pagefind\.js|pagefind-entry\.json|wasm\.en\.pagefind|[\w.]+\.pf_(meta|index|fragment))$/;

/** Where the code of the steps is shown. */
const STEPS = { page: 'backprop/', part: 'the-same-moves-26506-numbers' };

/** What is no prose: figures' numbers, formulas' second markup, what stands beside the text, the answers to exercises. */
const LEFT_OUT = [
  'nav',
  'noscript',
  'template',
  'svg',
  'figure astro-island',
  'astro-island table',
  '.katex-mathml',
  '.katex-display',
  '[popover]',
  '.term-note',
  'button:not(.term)',
  'label',
  'summary',
];

/** Once the site is built: an index of its words for the search, in the folder `pagefind/`. `npm run dev` builds none. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        const { index, errors } = await createIndex({
          rootSelector: 'main',
          excludeSelectors: LEFT_OUT,
          forceLanguage: 'en',
        });
        if (!index) throw new Error(`The search index could not be begun: ${errors.join(', ')}`);
        // Of these, pages that have a part marked `data-pagefind-body`: not the figures alone, which stand in chapters too.
        checked(await index.addDirectory({ path: site, glob: '**/index.html' }));
        await addCode(index, site);
        const count = await writeIndex(index, join(site, 'pagefind'));
        await close();
        logger.info(`${count} pages can be searched`);
      },
    },
  };
}

/** Of the code of the steps a page holds that of the first until it is stepped through: all of it is a page of its own. */
async function addCode(index: PagefindIndex, site: string): Promise<void> {
  const { page, part } = STEPS;
  if (!(await readFile(join(site, page, 'index.html'), 'utf8')).includes(`id="${part}"`))
    throw new Error(`The search is to lead to ${page}#${part}, and there is no such part.`);
  const content = Object.values(backwardRegions()).map(({ file, code }) => `${file}: ${code}`);
  const meta = { title: 'The code of the steps', place: 'Chapter 4' };
  checked(
    await index.addCustomRecord({
      url: `/${page}#${part}`,
      content: content.join('\n\n'),
      language: 'en',
      meta,
    }),
  );
}

/**
 * Beside the files themselves their names, so that a page can tell an index without a word from one that is not there.
 *
 * @returns how many pages it holds
 */
async function writeIndex(index: PagefindIndex, folder: string): Promise<number> {
  const files = checked(await index.getFiles()).files.filter(({ path }) => ASKED_FOR.test(basename(path)));
  const chunks = files.map(({ path }) => path).filter((path) => path.endsWith('.pf_index'));
  for (const { path, content } of [...files, { path: 'chunks.json', content: JSON.stringify(chunks) }]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return files.filter(({ path }) => path.endsWith('.pf_fragment')).length;
}

function checked<Answer extends { errors: string[] }>(answer: Answer): Answer {
  if (answer.errors.length > 0) throw new Error(`The search index: ${answer.errors.join(', ')}`);
  return answer;
}
