import { answerNeed } from './answer.ts';
import { keepCodes, keptCodes } from './kept-code.ts';
import { startKernel } from './kernel-link.ts';
import { type Notebook, createNotebook } from './notebook.ts';

const notebooks = new Map<string, Notebook>();

/** The cells of a page: one notebook for all its islands. */
export function pageNotebook(page: string): Notebook {
  const known = notebooks.get(page);
  if (known) return known;
  const notebook = createNotebook({
    start: startKernel,
    answer: answerNeed,
    kept: () => keptCodes(page),
    keep: (codes) => void keepCodes(page, codes),
  });
  notebooks.set(page, notebook);
  return notebook;
}
