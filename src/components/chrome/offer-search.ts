const TYPED_INTO = 'input, select, textarea, [contenteditable]';

/** Opens the search by its button, by `/` and by Ctrl+K. What it is made of is fetched then, and not before. */
export function offerSearch(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>('dialog.search')!;
  const open = () => {
    if (!dialog.open) dialog.showModal();
    // Where it cannot be had, the dialog goes on saying that it has not come.
    import('./search-panel.ts').then(({ reviveSearch }) => reviveSearch(dialog)).catch(() => {});
  };
  page.querySelector('[data-search]')!.addEventListener('click', open);
  page.addEventListener('keydown', (event) => {
    const { key } = event;
    // Where it was typed: what the page hears of a code editor is its host.
    const [target] = event.composedPath();
    const isAsked =
      key === '/'
        ? !(target as Element).closest(TYPED_INTO)
        : key === 'k' && (event.ctrlKey || event.metaKey);
    if (!isAsked || event.defaultPrevented) return;
    event.preventDefault();
    open();
  });
}
