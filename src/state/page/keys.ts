/** From one part of the page to another. */
const KEYS_THAT_LEAVE: ReadonlySet<string> = new Set(['Tab', 'Escape']);

/**
 * What the whole page owes a reader without a mouse. What says that it cannot be used (`aria-disabled`) keeps the focus
 * and does nothing: the attribute `disabled` would drop the focus, and be passed over before a figure is alive. And
 * Escape closes what is open around the focus.
 */
export function heedKeys(page: Document): void {
  // Before anybody else hears of it; Enter, Space and the arrows among radio buttons make a click too.
  page.addEventListener(
    'click',
    (event) => {
      if (!(event.target as Element).closest('[aria-disabled="true"]')) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  // A field is typed into, a slider moved, a choice made without a click; the pointer passes them by (base.css).
  page.addEventListener(
    'keydown',
    (event) => {
      const isKept = (event.target as Element).matches(':is(input, select)[aria-disabled="true"]');
      if (isKept && !KEYS_THAT_LEAVE.has(event.key)) event.preventDefault();
    },
    { capture: true },
  );
  page.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const opened = (event.target as Element).closest<HTMLDetailsElement>('details[open]');
    if (!opened) return;
    opened.open = false;
    opened.querySelector('summary')?.focus();
  });
}
