import './OpenOnDemand.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface Props {
  summary: string;
  /** Made when it is opened, and not before. */
  children: () => ComponentChildren;
}

/** A pad that is behind a line of text until somebody wants it. */
export function OpenOnDemand({ summary, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  // It may have been opened before the page was alive.
  useEffect(() => setOpen(details.current?.open ?? false), []);
  return (
    <details
      ref={details}
      class="own-digit needs-script"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
}
