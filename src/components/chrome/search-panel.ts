import { type Hit, searchSite } from './site-search.ts';

/** From the last key to the search, in milliseconds: what is being typed is not read aloud letter by letter. */
const PAUSE = 200;

/**
 * Brings the dialog of the search to life: what is typed is searched for, and the arrows move through what is found.
 *
 * @returns what the key Enter does: it leads to the first of what is found for the words that stand there
 */
export function reviveSearch(dialog: HTMLDialogElement): () => Promise<void> {
  const input = dialog.querySelector('input')!;
  const status = dialog.querySelector('.search-status')!;
  const list = dialog.querySelector('.search-results')!;
  const again = dialog.querySelector<HTMLElement>('[data-again]')!;
  let wanted = '';
  /** The words that the list is of. */
  let shown: string | undefined;
  let timer = 0;

  const show = (text: string, hits: readonly Hit[] = [], hasFailed = false) => {
    shown = hasFailed ? undefined : wanted;
    status.textContent = text;
    list.replaceChildren(...hits.map(itemOf));
    list.scrollTop = 0;
    again.hidden = !hasFailed;
  };
  const search = async () => {
    clearTimeout(timer);
    const words = input.value.trim();
    wanted = words;
    if (words === '') return show('Searches the chapters, the words, the sources and the code.');
    try {
      const hits = await searchSite(words);
      if (wanted === words) show(countOf(hits.length, words), hits);
    } catch {
      if (wanted === words)
        show('The index of the search could not be loaded, so nothing was searched.', [], true);
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(search, PAUSE);
  });
  again.addEventListener('click', () => {
    input.focus();
    void search();
  });
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
  });
  // Its ground is all around it.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || (target as Element).closest('[data-close]')) dialog.close();
  });
  // Where it leads may be on this very page.
  list.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('a')) dialog.close();
  });
  void search();
  return async () => {
    const words = input.value.trim();
    if (shown !== words) await search();
    if (shown === words) list.querySelector('a')?.click();
  };
}

function countOf(count: number, words: string): string {
  if (count === 0) return `Nothing was found for “${words}”.`;
  return count === 1 ? '1 result' : `${count} results`;
}

function itemOf({ url, title, place, excerpt }: Hit): HTMLLIElement {
  const link = document.createElement('a');
  link.href = url;
  link.append(
    element('b', title),
    element('span', place),
    element('span', ...excerpt.map((part, n) => (n % 2 === 1 ? element('mark', part) : part))),
  );
  const item = document.createElement('li');
  item.append(link);
  return item;
}

function element(name: string, ...content: (string | Node)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}
