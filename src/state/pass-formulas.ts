import type { QuantityName } from '../lib/notation.ts';
import { type Cell, type Quantity, combine } from '../lib/nn/origin.ts';
import type { Trace } from '../lib/nn/trace.ts';

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

/** What a quantity is called in formulas: the first layer's input is x, the last layer's softmax p. */
export function quantityName(pass: Trace, quantity: Quantity, layer: number): QuantityName {
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

/** The formula of a whole step, with the shape of each quantity in it: z = W a + b. */
export function stepFormula(pass: Trace, quantity: Quantity, layer: number): FormulaPart[] {
  const letter = (of: Quantity, at = layer, isTransposed = false): Letter => {
    const [rows, columns] = pass.shape(of, at);
    const slot = isTransposed ? `${columns} × ${rows}` : `${rows} × ${columns}`;
    return { quantity: quantityName(pass, of, at), layer: at, slot, ...(isTransposed && { isTransposed }) };
  };
  const left = [letter(quantity), '='];
  const origin = pass.origin({ quantity, layer, row: 0, column: 0 });
  switch (quantity) {
    case 'preActivation':
      return [...left, letter('weight'), letter('activation', layer - 1), '+', letter('bias')];
    case 'activation':
      return [...left, origin.kind === 'activation' ? 'g (' : 'softmax (', letter('preActivation'), ')'];
    case 'loss':
      return origin.kind === 'cross-entropy'
        ? [...left, '− Σ', letter('target'), 'ln', letter('activation')]
        : [...left, 'mean of (', letter('activation'), '−', letter('target'), ')²'];
    case 'activationGradient':
      return origin.kind === 'mean-squared-error-gradient'
        ? [...left, `2 / ${origin.classes} · (`, letter('activation'), '−', letter('target'), ')']
        : [...left, letter('weight', layer + 1, true), letter('delta', layer + 1)];
    case 'activationSlope':
      return [...left, 'g′ (', letter('preActivation'), ')'];
    case 'delta':
      if (origin.kind === 'difference') return [...left, letter('activation'), '−', letter('target')];
      return origin.kind === 'softmax-backward'
        ? [...left, 'softmax′ of', letter('activationGradient')]
        : [...left, letter('activationGradient'), '⊙', letter('activationSlope')];
    case 'weightGradient':
      return [...left, letter('delta'), letter('activation', layer - 1, true)];
    case 'biasGradient':
      return [...left, letter('delta')];
    case 'updatedWeight':
      return [letter(quantity), '←', letter('weight'), '−', rateOf(origin), '·', letter('weightGradient')];
    case 'updatedBias':
      return [letter(quantity), '←', letter('bias'), '−', rateOf(origin), '·', letter('biasGradient')];
    default:
      return [letter(quantity)];
  }
}

/** Long sums show their largest terms, and the rest as one number. */
const TERMS_SHOWN = 3;

/** The formula of one number, each letter with its own value in its slot. */
export function cellFormula(pass: Trace, cell: Cell, format: (value: number) => string): FormulaPart[] {
  const number = (of: Cell): Letter => ({
    quantity: quantityName(pass, of.quantity, of.layer),
    layer: of.layer,
    index: indexOf(pass, of),
    slot: format(pass.value(of)),
    cell: of,
    value: pass.value(of),
  });
  const left = [number(cell), '='];
  const origin = pass.origin(cell);
  switch (origin.kind) {
    case 'given':
      return [number(cell)];
    case 'difference':
      return [...left, number(origin.from), '−', number(origin.taken)];
    case 'activation':
      return [...left, `${origin.name} (`, number(origin.z), ')'];
    case 'slope':
      return [...left, `slope of ${origin.name} at`, number(origin.z)];
    case 'softmax':
      return [...left, 'e to the', number(origin.own), ', as a share of all'];
    case 'softmax-backward':
      return [...left, number(origin.p[origin.row]!), '· (', number(origin.dp[origin.row]!), '− their mean)'];
    case 'cross-entropy': {
      const labelled = origin.y.findIndex((y) => pass.value(y) === 1);
      return labelled < 0 ? [number(cell)] : [...left, '− ln', number(origin.p[labelled]!)];
    }
    case 'mean-squared-error':
      return [...left, `mean of ${origin.a.length} squared differences`];
    case 'mean-squared-error-gradient':
      return [...left, `2 / ${origin.classes} · (`, number(origin.a), '−', number(origin.y), ')'];
    case 'descent':
      return [number(cell), '←', number(origin.from), '−', rateOf(origin), '·', number(origin.gradient)];
    case 'sum-of-products': {
      const value = (of: Cell) => pass.value(of);
      const product = (term: readonly Cell[]) => combine({ kind: 'sum-of-products', terms: [term] }, value);
      const sorted = [...origin.terms].sort((a, b) => Math.abs(product(b)) - Math.abs(product(a)));
      const shown = sorted.slice(0, TERMS_SHOWN);
      const rest = sorted.slice(TERMS_SHOWN);
      const parts = shown.flatMap((term, n): FormulaPart[] => [
        ...(n > 0 ? ['+'] : []),
        ...term.flatMap((factor, at): FormulaPart[] => (at > 0 ? ['·', number(factor)] : [number(factor)])),
      ]);
      const others =
        rest.length > 0 && `+ ${rest.length} more: ${format(combine({ ...origin, terms: rest }, value))}`;
      return [...left, ...parts, ...(others ? [others] : [])];
    }
  }
}

function rateOf(origin: ReturnType<Trace['origin']>): Letter {
  const slot = origin.kind === 'descent' ? String(origin.learningRate) : '';
  return { quantity: 'learningRate', layer: 0, slot };
}

function indexOf(pass: Trace, { quantity, layer, row, column }: Cell): string {
  if (quantity === 'loss') return '';
  return pass.shape(quantity, layer)[1] > 1 ? `${row},${column}` : String(row);
}

function isSoftmax(pass: Trace, layer: number): boolean {
  return pass.origin({ quantity: 'activation', layer, row: 0, column: 0 }).kind === 'softmax';
}
