import './Cell.css';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { formatMilliseconds } from '../../explain/numbers.ts';
import type { CellRun, Notebook, NotebookCell } from '../../state/cells/notebook.ts';
import { CellCode } from './CellCode.tsx';
import { CellResults } from './CellResults.tsx';
import { useAlive } from '../figures/useAlive.ts';

interface Props {
  notebook: Notebook;
  cell: NotebookCell;
  /** Among the page's, from 1. */
  number: number;
  /** The code as it was built, in its colours: shown as long as it is the cell's. */
  still?: ComponentChildren;
  /** Buttons of a page's own. */
  children?: ComponentChildren;
}

const STALE = {
  changed: 'changed since it ran',
  above: 'a cell above was changed or run since',
  gone: 'from a kernel that has ended: its names are gone',
};

/** A cell: code, what can be done with it, and what came of it. */
export function CellView({ notebook, cell, number, still, children }: Props) {
  const isAlive = useAlive();
  const part = useRef<HTMLDivElement>(null);
  const openEditor = useRef<() => Promise<void>>(async () => {});
  const run = cell.run.value;
  const isRunning = run?.status === 'running' || run?.status === 'waiting';
  const isChanged = cell.code.value !== cell.authored;
  const stale = isAlive ? notebook.staleness(cell) : undefined;
  const missing = run?.failure?.missing;

  const start = (movesOn: boolean) => {
    notebook.run(cell);
    if (movesOn) focusNext(part.current!);
  };
  // In the editor and on every button of the cell alike.
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.defaultPrevented) return;
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    start(event.shiftKey);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole cell, whose buttons do the same
    <div ref={part} class="cell-body" onKeyDown={press}>
      <CellCode
        opener={openEditor}
        code={cell.code.value}
        codeNow={() => cell.code.peek()}
        still={isChanged ? undefined : still}
        label={`Code of cell ${number}`}
        failure={run?.status === 'ended' && run.code === cell.code.value ? run.failure : undefined}
        names={() => notebook.names.peek()}
        onEdit={(text) => notebook.edit(cell, text)}
        onRun={start}
        onLeave={() => part.current!.querySelector<HTMLElement>('.cell-run')?.focus()}
      />
      <div class="cell-buttons needs-script">
        <button type="button" class="cell-run" aria-disabled={isRunning} onClick={() => start(false)}>
          Run
        </button>
        <button type="button" onClick={() => void openEditor.current()}>
          Edit
        </button>
        <button type="button" onClick={() => void navigator.clipboard?.writeText(cell.code.peek())}>
          Copy
        </button>
        {isAlive && isChanged && cell.authored && (
          <button type="button" onClick={() => notebook.reset(cell)}>
            Reset
          </button>
        )}
        <button type="button" aria-disabled={isAlive && isRunning} onClick={notebook.runAll}>
          Run all
        </button>
        <button
          type="button"
          aria-disabled={!isAlive || notebook.status.value !== 'running'}
          onClick={() => void notebook.stop()}
        >
          Stop
        </button>
        <button
          type="button"
          aria-disabled={!isAlive || notebook.status.value === 'asleep'}
          onClick={() => void notebook.restart()}
        >
          Restart
        </button>
        {children}
      </div>
      <p role="status" class="cell-status">
        {isAlive && run && statusOf(run)}
        {stale && <span class="tag">{STALE[stale]}</span>}
      </p>
      {isAlive && notebook.trouble.value && !run && <p role="alert">{sentence(notebook.trouble.value)}</p>}
      {run && <CellResults run={run} />}
      {missing && number > 1 && (
        <p class="cell-missing">
          No cell has made <code>{missing}</code> yet.{' '}
          <button type="button" onClick={() => notebook.runTo(cell)}>
            Run the cells above, then this one
          </button>
        </p>
      )}
    </div>
  );
}

function statusOf({ status, count, milliseconds, progress, failure }: CellRun): string {
  if (status === 'waiting') return 'Waits for its turn, or for the kernel.';
  if (status === 'running') return progress ? '' : 'Runs.';
  if (count === 0) return 'It did not run.';
  const time = milliseconds === undefined ? '' : ` after ${formatMilliseconds(milliseconds)}`;
  return `Run ${count}${failure ? ' failed' : ' ended'}${time}.`;
}

/** The next cell that is not folded away, in the page's order: its editor where it is open, else its first button. */
function focusNext(part: HTMLElement): void {
  const all = [...document.querySelectorAll<HTMLElement>('.cell-body')];
  const next = all.slice(all.indexOf(part) + 1).find((each) => each.checkVisibility());
  if (!next) return;
  const editor = next.querySelector<HTMLElement>('.cell-editor')?.shadowRoot;
  const target =
    editor?.querySelector<HTMLElement>('.cm-content') ?? next.querySelector<HTMLElement>('.cell-run');
  target?.focus();
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
