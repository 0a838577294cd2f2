const FOCUSABLE = 'a[href], button, input, select, summary, [tabindex]';

/**
 * The focus never falls off the page: when what has it is taken away, pressed or not, it goes to the control before it in
 * the same figure, or else to the next one after it; where all of the figure was made anew, to what stands in its place.
 */
export function keepFocus(page: Document): void {
  let held: HTMLElement | undefined;
  let figure: ParentNode = page;
  let around: HTMLElement[] = [];
  const focusable = () => [...figure.querySelectorAll<HTMLElement>(FOCUSABLE)];
  page.addEventListener('focusin', ({ target }) => {
    held = target as HTMLElement;
    figure = held.closest('figure') ?? page;
    around = focusable();
  });
  page.addEventListener('focusout', ({ target }) => {
    // Told before the element is taken away, where that is the reason.
    queueMicrotask(() => {
      if (target === held && held?.isConnected) held = undefined;
    });
  });
  new MutationObserver(() => {
    if (!held || held.isConnected || page.activeElement !== page.body) return;
    const at = around.indexOf(held);
    const next = [...around.slice(0, Math.max(0, at)).reverse(), ...around.slice(at + 1)].find(
      (each) => each.isConnected && each.tabIndex >= 0 && each.checkVisibility(),
    );
    held = undefined;
    (next ?? focusable()[at])?.focus({ preventScroll: true });
  }).observe(page.body, { subtree: true, childList: true });
}
