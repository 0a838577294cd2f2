import type { Cell } from '../lib/nn/origin.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';
import { nameCell } from './names.ts';
import { describeOrigin } from './cell-sentences.ts';
import { equationOf } from './equations.ts';
import { formatNumber } from './numbers.ts';

/** One blank of a step's worksheet: what it is made of, and on the second page what it comes to. */
export interface StepBlank {
  readonly name: string;
  /** To be worked out: numbers of the step, signs and all. */
  readonly task: string;
  /** What a calculator makes of the task, as it is printed. */
  readonly answer: string;
  /** How the number came about. */
  readonly explanation: string;
}

/** Blanks of a sheet, and products of a sum that are written out: what is left of it is given in one number. */
const BLANKS = 6;
const TERMS = 5;

/** Some numbers of a step, the largest first, as a worksheet that can be done with a pocket calculator. */
export function stepWorksheet(pass: Trace, { quantity, layer, columns }: TraceStep): StepBlank[] {
  const values = pass.values(quantity, layer);
  const largest = Array.from(values.keys()).sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]));
  return largest.slice(0, BLANKS).map((index) => {
    const cell: Cell = { quantity, layer, row: Math.floor(index / columns), column: index % columns };
    return { name: nameCell(cell), ...taskOf(pass, cell), explanation: describeOrigin(pass, cell) };
  });
}

function taskOf(pass: Trace, cell: Cell): { task: string; answer: string } {
  const origin = pass.origin(cell);
  if (origin.kind === 'given') {
    const answer = formatNumber(pass.value(cell));
    return { task: answer, answer };
  }
  const { parts, result, isExact } = equationOf(pass, cell, origin, TERMS);
  const task = parts.reduce<string>((text, part) => {
    if (typeof part === 'string') return joined(text, part);
    // A number that has a sign of its own stands in brackets among the signs of arithmetic.
    const isBare = text === '' || text.endsWith('(') || /[a-z,]$/.test(text);
    return joined(text, part.text.startsWith('−') && !isBare ? `(${part.text})` : part.text);
  }, '');
  return { task, answer: isExact ? result : `about ${result}` };
}

/** Signs and words with a space between them, but none after an opening bracket or before a closing one or a comma. */
function joined(text: string, next: string): string {
  return text === '' || text.endsWith('(') || /^[),]/.test(next) ? text + next : `${text} ${next}`;
}
