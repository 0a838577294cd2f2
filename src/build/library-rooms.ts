import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Declared, type LibraryFile, libraryFiles } from './library-docs.ts';

/** A folder of the library, as one page shows it. */
export interface LibraryRoom {
  /** `nn` for `src/lib/nn/`. */
  readonly name: string;
  /** Of its page, below the base path. */
  readonly path: string;
  /** What lives there, as ARCHITECTURE.md says. */
  readonly words: string;
  readonly files: readonly LibraryFile[];
}

/** A row of ARCHITECTURE.md's table of rooms that names one of the library's folders. */
const ROW = /^\| `src\/lib\/(\w+)\/` +\| (.*?) +\|$/gm;

/** The page on which the rooms are listed, with what stands beside them. */
export const LIBRARY_PATH = 'api/';

/** The rooms of the library in the order of their imports, each with all of its files. */
export function libraryRooms(root = process.cwd()): LibraryRoom[] {
  const files = libraryFiles(root);
  const table = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  return [...table.matchAll(ROW)].map(([, name, words]) => ({
    name,
    path: `${LIBRARY_PATH}${name}/`,
    words,
    files: files.filter(({ file }) => file.startsWith(`src/lib/${name}/`)),
  }));
}

/** The files that stand beside the rooms. */
export function filesBesideRooms(root = process.cwd()): LibraryFile[] {
  return libraryFiles(root).filter(({ file }) => /^src\/lib\/[^/]+$/.test(file));
}

/** What a file is called on the page of its room. */
export function nameInRoom(file: string): string {
  return file.replace(/^src\/lib\/(?:\w+\/)?/, '');
}

/** Where something of a file stands on its page; the file itself, where nothing is named. */
export function placeOnPage(file: string, name?: string): string {
  const part = nameInRoom(file).replaceAll('/', '.').replace(/\.ts$/, '');
  return name === undefined ? part : `${part}.${name}`;
}

/** Where something that the library exports is described, below the base path. */
function pathOf(file: string, name: string): string {
  const room = /^src\/lib\/(\w+)\//.exec(file)?.[1];
  return `${LIBRARY_PATH}${room ? `${room}/` : ''}#${placeOnPage(file, name)}`;
}

/** A signature in pieces; those that name something else of the library lead to where it is described. */
export function linkedSignature(
  { name, signature }: Declared,
  { file, declared, imported }: LibraryFile,
): { text: string; path?: string }[] {
  const own = new Set(declared.map((each) => each.name));
  return signature.split(/\b([A-Za-z]\w*)\b/).map((text) => {
    const from = own.has(text) ? file : imported.get(text);
    return from === undefined || text === name ? { text } : { text, path: pathOf(from, text) };
  });
}
