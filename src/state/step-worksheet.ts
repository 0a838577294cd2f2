import type { Cell } from '../lib/nn/origin.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';
import { contributions, sumOf } from './contributions.ts';
import { describeOrigin, formatNumber, nameCell } from './pass-sentences.ts';

/** One blank of a step's worksheet: what it is made of, and on the second page what it comes to. */
export interface StepBlank {
  readonly name: string;
  /** To be worked out: numbers of the step, signs and all. */
  readonly task: string;
  readonly answer: string;
}

/** Blanks of a sheet, and products of a sum that are written out: what is left of it is given in one number. */
const BLANKS = 6;
const TERMS = 5;

/** Some numbers of a step, the largest first, as a worksheet that can be done with a pocket calculator. */
export function stepWorksheet(pass: Trace, { quantity, layer, columns }: TraceStep): StepBlank[] {
  const values = pass.values(quantity, layer);
  const largest = Array.from(values.keys()).sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!));
  return largest.slice(0, BLANKS).map((index) => {
    const cell: Cell = { quantity, layer, row: Math.floor(index / columns), column: index % columns };
    return { name: nameCell(cell), task: taskOf(pass, cell), answer: describeOrigin(pass, cell) };
  });
}

function taskOf(pass: Trace, cell: Cell): string {
  const origin = pass.origin(cell);
  const number = (factor: Cell) => inBrackets(pass.value(factor));
  const plain = (factor: Cell) => formatNumber(pass.value(factor));
  switch (origin.kind) {
    case 'sum-of-products': {
      const parts = contributions(pass, origin.terms);
      const shown = parts.slice(0, TERMS).map(({ cells }) => cells.map(number).join(' · '));
      const rest = sumOf(parts.slice(TERMS));
      const others =
        parts.length > TERMS ? ` + ${inBrackets(rest)} (the other ${parts.length - TERMS} together)` : '';
      return `${shown.join(' + ')}${others}`;
    }
    case 'difference':
      return `${number(origin.from)} − ${number(origin.taken)}`;
    case 'activation':
      return `${origin.name}(${plain(origin.z)})`;
    case 'slope':
      return `the slope of ${origin.name} at ${plain(origin.z)}`;
    case 'softmax':
      return `e to the ${plain(origin.own)}, over the sum of e to each of ${origin.all.map(plain).join(', ')}`;
    case 'descent':
      return `${number(origin.from)} − ${origin.learningRate} · ${number(origin.gradient)}`;
    default:
      return 'as the formula says';
  }
}

/** A number among signs of arithmetic: one that has a sign itself stands in brackets. */
function inBrackets(value: number): string {
  const text = formatNumber(value);
  return value < 0 ? `(${text})` : text;
}
