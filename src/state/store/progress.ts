import { inDatabase } from './database.ts';
import { forget, keep, readKept } from './storage.ts';
import { Unreadable } from './unreadable.ts';

/** All that the site keeps in the browser's small storage begins so. */
const PREFIX = 'backprop-by-hand/';
const SITE = 'backprop-by-hand';

/** Characters of a file that is looked at: many times what a reader can write. */
const MOST = 5_000_000;

interface ProgressFile {
  readonly site: typeof SITE;
  /** By their keys without the prefix: values as they are kept. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** Answers, questions asked again, code of cells, pages read: all but networks and digits, which have files of their own. */
export function writeProgress(): string {
  const kept: Record<string, unknown> = {};
  for (const key of ownKeys()) {
    // What is damaged is no use elsewhere either.
    const value = readKept(key, isThere);
    if (value !== undefined) kept[key.slice(PREFIX.length)] = value;
  }
  return JSON.stringify({ site: SITE, kept } satisfies ProgressFile, null, 1);
}

const isThere = (value: unknown): value is unknown => value !== null;

/**
 * Takes a file of progress over: what it has takes the place of what is here under the same name, and all else stays.
 *
 * @returns how many things it had
 * @throws Unreadable that says why it was not taken over; then nothing has changed
 */
export function readProgress(text: string): number {
  if (text.length > MOST) throw new Unreadable('it is far larger than a file of progress');
  const entries = Object.entries(parsed(text).kept);
  const before = entries.map(([name]) => [PREFIX + name, readKept(PREFIX + name, isThere)] as const);
  if (entries.every(([name, value]) => keep(PREFIX + name, value))) return entries.length;
  for (const [key, value] of before) {
    if (value === undefined) forget(key);
    else keep(key, value);
  }
  throw new Unreadable('this browser keeps nothing, or has no room for it');
}

function parsed(text: string): ProgressFile {
  let value: Partial<ProgressFile> | null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable('it is no file of progress: it is not JSON');
  }
  if (value?.site !== SITE || typeof value.kept !== 'object' || value.kept === null) {
    throw new Unreadable('it is no file of progress of this site');
  }
  return value as ProgressFile;
}

/**
 * Forgets all that the site keeps in this browser: progress, networks, digits.
 *
 * @throws Error that says what could not be forgotten
 */
export async function forgetEverything(): Promise<void> {
  for (const key of ownKeys()) forget(key);
  const stores = ['datasets', 'runs', 'snapshots', 'lab'] as const;
  await inDatabase([...stores], 'readwrite', async (transaction) => {
    await Promise.all(stores.map((name) => transaction.objectStore(name).clear()));
  });
}

function ownKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    throw new Error('this browser keeps nothing for this site');
  }
}
