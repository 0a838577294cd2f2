import { codeHash } from '../../state/cells/code-link.ts';
import * as figures from '../../explain/figure-code.ts';
import { isEmbedded } from '../../state/page/embedded.ts';
import { address } from '../../state/site/address.ts';

/** The makers of figures' code. */
export type FigureCode = typeof figures;

/** Goes to the notebook, with a figure as code. */
export async function openInNotebook(
  codes: (makers: FigureCode) => readonly string[],
  from: string,
): Promise<void> {
  const link = `${address('notebook/')}#${await codeHash({ codes: codes(figures), from })}`;
  // No frame of another site may hold the notebook.
  window.open(link, isEmbedded() ? '_blank' : '_self');
}
