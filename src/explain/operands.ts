import { type Cell, type Quantity, type Rule, combine } from '../lib/nn/origin.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { formatApart } from './numbers.ts';
import { nameCell } from './names.ts';

/** What a reader picks to compute a number from: numbers of a quantity, or the 1 that a bias is multiplied by. */
export type Operand =
  | {
      readonly quantity: Quantity;
      readonly layer: number;
      /** A single number, a row or a column of a matrix, or a whole vector. */
      readonly part: 'number' | 'row' | 'column' | 'all';
      /** Which of the numbers was picked; the row or the column is the one that it lies in. */
      readonly row: number;
      readonly column: number;
    }
  | 'one';

/** A number that the reader is to compute, by picking what belongs into each of its slots. */
export interface CellTask {
  readonly cell: Cell;
  /** The cells of each slot, in the order of the formula; with no cells for the 1 of a bias. */
  readonly slots: readonly (readonly Cell[])[];
  /** What stands before, between and after the slots. */
  readonly signs: readonly [before: string, between: '−' | '·', after: string];
  /** The rule with other cells in its slots, those of a bias left out; nothing where they do not go together. */
  readonly with: (slots: readonly (readonly Cell[])[]) => Rule | undefined;
}

/**
 * The slots of a number: what its origin multiplies, factor by factor, so that a sum of products has two slots, each
 * with a whole row or column in it.
 *
 * @param isExpanded whether δ is to be made from the weights and the blame above at once, instead of from what has arrived
 */
export function cellTask(pass: Trace, cell: Cell, isExpanded = false): CellTask {
  const origin = pass.origin(cell);
  if (origin.kind === 'difference') {
    return {
      cell,
      slots: [[origin.from], [origin.taken]],
      signs: ['', '−', ''],
      with: (slots) => fromPair(slots, (from, taken) => ({ kind: 'difference', from, taken })),
    };
  }
  if (origin.kind === 'mean-squared-error-gradient') {
    return {
      cell,
      slots: [[origin.a], [origin.y]],
      signs: [`2 / ${origin.classes} · (`, '−', ')'],
      with: (slots) => fromPair(slots, (a, y) => ({ ...origin, a, y })),
    };
  }
  if (origin.kind !== 'sum-of-products')
    throw new RangeError(`${nameCell(cell)} is no difference and no sum`);
  const slots = origin.terms[0].map((_, at) => origin.terms.map((term) => term[at]));
  const product = { cell, signs: ['', '·', ''], with: sumOfProducts } as const;
  if (cell.quantity === 'biasGradient') return { ...product, slots: [...slots, []] };
  if (!isExpanded) return { ...product, slots };
  const [arriving, slope] = slots;
  return { ...product, slots: [...cellTask(pass, arriving[0]).slots, slope] };
}

/** Of two slots with a single number each. */
function fromPair(
  [first, second]: readonly (readonly Cell[])[],
  made: (first: Cell, second: Cell) => Rule,
): Rule | undefined {
  return first.length === 1 && second.length === 1 ? made(first[0], second[0]) : undefined;
}

/** Factor by factor; a slot of one cell is a factor of every term. */
function sumOfProducts(slots: readonly (readonly Cell[])[]): Rule | undefined {
  const long = Math.max(...slots.map((cells) => cells.length));
  if (slots.some((cells) => cells.length !== 1 && cells.length !== long)) return undefined;
  const terms = Array.from({ length: long }, (_, n) =>
    slots.map((cells) => cells[cells.length === 1 ? 0 : n]),
  );
  return { kind: 'sum-of-products', terms };
}

/** The cells that an operand names. */
export function cellsOf(pass: Trace, operand: Operand): Cell[] {
  if (operand === 'one') return [];
  const { quantity, layer, part, row, column } = operand;
  const [rows, columns] = pass.shape(quantity, layer);
  const at = (cellRow: number, cellColumn: number): Cell => ({
    quantity,
    layer,
    row: cellRow,
    column: cellColumn,
  });
  if (part === 'number') return [at(row, column)];
  if (part === 'row') return Array.from({ length: columns }, (_, k) => at(row, k));
  return Array.from({ length: rows }, (_, j) => at(j, part === 'all' ? 0 : column));
}

export interface Judgement {
  readonly isRight: boolean;
  /** Where the operand belongs, when it is right. */
  readonly slot: number | undefined;
  readonly says: string;
}

/**
 * What is to be said of a pick: that it belongs, and where; or what mistake it is, and what the number would then have
 * meant.
 *
 * @param filled which slots have their operand already
 */
export function judgeOperand(
  pass: Trace,
  task: CellTask,
  filled: readonly boolean[],
  operand: Operand,
): Judgement {
  const picked = cellsOf(pass, operand);
  const slot = task.slots.findIndex((cells, n) => !filled[n] && isSame(cells, picked));
  if (slot >= 0) return { isRight: true, slot, says: 'That belongs here.' };
  if (task.slots.some((cells) => isSame(cells, picked))) return wrong('That is in its slot already.');
  return wrong(describeMistake(pass, task, filled, operand, picked));
}

