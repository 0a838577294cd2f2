import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SITE_DIRECTORY } from '../../scripts/build.ts';
import { cellNumber, codeLink, runInCell } from './cells.ts';
import { hosts, serveFolder, setBait } from './other-hosts.ts';
import { useBrowser } from './page.ts';

const open = useBrowser();

/** Ways out of a cell, as code that would give something. Each is tried in a cell, with the address of a server to come to. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  "the page's document": 'return document.title',
  'the window above': 'return parent.location.href',
  "the page's storage": 'return localStorage.length',
  'storage of its own': "return indexedDB.open('x')",
  cookies: 'return document.cookie',
  caches: "return await caches.open('x')",
  files: 'return await navigator.storage.getDirectory()',
  'a new window': 'return open(BAIT)',
  'another address': 'location.href = BAIT; if (location.href !== BAIT) throw 0',
  fetch: 'return await fetch(BAIT)',
  XMLHttpRequest: 'const got = new XMLHttpRequest(); got.open("GET", BAIT); got.send(); return got',
  WebSocket: 'return new WebSocket(BAIT.replace("http", "ws"))',
  EventSource: 'return new EventSource(BAIT)',
  WebTransport: 'return new WebTransport(BAIT)',
  WebRTC: 'return new RTCPeerConnection()',
  'a beacon': 'return navigator.sendBeacon(BAIT, "x")',
  'a module from an address': 'return await import(BAIT)',
  'a module from data': 'return await import("data:text/javascript,export default 1")',
  'a script from an address': 'return importScripts(BAIT)',
  'code from text': 'return eval("1")',
  'a function from text': 'return new Function("return 1")()',
  'another worker': 'return new Worker("data:text/javascript,")',
  'a channel to other tabs': 'return new BroadcastChannel("x")',
  'words to whoever started it': 'return postMessage("x")',
};

/** The same as the frame's policy alone sees to it, were everything still there: a worker of its own is harmless. */
const WITHOUT_DOORS = Object.entries(WAYS_OUT).filter(
  ([name]) => !['another worker', 'a channel to other tabs', 'words to whoever started it'].includes(name),
);

describe.each(['npm start', ...Object.keys(hosts)])('on %s', (host) => {
  let url: string;
  let close = () => {};
  let bait: Awaited<ReturnType<typeof setBait>>;
  beforeAll(async () => {
    bait = await setBait();
    url = inject('siteUrl');
    if (host !== 'npm start') ({ url, close } = await serveFolder(SITE_DIRECTORY, hosts[host]));
  });
  afterAll(() => {
    close();
    bait.close();
  });

  test('no way leads out of a cell, nor through the policy alone; code that comes with a link waits', async () => {
    const { page } = await open(new URL(`notebook/${await codeLink("show('it ran')")}`, url).href);
    const offered = page.getByRole('region', { name: 'Code from a link' });
    await offered.getByText('Nothing of it has run').waitFor();
    expect(await page.getByText('it ran', { exact: true }).count()).toBe(0);
    expect(await page.locator('iframe').count()).toBe(0);
    await offered.getByRole('button', { name: 'Leave it' }).click();

    const cell = cellNumber(page, 1);
    await runInCell(page, cell, attemptsOf(Object.entries(WAYS_OUT), bait.url));
    const found = await cell.getByRole('row').allTextContents();
    expect(found).toHaveLength(Object.keys(WAYS_OUT).length + 1);
    expect(found.slice(1).filter((row) => !row.endsWith('refused'))).toEqual([]);

    expect(await throughPolicy(page, attemptsOf(WITHOUT_DOORS, bait.url))).toEqual([]);
    expect(bait.taken).toEqual([]);
    expect(page.url()).toContain('/notebook/');
    expect(page.context().pages()).toHaveLength(1);
  });
});

/** Code that tries each of the ways and shows as a table what came of it. */
function attemptsOf(ways: readonly (readonly [string, string])[], bait: string): string {
  const tries = ways.map(([name, code]) => `  ${JSON.stringify(name)}: async () => { ${code} },`);
  return `const BAIT = ${JSON.stringify(bait)};
const ways = {
${tries.join('\n')}
};
const rows = [];
for (const [way, go] of Object.entries(ways)) {
  const result = await go().then(settled).then((got) => 'got ' + String(got), () => 'refused');
  rows.push({ way, result });
}
// What is asked for may be there and fail only then.
function settled(got) {
  if (typeof got?.addEventListener !== 'function') return got;
  return new Promise((resolve, reject) => {
    for (const name of ['load', 'open', 'success']) got.addEventListener(name, () => resolve(got));
    got.addEventListener('error', reject);
  });
}
show(rows);`;
}

/** Runs code in a worker of the cells' frame that was left all that a worker has. @returns the ways that led somewhere */
function throughPolicy(page: Page, code: string): Promise<string[]> {
  return page.evaluate(
    async (program) => {
      const frame = document.createElement('iframe');
      frame.src = new URL('../cells/frame.html', location.href).href;
      await new Promise((resolve) => {
        frame.onload = resolve;
        document.body.append(frame);
      });
      const [control, port] = [new MessageChannel(), new MessageChannel()];
      frame.contentWindow!.postMessage(null, location.origin, [control.port2]);
      control.port1.postMessage(program, [port.port2]);
      return new Promise<string[]>((resolve) => {
        port.port1.onmessage = ({ data }) => resolve(data);
      });
    },
    `onmessage = async ({ ports: [port] }) => {
      const show = (rows) => port.postMessage(rows.filter(({ result }) => result !== 'refused').map(({ way, result }) => way + ': ' + result));
      ${code}
    };`,
  );
}
