import { signal } from '@preact/signals';
import { type LinkedCode, codeHash, readCodeHash } from '../../state/cells/code-link.ts';
import { keptCodes } from '../../state/cells/kept-code.ts';
import type { NotebookCell } from '../../state/cells/notebook.ts';
import { readNotebookFile, toIpynb, toTypeScript } from '../../state/cells/notebook-file.ts';
import { pageNotebook } from '../../state/cells/page-notebook.ts';
import { handOver } from '../../state/page/hand-over.ts';

const PAGE = 'notebook';

/** What stands in a notebook that nobody has written in. */
const FIRST = [
  `// The library is src/lib/ of this site, its data are here, and Plot draws.
// Shift+Enter runs a cell.
const sample = await digits('sample');
const names = Array.from(sample.labels.subarray(0, 20), String);
show.digits(sample.values.subarray(0, 20 * 784), names);`,
  `const net = await network('original');
const { accuracy, loss } = net.evaluate(await digits('sample-test'));
show({ accuracy, loss });`,
];

/** The page of one's own notebook: its cells, its files, and code that came with a link. */
export function createNotebookPage() {
  const notebook = pageNotebook(PAGE);
  const offered = signal<LinkedCode | undefined>(undefined);
  const notice = signal('');

  /** What the page is built with. */
  const first = FIRST.map((code, n): NotebookCell => ({
    id: `first-${n + 1}`,
    authored: '',
    place: n + 1,
    code: signal(code),
    run: signal(undefined),
  }));

  const codes = () => notebook.cells.peek().map(({ code }) => code.peek());
  const failed = (error: Error) => {
    notice.value = error.message;
  };

  return {
    notebook,
    first,
    /** Code that came with the page's address: it is shown, and waits. */
    offered,
    notice,
    /** Fills the page: with what was kept, or with a beginning. */
    begin(): void {
      if (notebook.cells.peek().length > 0) return;
      const kept = Object.entries(keptCodes(PAGE));
      kept.forEach(([id], n) => notebook.put(notebook.make(id, '', n + 1)));
      if (kept.length === 0) first.forEach(notebook.put);
      void this.readAddress();
    },
    async readAddress(): Promise<void> {
      await readCodeHash(location.hash).then((linked) => {
        offered.value = linked;
      }, failed);
    },
    /** Adds what a link brought, to be run or not. */
    accept(): void {
      for (const code of offered.peek()?.codes ?? []) notebook.insert(code);
      this.decline();
    },
    decline(): void {
      offered.value = undefined;
      history.replaceState(null, '', location.pathname);
    },
    saveTypeScript: () => handOver(new Blob([toTypeScript(codes())]), 'notebook.ts'),
    saveIpynb: () => handOver(new Blob([toIpynb(codes())]), 'notebook.ipynb'),
    async open(file: File): Promise<void> {
      try {
        const read = readNotebookFile(file.name, await file.text());
        for (const code of read) notebook.insert(code);
        notice.value = `${file.name}: ${read.length} ${read.length === 1 ? 'cell was' : 'cells were'} added at the end. None of them has run.`;
      } catch (error) {
        failed(error as Error);
      }
    },
    /** Puts a link with all the code into the address and, where that is allowed, on the clipboard. */
    async link(): Promise<void> {
      const url = new URL(`#${await codeHash({ codes: codes(), from: 'a notebook' })}`, location.href).href;
      notice.value = await navigator.clipboard.writeText(url).then(
        () => 'The link is on the clipboard. Whoever opens it sees the code, and decides whether it runs.',
        () => url,
      );
    },
  };
}
