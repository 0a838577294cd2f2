import { Unreadable } from '../store/unreadable.ts';

/*
 * Code in a page's address, after #code=: packed, and written in letters that an address may have. It never leaves the browser for a
 * server, and whoever opens it reads it before it runs.
 */

const NAME = 'code=';

/** Characters of code that a link may carry. */
const MOST = 200_000;

export interface LinkedCode {
  readonly codes: readonly string[];
  /** The page that the link says it comes from; it may say anything. */
  readonly from: string;
}

/** The part of an address after `#`. */
export async function codeHash(linked: LinkedCode): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(linked));
  const packed = await collect(text, new CompressionStream('deflate-raw'), Infinity);
  const letters = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
  return NAME + letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The code that an address carries; nothing where it carries none.
 *
 * @throws Unreadable where it carries something that cannot be read
 */
export async function readCodeHash(hash: string): Promise<LinkedCode | undefined> {
  const text = hash.replace(/^#/, '');
  if (!text.startsWith(NAME)) return undefined;
  try {
    const letters = atob(text.slice(NAME.length).replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const plain = await collect(packed, new DecompressionStream('deflate-raw'), MOST);
    const { codes, from } = JSON.parse(new TextDecoder().decode(plain)) as LinkedCode;
    if (!Array.isArray(codes) || codes.some((code) => typeof code !== 'string')) throw new Error();
    return { codes, from: String(from ?? '').slice(0, 100) };
  } catch {
    throw new Unreadable('This link carries code that cannot be read: it may have been cut short.');
  }
}

/** What a stream makes of bytes; no more than `most` of them, or somebody could send much in little. */
async function collect(bytes: Uint8Array, through: CompressionStream | DecompressionStream, most: number) {
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(through).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    parts.push(piece.value as Uint8Array<ArrayBuffer>);
    length += piece.value.length;
    if (length > most) throw new Error('it is too long');
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
