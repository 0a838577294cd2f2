import { type Cell, combine } from '../lib/nn/origin.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';

/** A number as it stands in figures and sentences: three decimals, and a true minus sign. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value < 0 ? '−∞' : '∞';
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.0005 || size >= 1e5) ? value.toExponential(2) : value.toFixed(3);
  return text.replace(/^-/, '−').replace('e-', 'e−');
}

/** What one forward step did, in a sentence: for the page, for screen readers and for print. */
export function describeStep(pass: Trace, { quantity, layer }: TraceStep): string {
  const values = pass.values(quantity, layer);
  const largest = predictedClass(values, values.length);
  switch (quantity) {
    case 'preActivation': {
      const inputs = pass.shape('weight', layer)[1];
      return `Layer ${layer} sums up: each of its ${values.length} units multiplies its ${inputs} inputs by its weights and adds its bias. The largest sum is ${formatNumber(values[largest]!)}, in unit ${largest}.`;
    }
    case 'activation': {
      if (layer === pass.depth) {
        return `Softmax turns the ten sums into probabilities: ${formatNumber(values[largest]!)} for ${largest}, the largest.`;
      }
      const silent = values.filter((value) => value === 0).length;
      return `ReLU lets the positive sums of layer ${layer} through and makes the others 0: ${silent} of ${values.length} units stay silent.`;
    }
    case 'loss': {
      const label = pass.values('target', layer).indexOf(1);
      const p = pass.values('activation', layer)[label]!;
      return `The label is ${label}. Its probability is ${formatNumber(p)}, so the loss is −ln ${formatNumber(p)} = ${formatNumber(values[0]!)}.`;
    }
    default:
      return '';
  }
}

/** A cell's name in words: "the sum of unit 5 in layer 2". */
export function nameCell({ quantity, layer, row, column }: Cell): string {
  switch (quantity) {
    case 'preActivation':
      return `the sum of unit ${row} in layer ${layer}`;
    case 'activation':
      return layer === 0 ? `pixel ${row}` : `the output of unit ${row} in layer ${layer}`;
    case 'weight':
      return `the weight from input ${column} into unit ${row} of layer ${layer}`;
    case 'bias':
      return `the bias of unit ${row} in layer ${layer}`;
    default:
      return `${quantity} ${row} of layer ${layer}`;
  }
}

/** How a cell's number came about, with the values in place: "z = 0.120 + 2.290 = 2.410". */
export function describeOrigin(pass: Trace, cell: Cell): string {
  const origin = pass.origin(cell);
  const value = formatNumber(pass.value(cell));
  switch (origin.kind) {
    case 'given':
      return `${capital(nameCell(cell))} is ${value}. It is given.`;
    case 'sum-of-products': {
      const bias = origin.terms.find((term) => term.length === 1);
      const products = origin.terms.filter((term) => term.length > 1);
      const sum = combine({ kind: 'sum-of-products', terms: products }, (factor) => pass.value(factor));
      return `${capital(nameCell(cell))}: ${products.length} products sum to ${formatNumber(sum)}, and with the bias ${formatNumber(pass.value(bias![0]!))} that is ${value}.`;
    }
    case 'activation':
      return `${capital(nameCell(cell))}: ${origin.name} of ${formatNumber(pass.value(origin.z))} is ${value}.`;
    case 'softmax':
      return `${capital(nameCell(cell))}: e to the ${formatNumber(pass.value(origin.own))}, as a share of the sum of all ten, is ${value}.`;
    case 'cross-entropy':
      return `The loss: minus the logarithm of the label's probability is ${value}.`;
    default:
      return `${capital(nameCell(cell))} is ${value}.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
