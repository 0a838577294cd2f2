import { type ElementwiseName, activations } from './activations.ts';
import { exponential, logarithm } from './elementary.ts';
import { type Penalty, penaltySlope, stoppedAtZero } from './regularizers.ts';

/**
 * The quantities of one pass over one example. `layer` counts from 1; the input is the activation of layer 0.
 *
 * `activationGradient` is ∂loss/∂a, `activationSlope` g′(z), `penaltyGradient` what large weights cost, by each weight, and
 * `updatedWeight` a weight after one step of plain gradient descent; the rest are as in the notation of the chapters.
 */
export const quantities = [
  'weight',
  'bias',
  'preActivation',
  'activation',
  'target',
  'loss',
  'activationGradient',
  'activationSlope',
  'delta',
  'weightGradient',
  'biasGradient',
  'penaltyGradient',
  'updatedWeight',
  'updatedBias',
] as const;
export type Quantity = (typeof quantities)[number];

/** The address of one number. Vectors stand upright: unit j is row j, column 0. */
export interface Cell {
  readonly quantity: Quantity;
  readonly layer: number;
  readonly row: number;
  readonly column: number;
}

/** What each rule is made of. */
interface RuleShapes {
  /** Σ of the terms, each the product of its cells: a single product, or a single cell handed on, is one term. */
  'sum-of-products': { readonly terms: readonly (readonly Cell[])[] };
  /** p − y */
  difference: { readonly from: Cell; readonly taken: Cell };
  /** g(z) */
  activation: { readonly name: ElementwiseName; readonly z: Cell };
  /** g′(z), from z and a = g(z) */
  slope: { readonly name: ElementwiseName; readonly z: Cell; readonly a: Cell };
  /** e to the z of this unit over the sum of e to every z of the layer */
  softmax: { readonly own: Cell; readonly all: readonly Cell[] };
  /** p (dp − Σ dpₗ pₗ): softmax's derivative where the loss does not cancel it */
  'softmax-backward': { readonly row: number; readonly p: readonly Cell[]; readonly dp: readonly Cell[] };
  /** −Σ yₖ log pₖ */
  'cross-entropy': { readonly p: readonly Cell[]; readonly y: readonly Cell[] };
  /** Σ (aₖ − yₖ)² / classes */
  'mean-squared-error': { readonly a: readonly Cell[]; readonly y: readonly Cell[] };
  /** 2 (a − y) / classes */
  'mean-squared-error-gradient': { readonly a: Cell; readonly y: Cell; readonly classes: number };
  /** (λ₂ w + λ₁ sign w) / m; at 0 it depends on the gradient, which is a factor only where λ₁ is not 0 */
  price: {
    readonly weight: Cell;
    readonly gradient: Cell;
    readonly penalty: Pick<Penalty, 'l2' | 'l1'>;
    readonly m: number;
  };
  /** θ − η ∂θ; with a price θ − η (∂θ + ∂R), which stops at 0 where the price has a kink there */
  descent: {
    readonly from: Cell;
    readonly gradient: Cell;
    readonly learningRate: number;
    readonly price?: Cell;
    readonly stopsAtZero?: boolean;
  };
}

export type RuleKind = keyof RuleShapes;
export type RuleOf<K extends RuleKind> = { [P in K]: { readonly kind: P } & RuleShapes[P] }[K];

/** How a cell's number is made from those of its factors. */
export type Rule = RuleOf<RuleKind>;

/** Where a number comes from: a rule over other cells, or nowhere further back. */
export type Origin = Rule | { readonly kind: 'given'; readonly by: 'example' | 'parameter' };

interface RuleArithmetic<K extends RuleKind> {
  /** The cells that it takes its numbers from, each once, in the order of the rule. */
  readonly factors: (rule: RuleOf<K>) => readonly Cell[];
  /** What they come to. */
  readonly combined: (rule: RuleOf<K>, value: (cell: Cell) => number) => number;
}

/** Every rule's arithmetic, once. */
const arithmetic: { readonly [K in RuleKind]: RuleArithmetic<K> } = {
  'sum-of-products': {
    factors: ({ terms }) => terms.flat(),
    combined: ({ terms }, value) =>
      sum(terms, (term) => term.reduce((product, cell) => product * value(cell), 1)),
  },
  difference: {
    factors: ({ from, taken }) => [from, taken],
    combined: ({ from, taken }, value) => value(from) - value(taken),
  },
  activation: {
    factors: ({ z }) => [z],
    combined: ({ name, z }, value) => activations[name].value(value(z)),
  },
  slope: {
    factors: ({ z, a }) => [z, a],
    combined: ({ name, z, a }, value) => activations[name].derivative(value(z), value(a)),
  },
  softmax: {
    factors: ({ all }) => all,
    // e^(own − z) summed and inverted is the same quotient, and cannot overflow to ∞/∞.
    combined: ({ own, all }, value) => 1 / sum(all, (z) => exponential(value(z) - value(own))),
  },
  'softmax-backward': {
    factors: ({ p, dp }) => [...p, ...dp],
    combined: ({ row, p, dp }, value) => {
      const mean = sum(p, (cell, k) => value(cell) * value(dp[k]));
      return value(p[row]) * (value(dp[row]) - mean);
    },
  },
  'cross-entropy': {
    factors: ({ p, y }) => [...p, ...y],
    combined: ({ p, y }, value) =>
      sum(p, (cell, k) => (value(y[k]) === 0 ? 0 : -value(y[k]) * logarithm(value(cell)))),
  },
  'mean-squared-error': {
    factors: ({ a, y }) => [...a, ...y],
    combined: ({ a, y }, value) => sum(a, (cell, k) => (value(cell) - value(y[k])) ** 2) / a.length,
  },
  'mean-squared-error-gradient': {
    factors: ({ a, y }) => [a, y],
    combined: ({ a, y, classes }, value) => (2 * (value(a) - value(y))) / classes,
  },
  price: {
    factors: ({ weight, gradient, penalty }) => (penalty.l1 > 0 ? [weight, gradient] : [weight]),
    combined: ({ weight, gradient, penalty, m }, value) =>
      penaltySlope(penalty, m, value(weight), value(gradient)),
  },
  descent: {
    factors: ({ from, gradient, price }) => (price ? [from, gradient, price] : [from, gradient]),
    combined: ({ from, gradient, price, learningRate, stopsAtZero }, value) => {
      const slope = value(gradient) + (price ? value(price) : 0);
      const next = value(from) - learningRate * slope;
      return stopsAtZero ? stoppedAtZero(value(from), slope, next) : next;
    },
  },
};

/**
 * Works a rule out: from the values of its cells to the value of the cell that it is the origin of.
 *
 * In float64, so that it may differ from the network's own number by the rounding of what the network stored.
 */
export function combine<K extends RuleKind>(rule: RuleOf<K>, value: (cell: Cell) => number): number {
  return arithmetic[rule.kind as K].combined(rule, value);
}

/** The cells that a rule takes its numbers from, each once, in the order of the rule. */
export function factorsOf<K extends RuleKind>(rule: RuleOf<K>): readonly Cell[] {
  return arithmetic[rule.kind as K].factors(rule);
}

function sum<T>(items: readonly T[], value: (item: T, index: number) => number): number {
  return items.reduce((total, item, index) => total + value(item, index), 0);
}
