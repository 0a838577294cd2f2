/**
 * Opens the search by its button and by Ctrl+K; by no single key, which whoever speaks to the computer would press by chance.
 * What it is made of is fetched then, and not before.
 */
export function offerSearch(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>('dialog.search')!;
  let panel: Promise<() => Promise<void>> | undefined;
  const revive = async () => {
    try {
      panel ??= import('./search-panel.ts').then(({ reviveSearch }) => reviveSearch(dialog));
      return await panel;
    } catch {
      panel = undefined;
      dialog.querySelector('.search-status')!.textContent =
        'The search could not be fetched: is the connection there? Reload the page to try again.';
      return undefined;
    }
  };
  const open = () => {
    if (!dialog.open) dialog.showModal();
    void revive();
  };
  page.querySelector('[data-search]')!.addEventListener('click', open);
  // Heard from the start: sent to the server, the form would load the page anew, and what was typed would be gone.
  dialog.querySelector('form')!.addEventListener('submit', async (event) => {
    event.preventDefault();
    const goToFirst = await revive();
    await goToFirst?.();
  });
  page.addEventListener('keydown', (event) => {
    const isAsked = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (!isAsked || event.defaultPrevented) return;
    event.preventDefault();
    open();
  });
}
