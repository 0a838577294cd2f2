/** What does something by itself, without a figure that hears of it: made again, it would be done twice. */
const ACTS_BY_ITSELF = 'a, summary, label, input, select, textarea';

/** What is pressed stays while the page comes alive and is translated; what it holds may be made anew. */
const PRESSED = 'button, label, input, select, textarea, [tabindex]';

/**
 * Remembers the last click on an island from before it is alive, when there is nobody to hear of it.
 *
 * @returns to be called once it is alive: makes that click again, as soon as the island shows what is so by now
 */
export function rememberEarlyClick(island: HTMLElement): () => void {
  let early: { readonly event: MouseEvent; readonly pressed: Element } | undefined;
  let isHydrated = false;
  const remember = (event: MouseEvent) => {
    const target = event.target as Element;
    if (!island.contains(target)) return;
    // What is built as not to be used yet does nothing of its own either (keys.ts).
    const isStopped = target.closest('[aria-disabled="true"]') !== null;
    if (isStopped || (!isHydrated && !target.closest(ACTS_BY_ITSELF)))
      early = { event, pressed: target.closest(PRESSED) ?? target };
  };
  // Of the whole page and first of all: a click on what cannot be used is stopped before it comes to the island.
  document.addEventListener('click', remember, { capture: true });
  return () => {
    isHydrated = true;
    // Preact runs the effects of a component in a turn of its own after the next frame, asked for before this one.
    requestAnimationFrame(() =>
      setTimeout(() => {
        document.removeEventListener('click', remember, { capture: true });
        early?.pressed.dispatchEvent(new MouseEvent('click', early.event));
      }),
    );
  };
}
