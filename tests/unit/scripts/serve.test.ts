import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serveSite } from '../../../scripts/site/serve.ts';
import type { Limits, RunningSite } from '../../../scripts/site/serve.ts';

const FRONT = `<!doctype html><title>Front</title>${'<p>ink</p>'.repeat(500)}`;
const SHARD = Buffer.from([0, 1, 2, 254, 255]);

let folder: string;
let site: RunningSite;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-test-'));
  const root = join(folder, 'site');
  for (const name of ['draw', '_astro', 'data', 'empty', 'embed/pad'])
    mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'outside the site');
  mkdirSync(join(folder, 'outside'));
  writeFileSync(join(folder, 'outside', 'index.html'), 'outside the site');
  writeFileSync(join(root, 'large.bin'), Buffer.alloc(20_000_000));
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
  symlinkSync(join(folder, 'outside'), join(root, 'linked'));
  symlinkSync(join(root, 'draw'), join(root, 'within'));
  writeFileSync(join(root, 'index.html'), FRONT);
  writeFileSync(join(root, '404.html'), '<title>Not here</title>');
  writeFileSync(join(root, 'draw', 'index.html'), '<title>Draw</title>');
  writeFileSync(join(root, 'embed', 'pad', 'index.html'), '<title>Pad alone</title>');
  writeFileSync(join(root, '_astro', 'pad.B3x9.js'), 'export const pad = 1;\n');
  writeFileSync(join(root, 'data', 'train-0.0a1b2c3d.bin'), SHARD);
  writeFileSync(join(root, 'data', 'manifest.json'), '{}');
  const others = ['a.wasm', 'a.safetensors', 'a.mjs', 'a.woff2', 'a.svg', 'a.css', 'a.unknown'];
  for (const name of others) writeFileSync(join(root, name), 'x');
  site = await serveSite({ directory: root, host: '127.0.0.1' });
});

afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

describe('what is sent', () => {
  test('the front page comes with its length, its type and the headers of an isolated page', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body.toString()).toBe(FRONT);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(FRONT.length),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'content-security-policy': "frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
  });

  test.each([
    ['a.wasm', 'application/wasm'],
    ['a.safetensors', 'application/octet-stream'],
    ['data/train-0.0a1b2c3d.bin', 'application/octet-stream'],
    ['a.mjs', 'text/javascript; charset=utf-8'],
    ['_astro/pad.B3x9.js', 'text/javascript; charset=utf-8'],
    ['a.woff2', 'font/woff2'],
    ['a.svg', 'image/svg+xml'],
    ['a.css', 'text/css; charset=utf-8'],
    ['data/manifest.json', 'application/json'],
    ['a.unknown', 'application/octet-stream'],
  ])('%s is sent as %s', async (name, type) => {
    expect((await ask(`/${name}`)).headers['content-type']).toBe(type);
  });

  test('a shard arrives byte for byte and is never encoded', async () => {
    const { headers, body } = await ask('/data/train-0.0a1b2c3d.bin', { 'accept-encoding': 'br, gzip' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(body).toEqual(SHARD);
  });

  test('HEAD gives the headers of GET without the body', async () => {
    const { status, headers, body } = await ask('/', {}, 'HEAD');
    expect(status).toBe(200);
    expect(headers['content-length']).toBe(String(FRONT.length));
    expect(body.length).toBe(0);
  });

  test('a file that changes on the disk is sent as it is now', async () => {
    const path = join(folder, 'site', 'changing.txt');
    writeFileSync(path, 'before');
    const before = await ask('/changing.txt');
    writeFileSync(path, 'and after');
    const after = await ask('/changing.txt', { 'if-none-match': before.headers.etag! });
    expect(after.status).toBe(200);
    expect(after.body.toString()).toBe('and after');
  });
});

