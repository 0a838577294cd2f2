import { type ElementwiseName, activations } from './activations.ts';
import { exponential, logarithm } from './elementary.ts';

/**
 * The quantities of one pass over one example. `layer` counts from 1; the input is the activation of layer 0.
 *
 * `activationGradient` is ∂loss/∂a, `activationSlope` g′(z), `updatedWeight` a weight after one step of plain gradient
 * descent; the rest are as in the notation of the chapters.
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

/** How a cell's number is made from those of its factors. */
export type Rule =
  /** Σ of the terms, each the product of its cells: a single product, or a single cell handed on, is one term. */
  | { readonly kind: 'sum-of-products'; readonly terms: readonly (readonly Cell[])[] }
  /** p − y */
  | { readonly kind: 'difference'; readonly from: Cell; readonly taken: Cell }
  /** g(z) */
  | { readonly kind: 'activation'; readonly name: ElementwiseName; readonly z: Cell }
  /** g′(z), from z and a = g(z) */
  | { readonly kind: 'slope'; readonly name: ElementwiseName; readonly z: Cell; readonly a: Cell }
  /** e to the z of this unit over the sum of e to every z of the layer */
  | { readonly kind: 'softmax'; readonly own: Cell; readonly all: readonly Cell[] }
  /** p (dp − Σ dpₗ pₗ): softmax's derivative where the loss does not cancel it */
  | {
      readonly kind: 'softmax-backward';
      readonly row: number;
      readonly p: readonly Cell[];
      readonly dp: readonly Cell[];
    }
  /** −Σ yₖ log pₖ */
  | { readonly kind: 'cross-entropy'; readonly p: readonly Cell[]; readonly y: readonly Cell[] }
  /** Σ (aₖ − yₖ)² / classes */
  | { readonly kind: 'mean-squared-error'; readonly a: readonly Cell[]; readonly y: readonly Cell[] }
  /** 2 (a − y) / classes */
  | {
      readonly kind: 'mean-squared-error-gradient';
      readonly a: Cell;
      readonly y: Cell;
      readonly classes: number;
    }
  /** θ − η ∂θ */
  | { readonly kind: 'descent'; readonly from: Cell; readonly gradient: Cell; readonly learningRate: number };

/** Where a number comes from: a rule over other cells, or nowhere further back. */
export type Origin = Rule | { readonly kind: 'given'; readonly by: 'example' | 'parameter' };

/**
 * Works a rule out: from the values of its cells to the value of the cell that it is the origin of.
 *
 * In float64, so that it may differ from the network's own number by the rounding of what the network stored.
 */
export function combine(rule: Rule, value: (cell: Cell) => number): number {
  switch (rule.kind) {
    case 'sum-of-products':
      return sum(rule.terms, (term) => term.reduce((product, cell) => product * value(cell), 1));
    case 'difference':
      return value(rule.from) - value(rule.taken);
    case 'activation':
      return activations[rule.name].value(value(rule.z));
    case 'slope':
      return activations[rule.name].derivative(value(rule.z), value(rule.a));
    case 'softmax':
      // e^(own − z) summed and inverted is the same quotient, and cannot overflow to ∞/∞.
      return 1 / sum(rule.all, (z) => exponential(value(z) - value(rule.own)));
    case 'softmax-backward': {
      const mean = sum(rule.p, (p, k) => value(p) * value(rule.dp[k]!));
      return value(rule.p[rule.row]!) * (value(rule.dp[rule.row]!) - mean);
    }
    case 'cross-entropy':
      return sum(rule.p, (p, k) => (value(rule.y[k]!) === 0 ? 0 : -value(rule.y[k]!) * logarithm(value(p))));
    case 'mean-squared-error':
      return sum(rule.a, (a, k) => (value(a) - value(rule.y[k]!)) ** 2) / rule.a.length;
    case 'mean-squared-error-gradient':
      return (2 * (value(rule.a) - value(rule.y))) / rule.classes;
    case 'descent':
      return value(rule.from) - rule.learningRate * value(rule.gradient);
  }
}

/** The cells that a rule takes its numbers from, each once, in the order of the rule. */
export function factorsOf(rule: Rule): Cell[] {
  switch (rule.kind) {
    case 'sum-of-products':
      return rule.terms.flat();
    case 'difference':
      return [rule.from, rule.taken];
    case 'activation':
      return [rule.z];
    case 'slope':
      return [rule.z, rule.a];
    case 'softmax':
      return [...rule.all];
    case 'softmax-backward':
      return [...rule.p, ...rule.dp];
    case 'cross-entropy':
      return [...rule.p, ...rule.y];
    case 'mean-squared-error':
      return [...rule.a, ...rule.y];
    case 'mean-squared-error-gradient':
      return [rule.a, rule.y];
    case 'descent':
      return [rule.from, rule.gradient];
  }
}

function sum<T>(items: readonly T[], value: (item: T, index: number) => number): number {
  return items.reduce((total, item, index) => total + value(item, index), 0);
}
