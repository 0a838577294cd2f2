import type { QuantityName } from '../lib/notation.ts';
import { LEAK } from '../lib/nn/activations.ts';
import type { Cell, Origin, Quantity } from '../lib/nn/origin.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { activationWords } from './activation-words.ts';
import { equationOf } from './equations.ts';
import { quantityName } from './names.ts';
import { formatExact, formatNumber } from './numbers.ts';

/** A letter of a formula: a whole quantity, or one number of it with its place and value in the letter's slot. */
export interface Letter {
  readonly quantity: QuantityName;
  /** Stands above the letter, where there is one in every layer. */
  readonly layer: number;
  readonly isTransposed?: boolean;
  /** Stands below: the place of a single number, or the index that a sum runs over. */
  readonly index?: string;
  /** What stands under the letter: its shape, or its value. */
  readonly slot?: string;
  /** The number itself, to open, and its value with all its digits. */
  readonly cell?: Cell;
  readonly value?: number;
}

/** A formula, from left to right: letters, and the signs between them. */
export type FormulaPart = Letter | string;

/** The formula of a whole step, with the shape of each quantity in it: z = W a + b. */
export function stepFormula(pass: Trace, quantity: Quantity, layer: number): FormulaPart[] {
  const letter: LetterOf = (of, at = layer, isTransposed = false) => {
    const [rows, columns] = pass.shape(of, at);
    const slot = isTransposed ? `${columns} × ${rows}` : `${rows} × ${columns}`;
    return { quantity: quantityName(pass, of, at), layer: at, slot, ...(isTransposed && { isTransposed }) };
  };
  const origin = pass.origin({ quantity, layer, row: 0, column: 0 });
  const right = stepFormulas[quantity](letter, layer, origin);
  return right.length === 0 ? [letter(quantity)] : [letter(quantity), '=', ...right];
}

type LetterOf = (quantity: Quantity, layer?: number, isTransposed?: boolean) => Letter;
type RightSide = (letter: LetterOf, layer: number, origin: Origin) => FormulaPart[];

