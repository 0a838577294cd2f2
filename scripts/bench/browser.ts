import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Examples } from '../../src/lib/nn/examples.ts';
import { ensureBrowser } from '../site/find-browser.ts';
import type { BenchSetup } from './setups.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface BrowserResult {
  readonly epochs: number[];
  readonly prediction: number | undefined;
}

/** The same measurement in headless Chromium: the library's own sources, their types taken off as they are served. */
export async function measureInBrowser(
  setups: readonly BenchSetup[],
  train: Examples,
  rounds: number,
): Promise<{ version: string; results: BrowserResult[] }> {
  const server = await serve(train);
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(server.url);
    const results: BrowserResult[] = [];
    for (const setup of setups) {
      results.push(
        (await page.evaluate(
          async ([each, times]) => (globalThis as unknown as BenchPage).measure(each, times),
          [setup, rounds] as const,
        )) as BrowserResult,
      );
    }
    return { version: browser.version(), results };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** What the page below puts into its global scope. */
interface BenchPage {
  measure(setup: BenchSetup, rounds: number): Promise<BrowserResult>;
}

/** Trains in a worker, as the site does; the page itself only passes on what is asked. */
const PAGE = `<!doctype html><title>Bench</title><script type="module">
const worker = new Worker('/worker.js', { type: 'module' });
worker.onerror = (event) => { throw new Error(event.message); };
globalThis.measure = (setup, rounds) => new Promise((resolve) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.postMessage([setup, rounds]);
});
</script>`;

const WORKER = `
import { chooseKernels } from '/src/lib/nn/kernels/wasm.ts';
import { measureAlone, ours } from '/scripts/bench/ours.ts';
const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
const ready = (async () => {
  const [values, labels] = await Promise.all([bytes('/values'), bytes('/labels')]);
  const kernels = { relaxed: await bytes('/src/lib/nn/kernels/compiled/relaxed-simd.wasm') };
  return { kernels, train: { count: labels.length, width: 784, values, labels } };
})();
onmessage = async ({ data: [setup, rounds] }) => {
  const { kernels, train } = await ready;
  postMessage(await measureAlone(ours('browser', 1, () => chooseKernels(kernels)), setup, train, rounds));
};
`;

async function serve(train: Examples): Promise<{ url: string; close(): Promise<void> }> {
  const made: Record<string, { type: string; body: string | Uint8Array }> = {
    '/': { type: 'text/html', body: PAGE },
    '/worker.js': { type: 'text/javascript', body: WORKER },
    '/values': { type: 'application/octet-stream', body: train.values as Uint8Array },
    '/labels': { type: 'application/octet-stream', body: train.labels },
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const sent = made[path] ?? sourceFile(path);
    Promise.resolve(sent).then(
      ({ type, body }) => response.writeHead(200, { 'Content-Type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

async function sourceFile(path: string): Promise<{ type: string; body: string | Uint8Array }> {
  const file = resolve(join(ROOT, path));
  const allowed = ['src', 'scripts', 'public'].some((folder) => file.startsWith(join(ROOT, folder) + sep));
  if (!allowed) throw new Error(`${path} is not served`);
  if (!file.endsWith('.ts')) return { type: 'application/octet-stream', body: await readFile(file) };
  return { type: 'text/javascript', body: stripTypeScriptTypes(await readFile(file, 'utf8')) };
}
