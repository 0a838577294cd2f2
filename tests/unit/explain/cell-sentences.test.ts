import { describe, expect, test } from 'vitest';
import { nameCell } from '../../../src/explain/names.ts';
import { describeOrigin } from '../../../src/explain/cell-sentences.ts';
import type { Cell, Quantity } from '../../../src/lib/nn/origin.ts';
import type { Trace } from '../../../src/lib/nn/trace.ts';
import { calculate, numbersIn, read, rounding } from './calculator.ts';
import { type Variant, passOf, variants } from './networks.ts';

const at = (quantity: Quantity, layer: number, row: number, column = 0): Cell => ({
  quantity,
  layer,
  row,
  column,
});

/** The number that a sentence ends with, as it is printed. */
const endOf = (sentence: string) => /(\S+)\.(?: The loss is a mean over 4 outputs\.)?$/.exec(sentence)![1]!;

/** What follows the name of the cell. */
const after = (sentence: string, cell: Cell) => sentence.slice(nameCell(cell).length);

/** By hand, for each quantity: what the numbers of its sentence come to. Nothing where it names no other number. */
function claimed(
  pass: Trace,
  cell: Cell,
  { hidden, output, loss, options, isCharged }: Variant,
): number | undefined {
  const text = after(describeOrigin(pass, cell), cell);
  const name = cell.layer === pass.depth ? output : hidden;
  // Numbers of units, inputs and layers stand in the names of the factors: they are no part of the arithmetic.
  const numbers = numbersIn(
    text.replace(/(unit|layer|input|pixel|output|over) \d+/g, '$1').replace(/λ[₁₂]/g, 'λ'),
  );
  const [a, b, c] = numbers as [number, number, number];
  const isOutput = cell.layer === pass.depth;
  switch (cell.quantity) {
    case 'preActivation':
      // "5 products sum to b, and with the bias c"
      return b + c;
    case 'activation': {
      if (name === 'softmax') return undefined;
      if (name === 'linear') return a;
      const written = { relu: 'ReLU', 'leaky-relu': 'leaky ReLU', sigmoid: 'sigmoid', tanh: 'tanh' }[name];
      expect(text).toContain(`: ${written} of `);
      return calculate(`${written} (${String(a)})`);
    }
    case 'loss':
      return loss === 'cross-entropy' && !options.labelSmoothing ? -Math.log(a) : undefined;
    case 'activationGradient':
      // "2 / 4 times the difference of c and d"
      return isOutput ? (a / b) * (c - numbers[3]!) : undefined;
    case 'activationSlope':
      switch (name) {
        case 'relu':
          return a > 0 ? 1 : 0;
        case 'leaky-relu':
          return a > 0 ? 1 : 0.01;
        case 'sigmoid':
          return a * (1 - a);
        case 'tanh':
          return 1 - a * a;
        default:
          return undefined;
      }
    case 'delta':
      if (isOutput && loss === 'cross-entropy') return a - b;
      // "its probability, a, times the blame, b, less the mean of what arrived at all 4, d"
      return isOutput && output === 'softmax' ? a * (b - numbers[3]!) : a * b;
    case 'weightGradient':
      return a * b;
    case 'biasGradient':
      return a;
    case 'penaltyGradient': {
      // "λ₂, a, times the weight, b, and λ₁, c, with its sign, over 8"
      const { l2, l1, batchSize = 1 } = options.penalty!;
      if (l1 === 0) return (a * b) / batchSize;
      return (l2 === 0 ? a * Math.sign(b) : a * b + c * Math.sign(b)) / batchSize;
    }
    case 'updatedWeight':
      // "a minus b times the sum of its gradient, c, and its price, d"
      if (isCharged && !text.endsWith(' 0.')) return a - b * (c + numbers[3]!);
      return isCharged ? undefined : a - b * c;
    case 'updatedBias':
      return a - b * c;
    case 'weight':
    case 'bias':
    case 'target':
      return undefined;
    default:
      return cell.quantity satisfies never;
  }
}

describe('what is told of a number is true of the numbers in the sentence', () => {
  for (const variant of variants) {
    test(variant.name, () => {
      const pass = passOf(variant);
      let checked = 0;
      for (const { quantity, layer, rows, columns } of pass.steps) {
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            const cell = at(quantity, layer, row, column);
            const sentence = describeOrigin(pass, cell);
            const value = claimed(pass, cell, variant);
            if (value === undefined || /as it is|nothing bends/.test(sentence)) continue;
            const end = endOf(sentence);
            expect(Math.abs(value - read(end)), sentence).toBeLessThanOrEqual(rounding(end));
            checked++;
          }
        }
      }
      expect(checked).toBeGreaterThan(150);
    });
  }
});

describe('the words are of the network’s own activation and loss', () => {
  const told = (name: string, cell: Cell) => {
    const pass = passOf(variants.find((each) => each.name === name)!);
    return describeOrigin(pass, cell);
  };

  test('the loss: a logarithm of cross-entropy, squares of squared error', () => {
    expect(told('sigmoid, sigmoid, mean-squared-error', at('loss', 3, 0))).toMatch(
      /^The loss: the mean of the squares of what the 4 outputs are off by is 0\.\d+\.$/,
    );
    expect(told('sigmoid, softmax, cross-entropy', at('loss', 3, 0))).toMatch(
      /^The loss: minus the logarithm of 0\.\d+, the probability of the label, \d, is \d\.\d+\.$/,
    );
    expect(told('relu, softmax, cross-entropy, smoothed labels', at('loss', 3, 0))).toMatch(
      /^The loss: minus the sum, over all outputs, of target times logarithm of the probability is \d/,
    );
  });

  test('an output: named by its activation', () => {
    expect(told('tanh, linear, mean-squared-error', at('activation', 3, 1))).toMatch(
      /as it is: nothing bends it\.$/,
    );
    expect(told('tanh, linear, mean-squared-error', at('activation', 2, 1))).toMatch(/: tanh of −?\d/);
    expect(told('tanh, softmax, cross-entropy', at('activation', 3, 1))).toContain('of the 4 sums');
  });

  test('what was given is said to be given', () => {
    expect(told('tanh, softmax, cross-entropy', at('weight', 2, 3, 1))).toMatch(
      /^The weight from input 1 into unit 3 of layer 2 is −?\d\.\d+\. It is given\.$/,
    );
  });

  test('a step is seen in print: the new weight is not printed as the old one, unless it is the same number', () => {
    const pass = passOf(variants.find(({ name }) => name === 'relu, softmax, cross-entropy')!);
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 5; column++) {
        const cell = at('updatedWeight', 2, row, column);
        const [, from, to] = /: (\S+) minus .*, is (\S+)\.$/.exec(describeOrigin(pass, cell))!;
        expect(from === to).toBe(pass.value(cell) === pass.value(at('weight', 2, row, column)));
      }
    }
  });
});
