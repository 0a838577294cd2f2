import { readFile } from 'node:fs/promises';
import { DataError } from '../../src/lib/data/dataset.ts';

/** What the system's codes mean, as a sentence about a path. */
const MEANINGS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no ${path}`,
  EISDIR: (path) => `${path} is a folder, and a file was expected`,
  ENOTDIR: (path) => `${path} leads through a file as if it were a folder`,
  EEXIST: (path) => `${path} is there already, and is no folder`,
  EACCES: (path) => `${path} may not be read or written by you`,
  EPERM: (path) => `${path} may not be read or written by you`,
  EROFS: (path) => `${path} lies on a disk that cannot be written to`,
  ENOSPC: (path) => `there is no room left on the disk for ${path}`,
  ENAMETOOLONG: (path) => `${path} is too long a name`,
  ELOOP: (path) => `${path} is a link that leads back to itself`,
  EMFILE: (path) => `${path} cannot be opened: too many files are open already`,
  ERR_FS_FILE_TOO_LARGE: (path) => `${path} is larger than can be read at once, 2 GB`,
};

/**
 * The message of an error for people: what the system says in codes is said in words, with the file that it is about.
 *
 * @param path the file, where the error itself does not name it
 */
export function explain(error: unknown, path?: string): string {
  const { code, path: own, message } = error as NodeJS.ErrnoException;
  if (code === undefined || error instanceof DataError) return message;
  const about = own ?? path;
  if (about === undefined) return message;
  return MEANINGS[code]?.(about) ?? `${about}: the system refuses it (${code})`;
}

/**
 * A whole file.
 *
 * @throws DataError that names the file and says in words why it cannot be read
 */
export async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    // Node's Buffer is a Uint8Array whose slice() is a view: here a slice is to be a copy, as everywhere else.
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  } catch (error) {
    throw new DataError(explain(error, path));
  }
}
