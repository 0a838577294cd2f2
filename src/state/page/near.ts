import type { ClientDirective } from 'astro';
import { rememberEarlyClick } from './early-click.ts';
import { fetchIsland } from './fetch-island.ts';

/**
 * `client:near`: an island comes alive when it comes into view, and when the focus comes into it, which on the keyboard
 * is before that. What can be focused is in the page from the start, so that no key is too fast for a figure; Preact
 * keeps the elements that are there, and with them the focus.
 */
const comeAliveWhenNear: ClientDirective = (load, _options, island) => {
  let isCalled = false;
  let isAlive = false;
  const repeatEarlyClick = rememberEarlyClick(island);
  const changed = new Set<EventTarget>();
  const comeAlive = async () => {
    if (isCalled) return;
    isCalled = true;
    sight.disconnect();
    const hydrate = await fetchIsland(load, island);
    await hydrate();
    isAlive = true;
    // What was moved, typed or chosen before there was somebody to hear of it is said once more.
    for (const field of changed)
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    repeatEarlyClick();
  };
  const sight = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) void comeAlive();
  });
  // The island itself has no box.
  for (const child of island.children) sight.observe(child);
  island.addEventListener('focusin', comeAlive, { once: true });
  island.addEventListener('input', ({ target }) => {
    if (!isAlive && target) changed.add(target);
  });
  // A form that is sent before there is somebody who takes its answer would go to the server. It is sent by a click, also with
  // the key Enter, and that is made again.
  island.addEventListener('submit', (event) => event.preventDefault());
};

export default comeAliveWhenNear;
