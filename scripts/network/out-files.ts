import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from './options.ts';
import { explain } from './system-errors.ts';

/** Where the card of a network goes; undefined where the network's name says no format. */
export function cardPath(out: string): string | undefined {
  const card = out.replace(/\.(safetensors|npz)$/, '.md');
  return card === out ? undefined : card;
}

/**
 * Tries, before any work is done, whether a network and its card can be written where they are to go.
 *
 * @throws UsageError that says what stands in the way
 */
export async function checkOut(out: string): Promise<void> {
  const folder = dirname(out);
  const found = await stat(folder).catch(() => undefined);
  if (!found) throw new UsageError(`--out ${out}: there is no folder ${folder}; make it first`);
  for (const path of [out, cardPath(out)]) if (path) await tryToWrite(path);
}

/** Opens a file for writing and leaves it, or its absence, as it was. */
async function tryToWrite(path: string): Promise<void> {
  const isThere = (await stat(path).catch(() => undefined)) !== undefined;
  try {
    await (await open(path, 'a')).close();
    if (!isThere) await rm(path);
  } catch (error) {
    throw new UsageError(`--out: ${explain(error, path)}`);
  }
}
