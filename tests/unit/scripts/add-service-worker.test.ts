import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  addServiceWorker,
  addressOf,
  divideFiles,
  withVersion,
} from '../../../scripts/site/add-service-worker.ts';
import { isNamedByContent } from '../../../scripts/site/named-by-content.ts';

type Site = { version: string; kept: { url: string; revision: string | null }[]; whenAsked: string[] };

const FILES = {
  'index.html': '<head><title>A</title></head>',
  'draw/index.html': '<head><title>B</title></head>',
  'cells/frame.html': '<title>C</title>',
  '_astro/pad.Ab12Cd34.js': 'export {}',
  '_astro/KaTeX.woff': 'old',
  'models/shipped.safetensors': 'weights',
  'data/sample-train-0.96e1f934.bin': 'few',
  'data/train-0.ded1ddaf.bin': 'all',
};

function siteOf(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'site-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** What stands in front of the program. */
function listIn(directory: string): Site {
  const [, list] = /^const SITE = (.*);\n/.exec(readFileSync(join(directory, 'sw.js'), 'utf8')) ?? [];
  return JSON.parse(list ?? '');
}

test('of the digits the sample is kept with the site, the whole set when it is asked for; old fonts and figures alone never', () => {
  const others = ['data/test-0.eb96565c.bin', 'embed/pad/index.html', 'sw.js'];
  const { kept, whenAsked } = divideFiles([...Object.keys(FILES), ...others]);
  expect(whenAsked).toEqual(['data/train-0.ded1ddaf.bin', 'data/test-0.eb96565c.bin']);
  expect(kept).toContain('data/sample-train-0.96e1f934.bin');
  expect(kept).not.toContain('_astro/KaTeX.woff');
  expect(kept).not.toContain('sw.js');
  expect(kept).not.toContain('embed/pad/index.html');
});

test('a page has the address of its folder, any other file its own', () => {
  expect(['index.html', 'draw/index.html', '404.html', 'myindex.html'].map(addressOf)).toEqual([
    './',
    'draw/',
    '404.html',
    'myindex.html',
  ]);
});

test('a page says one version, the last that it was given', () => {
  const once = withVersion('<head></head>', 'aa');
  expect(once).toBe('<head><meta name="site-version" content="aa"></head>');
  expect(withVersion(once, 'bb')).toBe('<head><meta name="site-version" content="bb"></head>');
});

test('only what carries its content in its name comes without a revision', async () => {
  const directory = siteOf(FILES);
  await addServiceWorker(directory);
  const { kept, version } = listIn(directory);
  expect(kept.length).toBe(6);
  for (const { url, revision } of kept) expect(revision === null, url).toBe(isNamedByContent(url));
  expect(readFileSync(join(directory, 'draw/index.html'), 'utf8')).toContain(`content="${version}"`);
  expect(readFileSync(join(directory, 'cells/frame.html'), 'utf8')).toBe(FILES['cells/frame.html']);
});

test('the same site has the same version, and any change another, with which every page has another revision', async () => {
  const [one, same, changed] = [
    siteOf(FILES),
    siteOf(FILES),
    siteOf({ ...FILES, 'models/shipped.safetensors': 'new' }),
  ];
  for (const directory of [one, same, same, changed]) await addServiceWorker(directory);
  expect(readFileSync(join(same, 'sw.js'))).toEqual(readFileSync(join(one, 'sw.js')));
  const revisions = (directory: string) =>
    new Map(listIn(directory).kept.map(({ url, revision }) => [url, revision]));
  const [before, after] = [revisions(one), revisions(changed)];
  const differ = [...before.keys()].filter((url) => before.get(url) !== after.get(url));
  expect(differ.sort()).toEqual(['./', 'draw/', 'models/shipped.safetensors']);
  expect(listIn(changed).version).not.toBe(listIn(one).version);
});
