import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

export type StoredFile = {
  mediaType: string;
  /** Whether the file gets smaller by compression: text does, images and shards are compressed already. */
  compressible: boolean;
  /** Of the uncompressed bytes. */
  hash: string;
  /** The bytes in an encoding: computed at the first call, kept after that. */
  bytes(encoding: Encoding): Promise<Buffer>;
};

/** Files as they were last read, in memory; one that has changed on the disk is read anew. */
export class FileStore {
  readonly #files = new Map<string, { version: string; reading: Promise<StoredFile> }>();

  async get(path: string): Promise<StoredFile> {
    const { mtimeMs, size } = await stat(path);
    const version = `${mtimeMs} ${size}`;
    const known = this.#files.get(path);
    if (known?.version === version) return known.reading;
    const reading = readFile(path).then((bytes) => storedFile(path, bytes));
    this.#files.set(path, { version, reading });
    reading.catch(() => this.#files.delete(path));
    return reading;
  }
}

function storedFile(path: string, plain: Buffer): StoredFile {
  const mediaType = MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const encoded = new Map<Encoding, Promise<Buffer>>();
  return {
    mediaType,
    compressible: COMPRESSIBLE.test(mediaType),
    hash: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    bytes(encoding) {
      const known = encoded.get(encoding) ?? encoders[encoding](plain);
      encoded.set(encoding, known);
      return known;
    },
  };
}

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.bin': 'application/octet-stream',
  '.safetensors': 'application/octet-stream',
  '.npz': 'application/octet-stream',
};

const COMPRESSIBLE = /^(?:text\/|application\/(?:json|xml|wasm|manifest\+json)|image\/(?:svg|x-icon))/;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

const encoders: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => gzipAsync(bytes, { level: 9 }),
  identity: (bytes) => Promise.resolve(bytes),
};
