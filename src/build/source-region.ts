import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeRegion, cutRegion } from './code-regions.ts';

/**
 * A named region of a file of the library, as it stands while the site is built.
 *
 * @param folder of src/lib: the network's, where it is left out
 *
 * @throws Error when the file has no such region: a chapter then shows code that is not there, and the build fails
 */
export function sourceRegion(file: string, name: string, folder = 'nn'): CodeRegion {
  const path = `src/lib/${folder}/${file}`;
  return cutRegion(readFileSync(join(process.cwd(), path), 'utf8'), path, name);
}
