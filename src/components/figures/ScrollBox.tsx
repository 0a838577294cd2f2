import type { ComponentChildren } from 'preact';

interface Props {
  /** What is in it, for those who come to it by keyboard. */
  label: string;
  children: ComponentChildren;
}

/** What is wider than a phone is scrolled on its own, by keyboard too. */
export function ScrollBox({ label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll-box" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
