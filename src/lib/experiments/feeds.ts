import { type Cell, factorsOf } from '../nn/origin.ts';
import type { Trace } from '../nn/trace.ts';

/**
 * The other way round than `origin`: the cells that have this one among their factors, in the order of the steps.
 *
 * Asked of the origins themselves, so that the two cannot disagree. Of a matrix only the cell's own row and column are
 * asked: no rule reaches further.
 */
export function feeds(pass: Trace, cell: Cell): Cell[] {
  const fed: Cell[] = [];
  for (const { quantity, layer, rows, columns } of pass.steps) {
    if (Math.abs(layer - cell.layer) > 1) continue;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const isNear = columns === 1 || row === cell.row || column === cell.row || column === cell.column;
        if (!isNear) continue;
        const candidate = { quantity, layer, row, column };
        const origin = pass.origin(candidate);
        if (origin.kind !== 'given' && factorsOf(origin).some((factor) => isSame(factor, cell)))
          fed.push(candidate);
      }
    }
  }
  return fed;
}

function isSame(a: Cell, b: Cell): boolean {
  return a.quantity === b.quantity && a.layer === b.layer && a.row === b.row && a.column === b.column;
}
