import { type Cell, combine } from '../lib/nn/origin.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';
import { indexOfLargestSize } from './contributions.ts';

/** A number as it stands in figures and sentences: three decimals, or three digits where that says more, and a true minus sign. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value < 0 ? '−∞' : '∞';
  return digitsOf(value).replace(/^-/, '−').replace('e-', 'e−');
}

function digitsOf(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 0.1 && size < 1e5)) return value.toFixed(3);
  return size < 0.001 || size >= 1e5 ? value.toExponential(2) : value.toPrecision(3);
}

/** What one step did, in a sentence: for the page, for screen readers and for print. */
export function describeStep(pass: Trace, step: TraceStep): string {
  return step.direction === 'forward' ? describeForward(pass, step) : describeBackward(pass, step);
}

function describeForward(pass: Trace, { quantity, layer }: TraceStep): string {
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

/** What happened to the blame. */
function describeBackward(pass: Trace, { quantity, layer, rows, columns }: TraceStep): string {
  const values = pass.values(quantity, layer);
  const most = indexOfLargestSize(values);
  const mostValue = formatNumber(values[most]!);
  switch (quantity) {
    case 'delta':
      if (layer === pass.depth) return describeOutputBlame(pass);
      return `What arrives at layer ${layer} is multiplied by each unit’s slope: ${countZeros(values)} of its ${rows} units get no blame at all. Of the others unit ${most} has the most, ${mostValue}.`;
    case 'weightGradient':
      return `Every weight into layer ${layer} gets its unit’s blame times the value that came in through it: ${rows} × ${columns} products, of which ${countZeros(values)} are 0. The largest is ${mostValue}, for the weight from input ${most % columns} into unit ${Math.floor(most / columns)}.`;
    case 'biasGradient':
      return `Every bias of layer ${layer} gets its unit’s blame as it is: what it was multiplied by is 1.`;
    case 'activationGradient': {
      const next = pass.shape('delta', layer + 1)[0];
      return `The blame of layer ${layer + 1} goes back through the weights that it came by: each unit of layer ${layer} gathers a share from all ${next} units that it feeds. Unit ${most} gathers the most, ${mostValue}.`;
    }
    case 'activationSlope': {
      const closed = countZeros(values);
      return `The slope at each unit’s own sum says how much of the blame passes: it is 0 at ${closed} units of layer ${layer}, which let nothing through, and not 0 at the other ${rows - closed}.`;
    }
    case 'updatedWeight':
    case 'updatedBias': {
      const noun = quantity === 'updatedWeight' ? 'weight' : 'bias';
      const old = pass.values(noun, layer);
      const moves = values.map((value, n) => value - old[n]!);
      const furthest = formatNumber(moves[indexOfLargestSize(moves)]!);
      return `Every ${noun} of layer ${layer} takes one step against its gradient, as long as the learning rate says. The one that moves furthest moves by ${furthest}.`;
    }
    default:
      return '';
  }
}

function describeOutputBlame(pass: Trace): string {
  const delta = pass.values('delta', pass.depth);
  const label = pass.values('target', pass.depth).indexOf(1);
  const others = delta.map((value, k) => (k === label ? 0 : value));
  const worst = indexOfLargestSize(others);
  return `Each output is to blame for what it said minus what it should have said. Output ${label}, the label, has ${formatNumber(delta[label]!)}: its sum ought to be larger. Of the others ${worst} has the most, ${formatNumber(delta[worst]!)}: its sum ought to be smaller.`;
}

function countZeros(values: ArrayLike<number>): number {
  return Array.from(values).filter((value) => value === 0).length;
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
    case 'target':
      return `the target of output ${row}`;
    case 'loss':
      return 'the loss';
    case 'activationGradient':
      return `the blame that arrives at unit ${row} of layer ${layer}`;
    case 'activationSlope':
      return `the slope at unit ${row} of layer ${layer}`;
    case 'delta':
      return `the blame δ of unit ${row} in layer ${layer}`;
    case 'weightGradient':
      return `the gradient of the weight from input ${column} into unit ${row} of layer ${layer}`;
    case 'biasGradient':
      return `the gradient of the bias of unit ${row} in layer ${layer}`;
    case 'updatedWeight':
      return `the new weight from input ${column} into unit ${row} of layer ${layer}`;
    case 'updatedBias':
      return `the new bias of unit ${row} in layer ${layer}`;
  }
}

/** A cell with its value: what stands at the pointer, and what a screen reader says. */
export function describeCell(pass: Trace, cell: Cell): string {
  return `${capital(nameCell(cell))} is ${formatNumber(pass.value(cell))}.`;
}

/** How a cell's number came about, with the values in place: "z = 0.120 + 2.290 = 2.410". */
export function describeOrigin(pass: Trace, cell: Cell): string {
  const origin = pass.origin(cell);
  const value = formatNumber(pass.value(cell));
  const name = capital(nameCell(cell));
  switch (origin.kind) {
    case 'given':
      return `${name} is ${value}. It is given.`;
    case 'sum-of-products': {
      const [first] = origin.terms;
      if (origin.terms.length === 1) {
        const factors = first!.map((factor) => `${nameCell(factor)}, ${formatNumber(pass.value(factor))}`);
        return factors.length === 1
          ? `${name} is ${factors[0]}, as it is.`
          : `${name}: ${factors.join(', times ')}, is ${value}.`;
      }
      const bias = origin.terms.find((term) => term.length === 1);
      const products = origin.terms.filter((term) => term.length > 1);
      const sum = combine({ kind: 'sum-of-products', terms: products }, (factor) => pass.value(factor));
      if (!bias) return `${name}: ${products.length} products sum to ${value}.`;
      return `${name}: ${products.length} products sum to ${formatNumber(sum)}, and with the bias ${formatNumber(pass.value(bias[0]!))} that is ${value}.`;
    }
    case 'difference':
      return `${name}: ${formatNumber(pass.value(origin.from))}, what it said, minus ${formatNumber(pass.value(origin.taken))}, what it should have said, is ${value}.`;
    case 'activation':
      return `${name}: ${origin.name} of ${formatNumber(pass.value(origin.z))} is ${value}.`;
    case 'slope':
      return `${name}: ${origin.name} has the slope ${value} at its sum, ${formatNumber(pass.value(origin.z))}.`;
    case 'softmax':
      return `${name}: e to the ${formatNumber(pass.value(origin.own))}, as a share of the sum of all ten, is ${value}.`;
    case 'cross-entropy':
      return `The loss: minus the logarithm of the label's probability is ${value}.`;
    case 'descent':
      return `${name}: ${formatNumber(pass.value(origin.from))} minus ${origin.learningRate} times its gradient, ${formatNumber(pass.value(origin.gradient))}, is ${value}.`;
    default:
      return `${name} is ${value}.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
