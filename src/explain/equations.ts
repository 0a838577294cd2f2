import { type ElementwiseName, activations } from '../lib/nn/activations.ts';
import { exponential, logarithm } from '../lib/nn/elementary.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import { type Cell, type RuleKind, type RuleOf, combine } from '../lib/nn/origin.ts';
import { stoppedAtZero } from '../lib/nn/regularizers.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { activationWords } from './activation-words.ts';
import { contributions, sumOf } from './contributions.ts';
import { digitsApart, printEquation } from './numbers.ts';

/** A number of an equation: one of the trace's, or one that is worked out on the way. */
export interface EquationNumber {
  readonly value: number;
  readonly cell?: Cell;
}

type EquationParts = readonly (string | EquationNumber)[];

/** The right-hand side of a number's equation: what stands there from left to right, and what its numbers come to. */
interface Equation {
  readonly parts: EquationParts;
  /** @param numbers those of the parts, in their order */
  readonly made: (numbers: readonly number[]) => number;
}

/** The same with every number as it is printed: worked out from these, it holds. */
export interface PrintedParts {
  readonly parts: readonly (string | (EquationNumber & { readonly text: string }))[];
  readonly result: string;
  /** Whether it holds to the last printed digit; else it is "about". */
  readonly isExact: boolean;
}

/**
 * The equation of a number, printed so that it holds.
 *
 * @param most of a long sum, how many terms are written out; the others are one number
 */
export function equationOf<K extends RuleKind>(
  pass: Trace,
  cell: Cell,
  rule: RuleOf<K>,
  most: number,
): PrintedParts {
  const { parts, made } = equations[rule.kind as K](pass, rule, most);
  const numbers = parts.filter((part) => typeof part !== 'string');
  const value = pass.value(cell);
  const print = (least?: number) =>
    printEquation(
      numbers.map((each) => each.value),
      made,
      value,
      least,
    );
  // A step is to be seen: the new number is not printed as the old one, unless only float32's own rounding is between them.
  const apart = rule.kind === 'descent' ? print(digitsApart(numbers[0].value, value)) : undefined;
  const printed = apart?.isExact ? apart : print();
  let n = 0;
  return {
    parts: parts.map((part) => (typeof part === 'string' ? part : { ...part, text: printed.inputs[n++] })),
    result: printed.result,
    isExact: printed.isExact,
  };
}

