import { forget, keep, readKept } from '../store/storage.ts';

/** Where the reader's code of a page is kept: pages come alive at once where there is something. */
export function keptUnder(page: string): string {
  return `backprop-by-hand/cells/${page}`;
}

type Codes = Readonly<Record<string, string>>;

const isCodes = (value: unknown): value is Codes =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((code) => typeof code === 'string');

/** The reader's code of a page's cells, by their ids: of those that were changed. */
export function keptCodes(page: string): Codes {
  return readKept(keptUnder(page), isCodes) ?? {};
}

/** @returns whether it could be kept */
export function keepCodes(page: string, codes: Codes): boolean {
  if (Object.keys(codes).length > 0) return keep(keptUnder(page), codes);
  return forget(keptUnder(page));
}
