import type { QuantityName } from '../lib/notation.ts';
import type { Cell, Quantity } from '../lib/nn/origin.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { formatNumber } from './numbers.ts';

const names: { readonly [Q in Quantity]: (cell: Cell) => string } = {
  preActivation: ({ row, layer }) => `the sum of unit ${row} in layer ${layer}`,
  activation: ({ row, layer }) =>
    layer === 0 ? `pixel ${row}` : `the output of unit ${row} in layer ${layer}`,
  weight: ({ row, column, layer }) => `the weight from input ${column} into unit ${row} of layer ${layer}`,
  bias: ({ row, layer }) => `the bias of unit ${row} in layer ${layer}`,
  target: ({ row }) => `the target of output ${row}`,
  loss: () => 'the loss',
  activationGradient: ({ row, layer }) =>
    layer === 0
      ? `the blame that arrives at pixel ${row}`
      : `the blame that arrives at unit ${row} of layer ${layer}`,
  activationSlope: ({ row, layer }) => `the slope at unit ${row} of layer ${layer}`,
  delta: ({ row, layer }) => `the blame δ of unit ${row} in layer ${layer}`,
  weightGradient: ({ row, column, layer }) =>
    `the gradient of the weight from input ${column} into unit ${row} of layer ${layer}`,
  biasGradient: ({ row, layer }) => `the gradient of the bias of unit ${row} in layer ${layer}`,
  penaltyGradient: ({ row, column, layer }) =>
    `the price of the weight from input ${column} into unit ${row} of layer ${layer}`,
  updatedWeight: ({ row, column, layer }) =>
    `the new weight from input ${column} into unit ${row} of layer ${layer}`,
  updatedBias: ({ row, layer }) => `the new bias of unit ${row} in layer ${layer}`,
};

/** A cell's name in words: "the sum of unit 5 in layer 2". */
export function nameCell(cell: Cell): string {
  return names[cell.quantity](cell);
}

/** A cell with its value: what stands at the pointer, and what a screen reader says. */
export function describeCell(pass: Trace, cell: Cell): string {
  return `${capital(nameCell(cell))} is ${formatNumber(pass.value(cell))}.`;
}

/** What a quantity is called in formulas: the first layer's input is x, its gradient ∂x, the last layer's softmax p. */
export function quantityName(pass: Trace, quantity: Quantity, layer: number): QuantityName {
  if (quantity === 'activationGradient' && layer === 0) return 'inputGradient';
  if (quantity !== 'activation') return quantity;
  if (layer === 0) return 'input';
  return layer === pass.depth && isSoftmax(pass, layer) ? 'probability' : 'activation';
}

/** The other way round: the numbers of the trace that a formula's letter stands for, in a layer. */
export function tracedQuantity(
  pass: Trace,
  name: QuantityName,
  layer: number | undefined,
): { quantity: Quantity; layer: number } | undefined {
  switch (name) {
    case 'input':
      return { quantity: 'activation', layer: 0 };
    case 'inputGradient':
      return { quantity: 'activationGradient', layer: 0 };
    case 'probability':
      return { quantity: 'activation', layer: pass.depth };
    case 'target':
    case 'loss':
      return { quantity: name, layer: pass.depth };
    case 'learningRate':
    case 'penalty':
    case 'batchSize':
    case 'layer':
      return undefined;
    default:
      return layer === undefined ? undefined : { quantity: name, layer };
  }
}

function isSoftmax(pass: Trace, layer: number): boolean {
  return pass.origin({ quantity: 'activation', layer, row: 0, column: 0 }).kind === 'softmax';
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