/** What each quantity is made of, all its numbers at once; nothing for those that are given. */
const stepFormulas: { readonly [Q in Quantity]: RightSide } = {
  weight: () => [],
  bias: () => [],
  target: () => [],
  preActivation: (letter, layer) => [letter('weight'), letter('activation', layer - 1), '+', letter('bias')],
  activation: (letter, _layer, origin) => {
    switch (origin.kind) {
      case 'given':
        return [];
      case 'softmax':
        return ['softmax (', letter('preActivation'), ')'];
      case 'activation':
        return origin.name === 'linear'
          ? [letter('preActivation')]
          : [`${activationWords[origin.name].name} (`, letter('preActivation'), ')'];
      default:
        throw noFormula('activation', origin);
    }
  },
  loss: (letter, _layer, origin) => {
    switch (origin.kind) {
      case 'cross-entropy':
        return ['− Σ', letter('target'), 'ln', letter('activation')];
      case 'mean-squared-error':
        return ['mean of (', letter('activation'), '−', letter('target'), ')²'];
      default:
        throw noFormula('loss', origin);
    }
  },
  activationGradient: (letter, layer, origin) => {
    switch (origin.kind) {
      case 'mean-squared-error-gradient':
        return [`2 / ${origin.classes} · (`, letter('activation'), '−', letter('target'), ')'];
      case 'sum-of-products':
        return [letter('weight', layer + 1, true), letter('delta', layer + 1)];
      default:
        throw noFormula('activationGradient', origin);
    }
  },
  activationSlope: (letter, _layer, origin) => {
    if (origin.kind !== 'slope') throw noFormula('activationSlope', origin);
    switch (origin.name) {
      case 'relu':
        return ['1 where', letter('preActivation'), '> 0, else 0'];
      case 'leaky-relu':
        return ['1 where', letter('preActivation'), `> 0, else ${LEAK}`];
      case 'sigmoid':
        return [letter('activation'), '⊙ (1 −', letter('activation'), ')'];
      case 'tanh':
        return ['1 −', letter('activation'), '⊙', letter('activation')];
      case 'linear':
        return ['1 everywhere'];
      default:
        return origin.name satisfies never;
    }
  },
  delta: (letter, _layer, origin) => {
    switch (origin.kind) {
      case 'difference':
        return [letter('activation'), '−', letter('target')];
      case 'softmax-backward': {
        const [p, arrived] = [letter('activation'), letter('activationGradient')];
        return [p, '⊙ (', arrived, '− Σ', p, arrived, ')'];
      }
      case 'sum-of-products':
        return [letter('activationGradient'), '⊙', letter('activationSlope')];
      default:
        throw noFormula('delta', origin);
    }
  },
  weightGradient: (letter, layer) => [letter('delta'), letter('activation', layer - 1, true)],
  biasGradient: (letter) => [letter('delta')],
  penaltyGradient: (letter, _layer, origin) => {
    if (origin.kind !== 'price') throw noFormula('penaltyGradient', origin);
    const { penalty, m } = origin;
    const [squares, sizes] = [penalty.l2 > 0, penalty.l1 > 0];
    const parts = [
      ...(squares ? [priceLetter(penalty.l2), letter('weight')] : []),
      ...(squares && sizes ? ['+'] : []),
      ...(sizes ? [priceLetter(penalty.l1), 'sign', letter('weight')] : []),
    ];
    if (m === 1) return parts;
    return squares && sizes ? ['(', ...parts, `) / ${m}`] : [...parts, `/ ${m}`];
  },
  updatedWeight: (letter, _layer, origin) => {
    const start = [letter('weight'), '−', rateOf(origin), '·'];
    const gradient = letter('weightGradient');
    const isCharged = origin.kind === 'descent' && origin.price;
    return isCharged ? [...start, '(', gradient, '+', letter('penaltyGradient'), ')'] : [...start, gradient];
  },
  updatedBias: (letter, _layer, origin) => [letter('bias'), '−', rateOf(origin), '·', letter('biasGradient')],
};

/** Long sums show their largest terms, and the rest as one number. */
const TERMS_SHOWN = 3;

/** The formula of one number, each letter with its own value in its slot: worked out from what stands there, it holds. */
export function cellFormula(pass: Trace, cell: Cell): FormulaPart[] {
  const letter = (of: Cell, value: number, slot: string): Letter => ({
    quantity: quantityName(pass, of.quantity, of.layer),
    layer: of.layer,
    index: indexOf(pass, of),
    slot,
    cell: of,
    value,
  });
  const origin = pass.origin(cell);
  const value = pass.value(cell);
  if (origin.kind === 'given') return [letter(cell, value, formatNumber(value))];
  const { parts, result, isExact } = equationOf(pass, cell, origin, TERMS_SHOWN);
  return [
    letter(cell, value, result),
    isExact ? '=' : '≈',
    ...parts.map((part): FormulaPart => {
      if (typeof part === 'string') return part;
      if (part.cell) return letter(part.cell, part.value, part.text);
      // Numbers that are neither in the trace nor worked out on the way.
      if (origin.kind === 'descent') return { ...rateOf(origin), slot: part.text };
      return origin.kind === 'price' ? { ...priceLetter(part.value), slot: part.text } : part.text;
    }),
  ];
}

function rateOf(origin: Origin): Letter {
  if (origin.kind !== 'descent') throw noFormula('learning rate', origin);
  return { quantity: 'learningRate', layer: 0, slot: formatExact(origin.learningRate) };
}

function priceLetter(lambda: number): Letter {
  return { quantity: 'penalty', layer: 0, slot: formatExact(lambda) };
}

function noFormula(quantity: string, { kind }: Origin): RangeError {
  return new RangeError(`there is no formula for the ${quantity} by ${kind}`);
}

function indexOf(pass: Trace, { quantity, layer, row, column }: Cell): string {
  if (quantity === 'loss') return '';
  return pass.shape(quantity, layer)[1] > 1 ? `${row},${column}` : String(row);
}
