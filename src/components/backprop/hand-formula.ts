import { formatNumber } from '../../explain/numbers.ts';
import { type FormulaPart, type Letter, cellFormula } from '../../explain/pass-formulas.ts';
import type { Cell, Quantity } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';

/**
 * The formula of one number of the small network. At its outputs half the sum of squares has the slope z − y, since there is no
 * bend: it is written so, as one would by hand.
 */
export function handFormula(pass: Trace, cell: Cell): FormulaPart[] {
  if (cell.quantity !== 'delta' || cell.layer < pass.depth) return cellFormula(pass, cell);
  const letter = (quantity: Quantity): Letter => {
    const of = { ...cell, quantity };
    const value = pass.value(of);
    return {
      quantity,
      layer: cell.layer,
      index: String(cell.row),
      slot: formatNumber(value),
      cell: of,
      value,
    };
  };
  return [letter('delta'), '=', letter('preActivation'), '−', letter('target')];
}

/** The numbers that one is made from, as the drawing lights them. */
export function handFactors(pass: Trace, cell: Cell): Cell[] {
  return handFormula(pass, cell)
    .flatMap((part) => (typeof part === 'string' || !part.cell ? [] : [part.cell]))
    .slice(1);
}
