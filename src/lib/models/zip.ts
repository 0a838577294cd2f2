import { Inflate } from 'fflate';
import { crc32 } from '../data/crc32.ts';
import { MOST_BYTES, MOST_LAYERS, NetworkFileError } from './network-file.ts';

/*
 * Zip (PKWARE's APPNOTE), as far as .npz needs it: at the end a directory, an entry a file with its name, its sizes and
 * where it lies. Written out since what a directory says is checked before anything is unpacked, and while it is.
 */

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const MOST_ENTRIES = 4 * MOST_LAYERS;
/** Weights hardly get smaller by packing; zeros do, so a small file may unpack to so much in any case. */
const MOST_UNPACKED = { times: 100, bytes: 1_000_000 };
/** Packed bytes that are unpacked at a time: it is looked at what came out before there can be much of it. */
const PACKED_PIECE = 4096;

interface Entry {
  readonly name: string;
  readonly isPacked: boolean;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly header: number;
}

/** Whether a file begins as a zip does, an empty one too. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The files of a zip whose names end in a suffix, by their names.
 *
 * @throws NetworkFileError when it is damaged, or would unpack to more than its size allows; then nothing was unpacked
 */
export function readZip(bytes: Uint8Array, suffix: string): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = readDirectory(bytes, view);
    checkSizes(entries, bytes.length);
    const wanted = entries.filter(({ name }) => name.endsWith(suffix));
    return new Map(wanted.map((entry) => [entry.name, unpackChecked(bytes, view, entry)]));
  } catch (error) {
    if (error instanceof NetworkFileError) throw error;
    // A DataView names no file when it is asked for what lies beyond its end, and nor does the unpacker.
    throw damaged('it is cut off, or not what its directory says');
  }
}

function readDirectory(bytes: Uint8Array, view: DataView): Entry[] {
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== DIRECTORY_END) end--;
  if (end < 0) throw damaged('it has no directory at its end');
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw new NetworkFileError(`the file holds ${count} arrays: too many`);
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = 0; n < count; n++) {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged('its directory is broken');
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + lengths[0]));
    if ((flags & 1) !== 0) throw new NetworkFileError(`${name} is encrypted`);
    if (method !== 0 && method !== 8)
      throw new NetworkFileError(`${name} is packed in a way that is not read here (method ${method})`);
    entries.push({
      name,
      isPacked: method === 8,
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      header: view.getUint32(at + 42, true),
    });
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

/** What the directory announces, before anything of it is believed. */
function checkSizes(entries: readonly Entry[], length: number): void {
  const sum = (of: (entry: Entry) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  const unpacked = sum((entry) => entry.unpacked);
  if (unpacked > MOST_BYTES)
    throw new NetworkFileError(`the file unpacks to more than ${MOST_BYTES / 1e6} MB`);
  if (unpacked > MOST_UNPACKED.bytes + MOST_UNPACKED.times * length)
    throw new NetworkFileError(
      `the file unpacks to ${unpacked} bytes, more than ${MOST_UNPACKED.times} times its size: no weights do`,
    );
  if (sum((entry) => entry.packed) > length)
    throw damaged('its directory names the same bytes more than once');
  if (new Set(entries.map(({ name }) => name)).size < entries.length)
    throw damaged('its directory names a file twice');
}

function unpackChecked(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const whole = unpack(bytes, view, entry);
  if (crc32(whole) !== entry.checksum) throw damaged(`the checksum of ${entry.name} is not its own`);
  return whole;
}

function unpack(bytes: Uint8Array, view: DataView, { name, header, ...entry }: Entry): Uint8Array {
  if (view.getUint32(header, true) !== LOCAL_HEADER) throw damaged(`${name} is not where its directory says`);
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length < entry.packed) throw damaged(`${name} is cut off`);
  if (!entry.isPacked) {
    if (entry.packed !== entry.unpacked) throw damaged(`${name} has two sizes`);
    return packed;
  }
  const whole = new Uint8Array(entry.unpacked);
  let filled = 0;
  const inflate = new Inflate((piece) => {
    if (filled + piece.length > whole.length)
      throw damaged(`${name} unpacks to more than its directory says`);
    whole.set(piece, filled);
    filled += piece.length;
  });
  for (let at = 0; at < packed.length; at += PACKED_PIECE) {
    inflate.push(packed.subarray(at, at + PACKED_PIECE), at + PACKED_PIECE >= packed.length);
  }
  if (filled < whole.length) throw damaged(`${name} unpacks to less than its directory says`);
  return whole;
}

function damaged(how: string): NetworkFileError {
  return new NetworkFileError(`the file is a damaged zip: ${how}`);
}