describe('frames of other sites', () => {
  test.each(['/embed/pad/', '/embed/nowhere/'])(
    '%s may be framed by any page, isolated ones too',
    async (path) => {
      const { headers } = await ask(path);
      expect(headers['content-security-policy']).toBeUndefined();
      expect(headers).toMatchObject({
        'cross-origin-resource-policy': 'cross-origin',
        'cross-origin-embedder-policy': 'require-corp',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test.each(['/', '/draw/', '/nowhere/', '/draw/embed/', '/embedded/', '/a.css'])(
    '%s may not',
    async (path) => {
      const { headers } = await ask(path);
      expect(headers).toMatchObject({
        'content-security-policy': "frame-ancestors 'self'",
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test.each(['/_astro/pad.B3x9.js', '/data/manifest.json'])(
    '%s, which such a frame fetches, may be fetched by one that has no origin, and not be framed',
    async (path) => {
      expect((await ask(path)).headers).toMatchObject({
        'access-control-allow-origin': '*',
        'content-security-policy': "frame-ancestors 'self'",
        'cross-origin-resource-policy': 'cross-origin',
      });
    },
  );
});

describe('encodings', () => {
  test('brotli is preferred, gzip is second, and both give the page back', async () => {
    const brotli = await ask('/', { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotli.headers.vary).toBe('Accept-Encoding');
    expect(brotli.body.length).toBeLessThan(FRONT.length / 5);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(FRONT);
    const zipped = await ask('/', { 'accept-encoding': 'gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).toString()).toBe(FRONT);
  });

  test('an encoding with weight 0 is not used', async () => {
    const { headers } = await ask('/', { 'accept-encoding': 'br;q=0, gzip;q=0.0' });
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe('caching', () => {
  test('what carries a hash in its name may be kept for ever, the rest is asked for again', async () => {
    for (const path of ['/_astro/pad.B3x9.js', '/data/train-0.0a1b2c3d.bin']) {
      expect((await ask(path)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    for (const path of ['/draw/', '/data/manifest.json', '/a.css']) {
      expect((await ask(path)).headers['cache-control']).toBe('no-cache');
    }
  });

  test('the entity tag that was sent is answered with 304, another one with the file', async () => {
    const { headers } = await ask('/', { 'accept-encoding': 'br' });
    const again = await ask('/', { 'accept-encoding': 'br', 'if-none-match': `"other", W/${headers.etag}` });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
    expect((await ask('/', { 'accept-encoding': 'gzip', 'if-none-match': headers.etag! })).status).toBe(200);
  });
});

describe('addresses', () => {
  test('a folder without its slash is redirected and keeps its query', async () => {
    const { status, headers } = await ask('/draw?seed=3');
    expect(status).toBe(308);
    expect(headers.location).toBe('/draw/?seed=3');
  });

  test('a redirect never leads to another server', async () => {
    const { headers } = await ask('//draw');
    expect(headers.location).toBe('/draw/');
  });

  test('an unknown address shows the page for that, with status 404 and not to be kept', async () => {
    for (const path of ['/nowhere', '/_astro/gone.js', '/empty/', '/a.css/']) {
      const { status, headers, body } = await ask(path);
      expect([path, status]).toEqual([path, 404]);
      expect(headers['cache-control']).toBe('no-cache');
      expect(body.toString()).toContain('Not here');
    }
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/draw/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%2fetc/passwd',
  ])('%s does not leave the folder of the site', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('outside the site');
  });

  test('a symbolic link is followed inside the folder of the site, and not out of it', async () => {
    for (const path of ['/link.txt', '/linked/', '/linked/index.html', '/linked']) {
      const { status, body } = await ask(path);
      expect([path, status]).toEqual([path, 404]);
      expect(body.toString()).not.toContain('outside the site');
    }
    expect((await ask('/within/')).body.toString()).toContain('Draw');
  });

  test('an address that cannot be decoded is refused', async () => {
    expect((await ask('/%ff')).status).toBe(400);
    expect((await ask('/a%00.css')).status).toBe(400);
  });

  test('other methods are refused', async () => {
    const { status, headers } = await ask('/', {}, 'POST');
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });
});

describe('where it is served', () => {
  test('under a base path, everything lies below it and the bare address leads there', async () => {
    const based = await serveSite({ directory: join(folder, 'site'), base: '/book/', host: '127.0.0.1' });
    try {
      expect(based.url).toBe(`http://127.0.0.1:${based.port}/book/`);
      expect((await ask('/book/', {}, 'GET', based)).body.toString()).toBe(FRONT);
      expect((await ask('/book/draw', {}, 'GET', based)).headers.location).toBe('/book/draw/');
      expect((await ask('/book?a=1', {}, 'GET', based)).headers.location).toBe('/book/?a=1');
      expect((await ask('/', {}, 'GET', based)).headers.location).toBe('/book/');
      expect((await ask('/draw/', {}, 'GET', based)).status).toBe(404);
      const script = await ask('/book/_astro/pad.B3x9.js', {}, 'GET', based);
      expect(script.headers['cache-control']).toContain('immutable');
    } finally {
      await based.close();
    }
  });

  test('a taken port is passed over for the next free one', async () => {
    const blocker = createServer();
    await new Promise<void>((done) => blocker.listen(0, '127.0.0.1', done));
    const { port } = blocker.address() as { port: number };
    const next = await serveSite({ directory: join(folder, 'site'), host: '127.0.0.1', port });
    try {
      expect(next.port).toBeGreaterThan(port);
      expect((await ask('/', {}, 'GET', next)).status).toBe(200);
    } finally {
      await next.close();
      blocker.close();
    }
  });
});

describe('nobody stays for nothing', () => {
  const LARGE = 'GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n';
  const sockets: Socket[] = [];

  /** A site that is patient in everything but the limits given. */
  const serve = (limits: Partial<Limits>) =>
    serveSite({
      directory: join(folder, 'site'),
      host: '127.0.0.1',
      limits: { request: 600_000, idle: 600_000, answer: 600_000, ...limits },
    });

  /** Clients that send a text and read nothing of what comes. */
  async function connectMany(bounded: RunningSite, count: number, text: string): Promise<void> {
    const added = Array.from({ length: count }, () => connect({ port: bounded.port, host: '127.0.0.1' }));
    sockets.push(...added);
    await Promise.all(
      added.map((socket) => {
        socket.on('error', () => {});
        socket.pause();
        socket.write(text);
        return once(socket, 'connect');
      }),
    );
  }

  const allAreGone = (bounded: RunningSite) =>
    expect.poll(() => bounded.connections(), { timeout: 20_000 }).toBe(0);

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  const cases: [string, Partial<Limits>, string][] = [
    ['ask for much and read nothing', { idle: 1500 }, LARGE],
    ['take longer for an answer than there is time', { answer: 1500 }, LARGE],
    ['never finish their request', { request: 1500 }, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['send nothing at all', { idle: 1500 }, ''],
  ];
  for (const [what, limits, text] of cases) {
    test(`a hundred clients that ${what} are let go, and others are served`, async () => {
      const bounded = await serve(limits);
      try {
        await connectMany(bounded, 100, text);
        expect((await ask('/', { connection: 'close' }, 'GET', bounded)).status).toBe(200);
        await allAreGone(bounded);
        expect((await ask('/', {}, 'GET', bounded)).status).toBe(200);
      } finally {
        await bounded.close();
      }
    });
  }

  test('one connection more than there may be is shut', async () => {
    const bounded = await serve({ connections: 3 });
    try {
      await connectMany(bounded, 3, '');
      await expect.poll(() => bounded.connections()).toBe(3);
      await expect(ask('/', {}, 'GET', bounded)).rejects.toThrow();
    } finally {
      await bounded.close();
    }
  });
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** One request with the path exactly as written: fetch would tidy away what these tests are about. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  { port }: RunningSite = site,
): Promise<Answer> {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        done({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', fail);
    asked.end();
  });
}
