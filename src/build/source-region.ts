import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeRegion, cutRegion } from './code-regions.ts';

/**
 * A named region of a file of the network library, as it stands while the site is built.
 *
 * @throws Error when the file has no such region: a chapter then shows code that is not there, and the build fails
 */
export function sourceRegion(file: string, name: string): CodeRegion {
  const path = `src/lib/nn/${file}`;
  return cutRegion(readFileSync(join(process.cwd(), path), 'utf8'), path, name);
}
