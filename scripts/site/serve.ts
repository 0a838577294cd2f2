import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { FileStore } from '../network/file-store.ts';
import type { Encoding } from '../network/file-store.ts';
import { headersOf } from './headers.ts';

export type SiteOptions = {
  /** The folder that holds the built site. */
  directory: string;
  /** The path under which the site was built: begins and ends with a slash. */
  base?: string;
  host?: string;
  /** The first port to try; 0 lets the system choose. */
  port?: number;
  limits?: Partial<Limits>;
};

/** How long a client may take, in milliseconds, and how many there may be: nobody stays for nothing. */
export type Limits = {
  /** Until the whole request is there. */
  request: number;
  /** Without a byte in either direction: of clients that read nothing. */
  idle: number;
  /** For one whole answer, however slowly it is read. */
  answer: number;
  connections: number;
};

const LIMITS: Limits = { request: 10_000, idle: 15_000, answer: 120_000, connections: 1000 };

export type RunningSite = {
  /** The address of the front page, base path included. */
  url: string;
  port: number;
  /** How many clients are connected. */
  connections(): Promise<number>;
  close(): Promise<void>;
};

/** How many ports after a taken one are tried before giving up. */
const PORTS_TRIED = 20;

/**
 * Serves a built site as a production server would: compressed, cacheable, cross-origin isolated (so that
 * the pages may share memory with their workers) and closed to embedding, but for the figures that stand alone.
 *
 * @throws Error when the host cannot be listened on, or no port of the range is free
 */
export async function serveSite(options: SiteOptions): Promise<RunningSite> {
  const { directory, base = '/', host = 'localhost', port = 0 } = options;
  const limits = { ...LIMITS, ...options.limits };
  const root = await realpath(directory);
  const files = new FileStore();
  const timing = {
    headersTimeout: limits.request,
    requestTimeout: limits.request,
    keepAliveTimeout: Math.min(5000, limits.idle),
    connectionsCheckingInterval: Math.ceil(limits.request / 4),
  };
  const server = createServer(timing, (request, response) => {
    const deadline = setTimeout(() => request.socket.destroy(), limits.answer);
    response.once('close', () => clearTimeout(deadline));
    answer(request, response, root, base, files).catch((error: unknown) => {
      console.error(`${request.method} ${request.url}:`, error);
      if (!response.headersSent) response.writeHead(500, { ...headersOf(''), 'Content-Type': 'text/plain' });
      response.end('The server failed to read this file.\n');
    });
  });
  server.timeout = limits.idle;
  server.maxConnections = limits.connections;
  const taken = await listen(server, host, port);
  return {
    url: `http://${hostInUrl(host)}:${taken}${base}`,
    port: taken,
    connections: () => promisify(server.getConnections.bind(server))(),
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error ? fail(error) : done()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  base: string,
  files: FileStore,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(response, 405, 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' });
  }
  const [rawPath, query] = splitOnce(request.url ?? '/', '?');
  const path = decodePath(rawPath);
  if (path === undefined) return refuse(response, 400, 'This address cannot be read.');
  if (path !== '/' && `${path}/` === base) return redirect(response, base + query);
  if (path === '/' && base !== '/') return redirect(response, base + query);
  const name = path.startsWith(base) ? path.slice(base.length) : undefined;
  const target = name === undefined ? undefined : await find(root, name);
  if (target?.isFolder && name !== '' && !name!.endsWith('/')) {
    // Built from the names of the folder, not from the address, which might begin with two slashes.
    const clean = name!.split('/').filter(Boolean).map(encodeURIComponent).join('/');
    return redirect(response, `${base}${clean}/${query}`);
  }
  if (target) return send(request, response, 200, target.file, name!, files);
  const notFound = await find(root, '404.html');
  if (notFound) return send(request, response, 404, notFound.file, name ?? '', files);
  return refuse(response, 404, 'There is no such page.');
}

/** The path of a request with its percent-escapes undone, or undefined where it has none that is sound. */
function decodePath(rawPath: string): string | undefined {
  try {
    const path = decodeURIComponent(rawPath);
    return path.startsWith('/') && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The file to send for a name inside the site; undefined when there is none, or it lies outside the site. */
async function find(root: string, name: string): Promise<{ file: string; isFolder: boolean } | undefined> {
  const path = resolve(root, `.${sep}${name}`);
  const found = await insideOf(root, path);
  if (found?.kind === 'file') return name.endsWith('/') ? undefined : { file: found.path, isFolder: false };
  if (found?.kind !== 'folder') return undefined;
  const index = await insideOf(root, resolve(path, 'index.html'));
  return index?.kind === 'file' ? { file: index.path, isFolder: true } : undefined;
}

/** What a path leads to, links followed; undefined when that is nothing, or not inside the folder of the site. */
async function insideOf(
  root: string,
  asked: string,
): Promise<{ path: string; kind: 'file' | 'folder' } | undefined> {
  if (asked !== root && !asked.startsWith(root + sep)) return undefined;
  const path = await realpath(asked).catch(() => undefined);
  if (path === undefined || (path !== root && !path.startsWith(root + sep))) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return { path, kind: 'file' };
  return found?.isDirectory() ? { path, kind: 'folder' } : undefined;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  path: string,
  name: string,
  files: FileStore,
): Promise<void> {
  const file = await files.get(path);
  const encoding = file.compressible ? chooseEncoding(request.headers['accept-encoding']) : 'identity';
  const tag = encoding === 'identity' ? `"${file.hash}"` : `"${file.hash}-${encoding}"`;
  const headers: Record<string, string | number> = {
    ...headersOf(name),
    ...(status === 200 ? {} : { 'Cache-Control': 'no-cache' }),
    ETag: tag,
    ...(file.compressible ? { Vary: 'Accept-Encoding' } : {}),
  };
  if (status === 200 && matches(request.headers['if-none-match'], tag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const body = await file.bytes(encoding);
  headers['Content-Type'] = file.mediaType;
  headers['Content-Length'] = body.length;
  if (encoding !== 'identity') headers['Content-Encoding'] = encoding;
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
}

/** The best encoding that an Accept-Encoding header allows; one with weight 0 is refused by the reader. */
function chooseEncoding(header: string | string[] | undefined): Encoding {
  const allowed = new Set<string>();
  for (const part of String(header ?? '').split(',')) {
    const [name, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    if (!parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))) allowed.add(name!);
  }
  return allowed.has('br') ? 'br' : allowed.has('gzip') ? 'gzip' : 'identity';
}

function matches(header: string | undefined, tag: string): boolean {
  return (header ?? '')
    .split(',')
    .some((text) => text.trim() === '*' || text.trim().replace(/^W\//, '') === tag);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(308, { ...headersOf(''), Location: location }).end();
}

function refuse(response: ServerResponse, status: number, sentence: string, headers = {}): void {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  response.writeHead(status, { ...headersOf(''), ...type, ...headers }).end(`${sentence}\n`);
}

/** Text up to the first separator, and the rest with the separator in front (empty when there is none). */
function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** Listens on the first free port from `port` upwards and returns it. */
async function listen(server: Server, host: string, port: number): Promise<number> {
  for (let candidate = port; ; candidate++) {
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen(candidate, host, () => {
          server.off('error', fail);
          done();
        });
      });
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The server has no port.');
      return address.port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (candidate - port + 1 >= PORTS_TRIED || candidate >= 65_535) {
        throw new Error(`Ports ${port} to ${candidate} are all taken: set PORT to a free one.`);
      }
    }
  }
}

/** A host to listen on, as it stands in an address: every interface is reached through this machine's own name. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
