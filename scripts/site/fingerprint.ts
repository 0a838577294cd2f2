import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A hash of what something is made from: a word on how, and the names and contents of files.
 *
 * @param how what besides the files decides the result
 * @param root the folder that the sources are named from
 * @param sources files and folders (with all that is below them); one that does not exist counts as empty
 */
export function fingerprintOf(how: string, root: string, sources: readonly string[]): string {
  const hash = createHash('sha256').update(`${how}\n`);
  for (const source of sources) {
    for (const file of filesBelow(root, source)) {
      const bytes = readFileSync(join(root, file));
      hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}

/** The files at or below a path, in an order that does not depend on the file system. */
function filesBelow(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}

/** The fingerprint that was kept when something was last made; empty where nothing was. */
export function keptFingerprint(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Keeps the fingerprint of what has been made, once all of it is there. */
export function keepFingerprint(file: string, fingerprint: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, fingerprint);
}
