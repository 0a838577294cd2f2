import './ScrollBox.css';
import type { ComponentChildren } from 'preact';

interface Props {
  /** What is in it, for those who come to it by keyboard. */
  label: string;
  /** Where it is read first: a thing that is read from its end begins there. */
  begin?: 'left' | 'right';
  children: ComponentChildren;
}

/** What is wider than a phone is scrolled on its own, by keyboard too. */
export function ScrollBox({ label, begin = 'left', children }: Props) {
  return (
    <section
      class={begin === 'right' ? 'scroll-box scroll-from-right' : 'scroll-box'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      {children}
    </section>
  );
}