/** Every rule as it is written down. The arithmetic of each is that of `combine`, on the numbers as printed. */
const equations: { readonly [K in RuleKind]: (pass: Trace, rule: RuleOf<K>, most: number) => Equation } = {
  'sum-of-products': (pass, { terms }, most) => {
    const all = contributions(pass, terms);
    const shown = all.slice(0, most);
    const others = all.length - shown.length;
    return {
      parts: [
        ...shown.flatMap(({ cells }, n) => [
          ...(n > 0 ? ['+'] : []),
          ...cells.flatMap((cell, at) => (at > 0 ? ['·', numberOf(pass, cell)] : [numberOf(pass, cell)])),
        ]),
        ...(others > 0 ? ['+', { value: sumOf(all.slice(most)) }, `(the other ${others} together)`] : []),
      ],
      made: (numbers) => {
        let at = 0;
        const sum = shown.reduce((total, { cells }) => {
          const product = numbers.slice(at, at + cells.length).reduce((made, factor) => made * factor, 1);
          at += cells.length;
          return total + product;
        }, 0);
        return others > 0 ? sum + numbers[at] : sum;
      },
    };
  },
  difference: (pass, { from, taken }) => ({
    parts: [numberOf(pass, from), '−', numberOf(pass, taken)],
    made: ([a, b]) => a - b,
  }),
  activation: (pass, { name, z }) => ({
    parts:
      name === 'linear' ? [numberOf(pass, z)] : [`${activationWords[name].name} (`, numberOf(pass, z), ')'],
    made: ([sum]) => activations[name].value(sum),
  }),
  slope: (pass, { name, z, a }) => slopes[name](numberOf(pass, z), numberOf(pass, a)),
  softmax: (pass, { own, all }) => ({
    parts: [
      'e to the',
      numberOf(pass, own),
      ', over the sum of e to each of',
      ...all.flatMap((z, k) => [...(k > 0 ? [','] : []), numberOf(pass, z)]),
    ],
    made: ([mine, ...each]) => 1 / each.reduce((sum, z) => sum + exponential(z - mine), 0),
  }),
  'softmax-backward': (pass, { row, p, dp }) => ({
    parts: [
      numberOf(pass, p[row]),
      '· (',
      numberOf(pass, dp[row]),
      '−',
      { value: p.reduce((mean, cell, k) => mean + pass.value(cell) * pass.value(dp[k]), 0) },
      ', the mean)',
    ],
    made: ([own, arrived, mean]) => own * (arrived - mean),
  }),
  'cross-entropy': (pass, { p, y }, most) => {
    const { label, isOneHot } = labelOf(pass);
    if (!isOneHot) return smoothedCrossEntropy(pass, p, y, most);
    const probability = probabilityOf(pass, p[label]);
    if (probability.value > 0) {
      return { parts: ['− ln', probability], made: ([q]) => -logarithm(q) };
    }
    // No number can hold the probability: what the loss is computed from are the sums.
    const z = numberOf(pass, { ...p[label], quantity: 'preActivation' });
    const logSum = pass.values('loss', pass.depth)[0] + z.value;
    return {
      parts: [{ value: logSum }, ', the logarithm of the sum of e to every z, −', z],
      made: ([a, b]) => a - b,
    };
  },
  'mean-squared-error': (pass, { a, y }, most) => {
    const order = Array.from(a.keys()).sort(
      (k, l) => Math.abs(gap(pass, a[l], y[l])) - Math.abs(gap(pass, a[k], y[k])),
    );
    const shown = order.slice(0, most);
    const rest = order.slice(most);
    return {
      parts: [
        '(',
        ...shown.flatMap((k, n) => [
          n > 0 ? '+ (' : '(',
          numberOf(pass, a[k]),
          '−',
          numberOf(pass, y[k]),
          ')²',
        ]),
        ...(rest.length > 0
          ? [
              '+',
              { value: rest.reduce((sum, k) => sum + gap(pass, a[k], y[k]) ** 2, 0) },
              `(the other ${rest.length} together)`,
            ]
          : []),
        `) / ${a.length}`,
      ],
      made: (numbers) => {
        const squares = shown.map((_, n) => (numbers[2 * n] - numbers[2 * n + 1]) ** 2);
        const others = rest.length > 0 ? numbers[2 * shown.length] : 0;
        return squares.reduce((sum, square) => sum + square, others) / a.length;
      },
    };
  },
  'mean-squared-error-gradient': (pass, { a, y, classes }) => ({
    parts: [`2 / ${classes} · (`, numberOf(pass, a), '−', numberOf(pass, y), ')'],
    made: ([said, wanted]) => (2 * (said - wanted)) / classes,
  }),
  price: (pass, rule) => priceEquation(pass, rule),
  descent: (pass, { from, gradient, price, learningRate, stopsAtZero }) => {
    const start: EquationParts = [numberOf(pass, from), '−', { value: learningRate }, '·'];
    if (!price) {
      const parts = [...start, numberOf(pass, gradient)];
      return { parts, made: ([theta, rate, slope]) => theta - rate * slope };
    }
    const sum = [...start, '(', numberOf(pass, gradient), '+', numberOf(pass, price), ')'];
    const made = ([theta, rate, slope, charge]: readonly number[]) => theta - rate * (slope + charge);
    const value = (cell: Cell) => pass.value(cell);
    const end = value(from) - learningRate * (value(gradient) + value(price));
    const stops = stopsAtZero && stoppedAtZero(value(from), value(gradient) + value(price), end) !== end;
    return stops ? { parts: [...sum, ', stopped at 0'], made: () => 0 } : { parts: sum, made };
  },
};

