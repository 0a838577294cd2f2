import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A mistake that somebody might make, and the tests that must notice it. */
export interface Fault {
  /** Where it is and what goes wrong, in words. */
  readonly name: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly put: string;
  readonly tests: readonly string[];
}

/** What keeps a fault from being put in, in a sentence that names it; nothing where it has its place. */
export function placeProblem({ name, file, find, tests }: Fault): string | undefined {
  const missing = [file, ...tests].filter((path) => !existsSync(join(ROOT, path)));
  if (missing.length > 0) return `The fault "${name}" needs ${missing.join(' and ')}, not there any more.`;
  const places = readFileSync(join(ROOT, file), 'utf8').split(find).length - 1;
  if (places === 1) return undefined;
  const where = places === 0 ? 'nowhere' : `${places} times`;
  return `The fault "${name}" changes a text that stands ${where} in ${file}, not once: ${find}`;
}

/** The text of the fault's file with the fault in it. */
export function withFault({ file, find, put }: Fault): string {
  return withoutFault({ file }).replace(find, () => put);
}

/** The text of the fault's file as it is. */
export function withoutFault({ file }: Pick<Fault, 'file'>): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
