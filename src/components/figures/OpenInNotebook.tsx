import './OpenInNotebook.css';
import type { FigureCode } from './open-in-notebook.ts';

interface Props {
  /** The figure as cells, with what stands in it now. */
  codes: (makers: FigureCode) => readonly string[];
  /** The figure, in words. */
  from: string;
}

/** Takes what a figure does along to the notebook, as code: there it is read before it runs. */
export function OpenInNotebook({ codes, from }: Props) {
  const open = async () => (await import('./open-in-notebook.ts')).openInNotebook(codes, from);
  return (
    <button type="button" class="open-in-notebook needs-script" onClick={() => void open()}>
      Open in the notebook
    </button>
  );
}
