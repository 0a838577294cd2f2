import type { ClientDirective } from 'astro';
import { rememberEarlyClick } from './early-click.ts';
import { fetchIsland } from './fetch-island.ts';

/**
 * `client:touched`: an island comes alive when the reader touches it, with a pointer or with the focus, and not a byte of it
 * is fetched before. All of one name come alive together, since they work together. Where the browser keeps something of the
 * reader's under this name, they do at once: it is shown in the place of what was built.
 */
const comeAliveWhenTouched: ClientDirective = (load, { value: name }, island) => {
  let isCalled = false;
  const repeatEarlyClick = rememberEarlyClick(island);
  const comeAlive = async () => {
    if (isCalled) return;
    isCalled = true;
    const hydrate = await fetchIsland(load, island);
    await hydrate();
    repeatEarlyClick();
  };
  const touch = () => {
    document.dispatchEvent(new CustomEvent('touched', { detail: name }));
  };
  document.addEventListener('touched', ({ detail }: CustomEventInit) => {
    if (detail === name) void comeAlive();
  });
  island.addEventListener('pointerdown', touch);
  island.addEventListener('focusin', touch);
  // Also from the keyboard and from an assistant that neither points nor focuses.
  island.addEventListener('click', touch);
  try {
    if (localStorage.getItem(name) !== null) touch();
  } catch {}
};

export default comeAliveWhenTouched;
