import './Notebook.css';
import { useEffect, useMemo } from 'preact/hooks';
import { CellView } from './CellView.tsx';
import { OfferedCode } from './OfferedCode.tsx';
import { useAlive } from '../figures/useAlive.ts';
import { createNotebookPage } from './notebook-page.ts';
import { FileChoice } from '../figures/FileChoice.tsx';

/** The reader's own notebook: cells to add and to take away, files, and links. */
export function NotebookIsland() {
  const page = useMemo(createNotebookPage, []);
  const { notebook, offered, notice } = page;
  const isAlive = useAlive();
  useEffect(() => page.begin(), [page]);
  return (
    <div class="needs-script">
      {offered.value && (
        <OfferedCode linked={offered.value} onAccept={() => page.accept()} onDecline={() => page.decline()} />
      )}
      {(isAlive ? notebook.cells.value : page.first).map((cell, n) => (
        <section key={cell.id} class="cell" aria-label={`Code cell ${n + 1}`}>
          <CellView notebook={notebook} cell={cell} number={n + 1}>
            <button type="button" onClick={() => notebook.insert('', cell)}>
              Add below
            </button>
            <button type="button" onClick={() => notebook.remove(cell)}>
              Remove
            </button>
          </CellView>
        </section>
      ))}
      <div class="run-controls">
        <button type="button" onClick={() => notebook.insert('')}>
          Add a cell
        </button>
        <button type="button" onClick={page.saveTypeScript}>
          Download as .ts
        </button>
        <button type="button" onClick={page.saveIpynb}>
          Download as .ipynb
        </button>
        <button type="button" onClick={() => void page.link()}>
          Copy a link
        </button>
      </div>
      <FileChoice
        label="Open a notebook: .ts with its cells after lines of // %%, or .ipynb"
        accept=".ts,.ipynb"
        onFile={(file) => void page.open(file)}
      />
      <p role="status" class="quiet notebook-notice">
        {notice.value}
      </p>
    </div>
  );
}