function describeMistake(
  pass: Trace,
  task: CellTask,
  filled: readonly boolean[],
  operand: Operand,
  picked: readonly Cell[],
): string {
  if (operand === 'one') return 'A 1 stands only where a bias was added: no other factor is given.';
  const { quantity, layer, part } = operand;
  // Only what is still empty can be meant: a slot that has the right operand is not to be scolded for this one.
  const slotOf = (wanted: (cell: Cell) => boolean) =>
    task.slots.findIndex((cells, n) => !filled[n] && cells[0] !== undefined && wanted(cells[0]));
  const instead = (slot: number) => wouldBe(pass, task, slot, picked);

  const sameMatrix = slotOf((cell) => cell.quantity === quantity && cell.layer === layer);
  if (sameMatrix >= 0) {
    const wanted = task.slots[sameMatrix];
    if (quantity === 'weight' && part === 'row' && wanted.length > 1) {
      return `That is a row of W: the weights into a unit of layer ${layer}. The blame goes back by the weights that lead out of a unit, and those are a column; this is what the transpose is for. ${instead(sameMatrix)}`;
    }
    if (wanted.length !== picked.length) {
      return `The right quantity, but ${count(picked.length)} of it; ${count(wanted.length)} belong${wanted.length === 1 ? 's' : ''} here. Choose the part above the pictures.`;
    }
    return `The right quantity, at another place: this is about ${nameCell(task.cell)}. ${instead(sameMatrix)}`;
  }
  const isBias = task.slots.some((cells, n) => !filled[n] && cells.length === 0);
  if (isBias && quantity === 'activation' && layer === task.cell.layer - 1) {
    return 'That is what a weight is multiplied by. A bias is added as it is: it is multiplied by 1, whatever came in.';
  }
  if (quantity === 'preActivation') {
    const slot = slotOf((cell) => cell.quantity === 'activation' && cell.layer === layer);
    if (slot >= 0 && task.signs[1] === '−') {
      return `That is z, the sum before the activation. The loss compares what came out with the target. ${instead(slot)}`;
    }
    if (slot >= 0) {
      return `That is z, the sum before the activation. The weight multiplied what came out of the unit, a. ${instead(slot)}`;
    }
  }
  if (quantity === 'activationSlope') {
    const slot = slotOf((cell) => cell.quantity === 'activationSlope');
    if (slot >= 0) {
      return `That is the mask of layer ${layer}: its slopes. What decides is the slope at this unit itself, in layer ${task.cell.layer}. ${instead(slot)}`;
    }
  }
  if (quantity === 'activation') {
    const slot = slotOf((cell) => cell.quantity === 'delta' && cell.layer === layer);
    if (slot >= 0) {
      return `That is what the layer said, a, not what it is to blame for, δ. ${instead(slot)}`;
    }
  }
  const other = slotOf((cell) => cell.quantity === quantity);
  if (other >= 0) {
    return `The right quantity, of another layer: ${layer} instead of ${task.slots[other][0].layer}. ${instead(other)}`;
  }
  const isFull = task.slots.some(
    ([cell], n) => filled[n] && cell?.quantity === quantity && cell.layer === layer,
  );
  if (isFull) {
    return 'The slot for this quantity has what belongs into it already, and that is right. What is missing is something else.';
  }
  return `${capital(nameCell(picked[0]))} has no part in ${nameCell(task.cell)}.`;
}

/** What the number would have been with a wrong operand in a slot. */
function wouldBe(pass: Trace, task: CellTask, slot: number, picked: readonly Cell[]): string {
  const slots = task.slots
    .map((cells, n) => (n === slot ? picked : cells))
    .filter((cells) => cells.length > 0);
  const rule = task.with(slots);
  if (!rule) {
    const lengths = slots.filter((cells) => cells.length > 1).map((cells) => cells.length);
    return lengths.length === 1
      ? `It would not even fit: ${lengths[0]} numbers, where one belongs.`
      : `It would not even fit: ${lengths.join(' numbers against ')}.`;
  }
  const value = (cell: Cell) => pass.value(cell);
  const [made, wanted] = formatApart(combine(rule, value), value(task.cell));
  return made === wanted
    ? `Here the number would come out the same, ${made}, but by chance: what belongs here is another.`
    : `With it the number would be ${made} instead of ${wanted}: a number, but not this one's.`;
}

function isSame(a: readonly Cell[], b: readonly Cell[]): boolean {
  return a.length === b.length && a.every((cell, n) => nameCell(cell) === nameCell(b[n]));
}

function wrong(says: string): Judgement {
  return { isRight: false, slot: undefined, says };
}

function count(numbers: number): string {
  return numbers === 1 ? 'one number' : `${numbers} numbers`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
