const TYPED_INTO = 'input, select, textarea, [contenteditable]';

/** Opens the search by its button, by `/` and by Ctrl+K. What it is made of is fetched at the first time, and not before. */
export function offerSearch(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>('dialog.search')!;
  let isAlive = false;
  const open = async () => {
    if (dialog.open) return;
    dialog.showModal();
    if (isAlive) return;
    isAlive = true;
    const { reviveSearch } = await import('./search-panel.ts');
    reviveSearch(dialog);
  };
  page.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('[data-search]')) void open();
    // Its ground is all around it.
    else if (target === dialog || (target as Element).closest('[data-close]')) dialog.close();
  });
  page.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isSlash =
      key === '/' && !ctrlKey && !metaKey && !altKey && !(target as Element).closest(TYPED_INTO);
    const isChord = key === 'k' && ctrlKey !== metaKey && !altKey;
    if (event.defaultPrevented || !(isSlash || isChord)) return;
    event.preventDefault();
    void open();
  });
}
