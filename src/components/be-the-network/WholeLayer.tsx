import { useState } from 'preact/hooks';
import { notation } from '../../lib/notation.ts';
import type { Cell } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { cellPicture } from '../../state/cell-picture.ts';
import { largestSize } from '../../state/contributions.ts';
import { quantityName } from '../../state/pass-formulas.ts';
import { HeatImage } from '../figures/HeatImage.tsx';

/** After one number by hand, all others of its quantity at once. */
export function WholeLayer({ pass, cell }: { pass: Trace; cell: Cell }) {
  const [isShown, setShown] = useState(false);
  const { quantity, layer } = cell;
  const picture = cellPicture(pass, quantity, layer);
  const { spoken, scale } = notation[quantityName(pass, quantity, layer)];
  const count = picture.values.length;
  if (!isShown) {
    return (
      <button type="button" onClick={() => setShown(true)}>
        Do the other {(count - 1).toLocaleString('en')} in the same way
      </button>
    );
  }
  return (
    <div class={picture.rows === 1 ? 'cells-flat whole-layer' : 'whole-layer'}>
      <HeatImage
        values={picture.values}
        rows={picture.rows}
        columns={picture.columns}
        scale={scale}
        full={largestSize(picture.values)}
        pointed={picture.indexOf(cell)}
        label={`${spoken} of layer ${layer}: ${count} numbers, yours among them`}
      />
      <p class="quiet">All {count.toLocaleString('en')}, yours is framed.</p>
    </div>
  );
}
