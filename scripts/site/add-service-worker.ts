import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { HEADERS_FILE } from './headers.ts';
import { isNamedByContent } from './named-by-content.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = 'src/service-worker/service-worker.ts';

/** Where the pages look for it: its folder is all that it serves. */
const FILE = 'sw.js';

/** Tells a page which build it is of: only pages that know it have a service worker. */
const VERSION_META = /<meta name="site-version" content="[0-9a-f]*">/;

/** Fonts for browsers that know no WOFF2, which have no service workers either. */
const OLD_FONT = /\.(?:woff|ttf)$/;

/** Figures alone, in frames of other sites: no page of this one leads to them. */
const ALONE = /^embed\//;

/** The sample of the digits comes with the site, the whole set when it is asked for. */
const WHOLE_SET = /^data\/(?!sample-).*\.bin$/;

/**
 * Gives a built site its service worker, with the list of the site's files, and writes into each page which version it
 * is of. The same site gets the same version, whenever it is built; done again after a change, it gets another.
 */
export async function addServiceWorker(directory: string): Promise<void> {
  const program = await bundled();
  const { kept, whenAsked } = divideFiles(filesOf(directory));
  const read = (name: string) => readFileSync(join(directory, name));
  const pages = kept.filter((name) => name.endsWith('.html'));
  for (const name of pages) writeFileSync(join(directory, name), withVersion(String(read(name)), ''));
  const version = hashOf(program, ...kept.flatMap((name) => [name, read(name)]), ...whenAsked);
  for (const name of pages) writeFileSync(join(directory, name), withVersion(String(read(name)), version));
  const files = kept.map((name) => ({
    url: addressOf(name),
    revision: isNamedByContent(name) ? null : hashOf(read(name)),
  }));
  const site = JSON.stringify({ version, kept: files, whenAsked });
  writeFileSync(join(directory, FILE), `const SITE = ${site};\n${program}`);
}

/** Which files a device keeps from the first visit, and which only once they have been asked for. */
export function divideFiles(names: readonly string[]): { kept: string[]; whenAsked: string[] } {
  // A host that reads the file of headers does not serve it.
  const isNone = (name: string) => name === FILE || name === HEADERS_FILE;
  const served = names.filter((name) => !isNone(name) && !OLD_FONT.test(name) && !ALONE.test(name));
  return {
    kept: served.filter((name) => !WHOLE_SET.test(name)),
    whenAsked: served.filter((name) => WHOLE_SET.test(name)),
  };
}

/** A page that says its version, and no other. Files in a frame, which have no head, stay as they are. */
export function withVersion(html: string, version: string): string {
  const meta = `<meta name="site-version" content="${version}">`;
  return VERSION_META.test(html)
    ? html.replace(VERSION_META, meta)
    : html.replace('</head>', `${meta}</head>`);
}

/** A page has the address of its folder, seen from the service worker. */
export function addressOf(name: string): string {
  return name.replace(/(^|\/)index\.html$/, '$1') || './';
}

/** As one script for every browser: some know no modules here. */
async function bundled(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry: join(ROOT, PROGRAM), formats: ['iife'], name: 'serviceWorker' } },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error('The service worker could not be bundled.');
  return output.output[0].code;
}

/** All files below the folder, by their paths from it, in an order that does not depend on the file system. */
export function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest('hex').slice(0, 16);
}
