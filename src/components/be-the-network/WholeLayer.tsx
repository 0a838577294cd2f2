import './cells.css';
import './WholeLayer.css';
import { useState } from 'preact/hooks';
import { notation } from '../../lib/notation.ts';
import type { Cell } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { cellPicture } from '../../explain/cell-picture.ts';
import { largestSize } from '../../explain/contributions.ts';
import { quantityName } from '../../explain/names.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { formatCount } from '../../explain/numbers.ts';

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
        Do the other {formatCount(count - 1)} in the same way
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
      <p class="quiet">All {formatCount(count)}, yours is framed.</p>
    </div>
  );
}
