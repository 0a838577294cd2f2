import './CellCode.css';
import '../figures/controls.css';
import type { LinkedCode } from '../../state/cells/code-link.ts';

interface Props {
  linked: LinkedCode;
  onAccept: () => void;
  onDecline: () => void;
}

/** Code that came with a link: to be read. It runs when the reader has taken it over and runs it, and never before. */
export function OfferedCode({ linked: { codes, from }, onAccept, onDecline }: Props) {
  return (
    <section class="run-notice" aria-label="Code from a link">
      <p>
        The link that brought you here carries code{from && `, and says that it comes from ${from}`}. Whoever
        made the link wrote it. Nothing of it has run. What cells run is shut off from this page and from the
        network; read it all the same before you take it over.
      </p>
      {codes.map((code, n) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard too
        <pre key={n} tabIndex={0} class="cell-still notranslate">
          <code>{code}</code>
        </pre>
      ))}
      <div class="run-controls">
        <button type="button" class="primary" onClick={onAccept}>
          Add it to my notebook
        </button>
        <button type="button" onClick={onDecline}>
          Leave it
        </button>
      </div>
    </section>
  );
}
