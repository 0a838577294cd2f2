/**
 * Opens the search by its button and by Ctrl+K; by no single key, which whoever speaks to the computer would press by chance.
 * What it is made of is fetched then, and not before.
 */
export function offerSearch(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>('dialog.search')!;
  const open = () => {
    if (!dialog.open) dialog.showModal();
    // Where it cannot be had, the dialog goes on saying that it has not come.
    import('./search-panel.ts').then(({ reviveSearch }) => reviveSearch(dialog)).catch(() => {});
  };
  page.querySelector('[data-search]')!.addEventListener('click', open);
  page.addEventListener('keydown', (event) => {
    const isAsked = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (!isAsked || event.defaultPrevented) return;
    event.preventDefault();
    open();
  });
}
