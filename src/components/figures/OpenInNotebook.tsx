import './OpenInNotebook.css';
import { isEmbedded } from '../../state/page/embedded.ts';
import { address } from '../../state/site/address.ts';

/** The makers of figures' code, fetched when one is asked for. */
export type FigureCode = typeof import('../../explain/figure-code.ts');

interface Props {
  /** The figure as cells, with what stands in it now. */
  codes: (figures: FigureCode) => readonly string[];
  /** The figure, in words. */
  from: string;
}

/** Takes what a figure does along to the notebook, as code: there it is read before it runs. */
export function OpenInNotebook({ codes, from }: Props) {
  const open = async () => {
    const [figures, { codeHash }] = await Promise.all([
      import('../../explain/figure-code.ts'),
      import('../../state/cells/code-link.ts'),
    ]);
    const link = `${address('notebook/')}#${await codeHash({ codes: codes(figures), from })}`;
    // No frame of another site may hold the notebook.
    window.open(link, isEmbedded() ? '_blank' : '_self');
  };
  return (
    <button type="button" class="open-in-notebook needs-script" onClick={() => void open()}>
      Open in the notebook
    </button>
  );
}
