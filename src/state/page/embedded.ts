/** Whether this page is a figure alone, which `src/layouts/EmbedLayout.astro` says. */
export function isEmbedded(): boolean {
  return typeof document !== 'undefined' && document.documentElement.dataset['embed'] !== undefined;
}

/** What a figure's chance begins with: the seed in the link, where the figure stands alone and the link has one. */
export function classSeed(): number {
  const seed = isEmbedded() ? readSeed(new URLSearchParams(location.search)) : undefined;
  return typeof seed === 'number' ? seed : 1;
}

const MOST_SEED = 0xffffffff;

/** A link's seed, or what is wrong with it. */
export function readSeed(parts: URLSearchParams): number | undefined | RangeError {
  const text = parts.get('seed');
  if (text === null) return undefined;
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return seed <= MOST_SEED
    ? seed
    : new RangeError(`The seed “${text.slice(0, 40)}” is no whole number from 0 to ${MOST_SEED}.`);
}
