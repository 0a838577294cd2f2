/**
 * Fetches what makes an island come alive. Astro tries twice and tells of its failure by an event; then it is said beside the island, with a button that tries again.
 *
 * @returns what was fetched, however many tries it took
 */
export async function fetchIsland<T>(load: () => Promise<T>, island: HTMLElement): Promise<T> {
  for (let tries = 1; ; tries++) {
    let hasFailed = false;
    const fail = (event: Event) => {
      hasFailed = true;
      event.preventDefault();
    };
    island.addEventListener('astro:hydration-error', fail);
    const found = await load();
    island.removeEventListener('astro:hydration-error', fail);
    if (!hasFailed) return found;
    await readerAsks(island, tries);
  }
}

/** Resolves once the reader has pressed the button; the focus stays in the figure. */
function readerAsks(island: HTMLElement, tries: number): Promise<void> {
  const note = document.createElement('p');
  note.role = 'alert';
  note.append('What makes this work could not be fetched: is the connection there? ');
  const again = document.createElement('button');
  again.type = 'button';
  // What a script imports may be remembered as missing for as long as the page is open.
  again.textContent = tries === 1 ? 'Try again' : 'Reload the page';
  note.append(again);
  island.after(note);
  return new Promise((resolve) =>
    again.addEventListener('click', () => {
      if (tries > 1) return location.reload();
      island.querySelector<HTMLElement>('a, button, input, select, summary, [tabindex]')?.focus();
      note.remove();
      resolve();
    }),
  );
}
