import { gzipSync } from 'node:zlib';

const BLOCK = 512;

export interface PackedFile {
  /** In the archive, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * A `.tar.gz` of files (POSIX ustar, as every tar reads it), the same for the same files wherever it is made.
 *
 * @param time of all files, in seconds since 1970
 * @throws RangeError when a path is longer than the format has room for
 */
export function tarGz(files: readonly PackedFile[], time: number): Uint8Array {
  const blocks = files.flatMap(({ path, bytes }) => [headerOf(path, bytes.length, time), padded(bytes)]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
}

function headerOf(path: string, size: number, time: number): Uint8Array {
  const { name, prefix } = splitPath(path);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 7), 100);
  // Owner and group: root, as of nobody in particular.
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(time, 11), 136);
  // The checksum counts its own field as spaces.
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\0' + '00', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A name has room for 100 bytes, and the folders before it for 155. */
function splitPath(path: string): { name: string; prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' };
  const at = path.lastIndexOf('/', 155);
  const [prefix, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  if (Buffer.byteLength(prefix) > 155 || Buffer.byteLength(name) > 100)
    throw new RangeError(`${path} is too long a path for a tar file`);
  return { name, prefix };
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}
