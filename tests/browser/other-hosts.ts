import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** What a file comes with on hosts that are not ours. */
export const hosts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a bare server': {},
  'GitHub Pages': {
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'max-age=600',
    'Strict-Transport-Security': 'max-age=31556952',
    Vary: 'Accept-Encoding',
  },
};

/** Serves a folder with these headers and no others. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://host').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, { ...headers, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  const port = await listen(server);
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}

/** A server that nobody ought to come to: it remembers who did. */
export async function setBait(): Promise<{ url: string; taken: string[]; close: () => void }> {
  const taken: string[] = [];
  const server = createServer((request, response) => {
    taken.push(request.url!);
    const headers = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
    response.writeHead(200, { ...headers, 'Content-Type': 'text/javascript' }).end('export default 1;');
  });
  server.on('upgrade', (request, socket) => {
    taken.push(request.url!);
    socket.end();
  });
  const port = await listen(server);
  return { url: `http://localhost:${port}/`, taken, close: () => server.close() };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve((server.address() as { port: number }).port));
  });
}
