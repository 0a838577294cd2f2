import { keep, readKept } from '../store/storage.ts';

const KEY = 'backprop-by-hand/visits';

const isPaths = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Notes that the chapter on this page has been opened, and marks the links to all that have been. */
export function markVisits(page: Document): void {
  const visited = new Set(readKept(KEY, isPaths));
  const here = page.querySelector<HTMLElement>('[data-chapter]')?.dataset['chapter'];
  if (here !== undefined && !visited.has(here)) {
    visited.add(here);
    keep(KEY, [...visited]);
  }
  for (const link of page.querySelectorAll<HTMLElement>('[data-visit]')) {
    if (!visited.has(link.dataset['visit'] ?? '') || link.querySelector('.visited')) continue;
    const mark = page.createElement('span');
    mark.className = 'visited';
    mark.textContent = 'visited';
    link.append(' ', mark);
  }
}