/** (λ₂ w + λ₁ sign w) / m, as much of it as there is. */
function priceEquation(pass: Trace, { weight, gradient, penalty: { l2, l1 }, m }: RuleOf<'price'>): Equation {
  const [w, slope] = [numberOf(pass, weight), numberOf(pass, gradient)];
  const over = m === 1 ? [] : [`/ ${m}`];
  if (l1 > 0 && w.value === 0) {
    if (Math.abs(slope.value) <= l1 / m) return { parts: ['−', slope], made: ([g]) => -g };
    return {
      parts: ['−', { value: l1 }, '· the sign of', slope, ...over],
      made: ([price, g]) => (-price * Math.sign(g)) / m,
    };
  }
  const squares: EquationParts = l2 > 0 ? [{ value: l2 }, '·', w] : [];
  const sizes: EquationParts = l1 > 0 ? [{ value: l1 }, '· the sign of', w] : [];
  if (l1 === 0) return { parts: [...squares, ...over], made: ([price, at]) => (price * at) / m };
  if (l2 === 0) return { parts: [...sizes, ...over], made: ([price, at]) => (price * Math.sign(at)) / m };
  return {
    parts: ['(', ...squares, '+', ...sizes, ')', ...over],
    made: ([square, at, size]) => (square * at + size * Math.sign(at)) / m,
  };
}

/** A slope is written from z or from a = g(z), whichever it is simplest in. */
const slopes: { readonly [Name in ElementwiseName]: (z: EquationNumber, a: EquationNumber) => Equation } = {
  relu: (z) => ({ parts: ['the slope of ReLU at', z], made: ([at]) => activations.relu.derivative(at) }),
  'leaky-relu': (z) => ({
    parts: ['the slope of leaky ReLU at', z],
    made: ([at]) => activations['leaky-relu'].derivative(at),
  }),
  sigmoid: (_z, a) => ({ parts: [a, '· (1 −', a, ')'], made: ([one, other]) => one * (1 - other) }),
  tanh: (_z, a) => ({ parts: ['1 −', a, '·', a], made: ([one, other]) => 1 - one * other }),
  linear: () => ({ parts: ['1, wherever it is'], made: () => 1 }),
};

/** Which output the label says, and whether its target is 1 and all others are 0: without label smoothing. */
export function labelOf(pass: Trace): { label: number; isOneHot: boolean } {
  const targets = pass.values('target', pass.depth);
  const label = predictedClass(targets, targets.length);
  return { label, isOneHot: targets.every((target, k) => target === (k === label ? 1 : 0)) };
}

/**
 * A probability from its sums, in float64: beside 1 float32 keeps too few digits for its logarithm, and the loss is computed
 * from the sums as well.
 */
export function probabilityOf(pass: Trace, cell: Cell): EquationNumber {
  const origin = pass.origin(cell);
  return {
    cell,
    value: origin.kind === 'given' ? pass.value(cell) : combine(origin, (factor) => pass.value(factor)),
  };
}

function smoothedCrossEntropy(pass: Trace, p: readonly Cell[], y: readonly Cell[], most: number): Equation {
  const terms = p
    .map((cell, k) => ({ target: numberOf(pass, y[k]), probability: probabilityOf(pass, cell) }))
    .map((term) => ({ ...term, part: -term.target.value * logarithm(term.probability.value) }))
    .sort((a, b) => b.part - a.part);
  const [shown, rest] = [terms.slice(0, most), terms.slice(most)];
  return {
    parts: [
      ...shown.flatMap(({ target, probability }) => ['−', target, '· ln', probability]),
      ...(rest.length > 0
        ? [
            '+',
            { value: rest.reduce((sum, { part }) => sum + part, 0) },
            `(the other ${rest.length} together)`,
          ]
        : []),
    ],
    made: (numbers) => {
      const parts = shown.map((_, n) => -numbers[2 * n] * logarithm(numbers[2 * n + 1]));
      return parts.reduce((sum, part) => sum + part, rest.length > 0 ? numbers[2 * shown.length] : 0);
    },
  };
}

function numberOf(pass: Trace, cell: Cell): EquationNumber {
  return { cell, value: pass.value(cell) };
}

function gap(pass: Trace, a: Cell, y: Cell): number {
  return pass.value(a) - pass.value(y);
}
