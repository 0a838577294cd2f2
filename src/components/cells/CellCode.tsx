import './CellCode.css';
import type { ComponentChildren } from 'preact';
import { type MutableRef, useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from '../../sandbox/protocol.ts';
import type { CodeEditor } from './code-editor.ts';

interface Props {
  code: string;
  /** The code by now: somebody may have written on since this was drawn. */
  codeNow: () => string;
  /** The same code as it was built, in its colours. */
  still: ComponentChildren | undefined;
  label: string;
  /** Marked at its place. */
  failure: Failure | undefined;
  names: () => Iterable<string>;
  onEdit: (code: string) => void;
  onRun: (movesOn: boolean) => void;
  onLeave: () => void;
  /** Filled here: opens the editor, and goes into it. */
  opener: MutableRef<() => Promise<void>>;
}

/** Code as text, until it is touched: then the editor is fetched. */
export function CellCode(props: Props) {
  const { code, still, label, failure, names, onEdit, onRun, onLeave, opener } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | undefined>(undefined);
  const [isOpen, setOpen] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  // What the editor calls may have changed since it was opened.
  const latest = useRef(props);
  latest.current = { ...props, onEdit, onRun, onLeave, names };

  const open = async () => {
    if (editor.current) return editor.current.focus();
    try {
      const { openCodeEditor } = await import('./code-editor.ts');
      if (!host.current || editor.current) return;
      editor.current = openCodeEditor(host.current, {
        code: latest.current.codeNow(),
        label,
        onEdit: (text) => latest.current.onEdit(text),
        onRun: (movesOn) => latest.current.onRun(movesOn),
        onLeave: () => latest.current.onLeave(),
        names: () => latest.current.names(),
      });
      // Not with the next drawing: what is hidden cannot have the focus.
      host.current.hidden = false;
      editor.current.focus();
      setOpen(true);
    } catch {
      setFailed(true);
    }
  };
  opener.current = open;
  const openOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    void open();
  };
  useEffect(() => () => editor.current?.end(), []);
  // What was written here is there already; what comes from elsewhere, such as a reset, is put in. Not the code that was drawn:
  // two letters in one frame would each undo the other, for ever.
  useEffect(() => editor.current?.replace(latest.current.codeNow()), [code]);
  useEffect(() => {
    const { line, column, message, cell } = failure ?? {};
    const isHere = line !== undefined && column !== undefined && message !== undefined && cell === undefined;
    editor.current?.mark(isHere ? { line, column, message } : undefined);
  }, [failure, isOpen]);
  return (
    <>
      <div ref={host} class="cell-editor notranslate" hidden={!isOpen} />
      {!isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard too
        <pre tabIndex={0} class="cell-still notranslate" onClick={() => void open()} onKeyDown={openOnEnter}>
          {still ?? <code>{code}</code>}
        </pre>
      )}
      {hasFailed && <p role="alert">The editor could not be fetched: is the connection there? Try again.</p>}
    </>
  );
}
