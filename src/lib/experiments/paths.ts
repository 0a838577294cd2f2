import type { Cell } from '../nn/origin.ts';
import type { Trace } from '../nn/trace.ts';

/** One of the products that a gradient is the sum of. */
export interface Path {
  /** The units that it goes through, one a layer, from the weight's own unit on towards the loss. */
  readonly units: readonly number[];
  /** What is multiplied, from the input on towards the loss. The last is always a δ. */
  readonly factors: readonly Cell[];
  readonly product: number;
  /** The slopes among the factors that are 0: of units that let nothing through. */
  readonly closedBy: readonly Cell[];
}

/** A δ that was summed once at its unit, instead of along every path anew. */
export interface FoldedDelta {
  readonly cell: Cell;
  readonly value: number;
}

/** All ways from a parameter to the loss, one by one, and the same folded. */
export interface Unfolded {
  readonly paths: readonly Path[];
  readonly folded: readonly FoldedDelta[];
  /** Of the paths' products: the gradient. */
  readonly sum: number;
  /** Multiplications of two numbers, counted while they were done. */
  readonly multiplications: number;
}

/**
 * The gradient of a first-layer weight as the sum over all paths from it to the loss.
 *
 * Nothing but the trace's own rules, multiplied out: sums of products are taken apart until only given numbers,
 * slopes and the outputs' δ are left. A δ of layer `foldFrom` or later is not taken apart: it is computed once and stays
 * one factor.
 *
 * @param foldFrom from 1, one product, to the trace's depth, all the paths: 32 · 10 for layers of 32, 32 and 10 units
 * @throws RangeError when there is no such weight or layer, or when the units of a hidden layer are coupled (softmax)
 */
export function unfold(pass: Trace, unit: number, input: number, foldFrom = pass.depth): Unfolded {
  return new Unfolding(pass, foldFrom).gradient(unit, input);
}

/** The multiplications that the gradients of all first-layer weights take, if each folded δ is computed once for all. */
export function multiplicationsOfAll(pass: Trace, foldFrom: number): number {
  const [units, inputs] = pass.shape('weightGradient', 1);
  const unfolding = new Unfolding(pass, foldFrom);
  // Without folding no path shares anything with another, and every weight costs what the first one costs.
  if (foldFrom === pass.depth) return units * inputs * unfolding.gradient(0, 0).multiplications;
  let later = 0;
  for (let unit = 0; unit < units; unit++) {
    unfolding.gradient(unit, 0);
    // All that is shared has been computed now: each further weight of the unit costs what the second one does.
    const before = unfolding.multiplications;
    if (inputs > 1) unfolding.gradient(unit, 1);
    later += (unfolding.multiplications - before) * Math.max(0, inputs - 2);
  }
  return unfolding.multiplications + later;
}

class Unfolding {
  multiplications = 0;
  readonly #pass: Trace;
  readonly #foldFrom: number;
  readonly #folded = new Map<string, FoldedDelta>();

  constructor(pass: Trace, foldFrom: number) {
    if (!(Number.isInteger(foldFrom) && foldFrom >= 1 && foldFrom <= pass.depth)) {
      throw new RangeError(`folding begins at a layer from 1 to ${pass.depth}, not at ${foldFrom}`);
    }
    this.#pass = pass;
    this.#foldFrom = foldFrom;
  }

  gradient(unit: number, input: number): Unfolded {
    const [units, inputs] = this.#pass.shape('weightGradient', 1);
    if (!(unit >= 0 && unit < units && input >= 0 && input < inputs)) {
      throw new RangeError(`the first layer has no weight from input ${input} into unit ${unit}`);
    }
    const weight: Cell = { quantity: 'weightGradient', layer: 1, row: unit, column: input };
    const paths = this.#takeApart(weight).map((factors) => this.#path(unit, factors));
    return {
      paths,
      folded: [...this.#folded.values()],
      sum: paths.reduce((sum, { product }) => sum + product, 0),
      multiplications: this.multiplications,
    };
  }

  /** A cell as a sum of products, each a list of factors; of a factor, itself. */
  #takeApart(cell: Cell): Cell[][] {
    if (this.#isFactor(cell)) return [[cell]];
    return this.#terms(cell).flatMap((term) =>
      term.reduce<Cell[][]>(
        (products, next) =>
          products.flatMap((begun) => this.#takeApart(next).map((rest) => [...begun, ...rest])),
        [[]],
      ),
    );
  }

  #isFactor({ quantity, layer }: Cell): boolean {
    if (quantity === 'delta') return layer >= this.#foldFrom;
    return quantity !== 'weightGradient' && quantity !== 'activationGradient';
  }

  #terms(cell: Cell): readonly (readonly Cell[])[] {
    const origin = this.#pass.origin(cell);
    if (origin.kind !== 'sum-of-products') {
      throw new RangeError(
        `the ${cell.quantity} of layer ${cell.layer} is no sum of products: ${origin.kind}`,
      );
    }
    return origin.terms;
  }

  #path(unit: number, factors: readonly Cell[]): Path {
    const ordered = factors.toSorted((a, b) => a.layer - b.layer || place(a) - place(b));
    return {
      units: [unit, ...ordered.filter(({ quantity }) => quantity === 'weight').map(({ row }) => row)],
      factors: ordered,
      product: this.#product(ordered),
      closedBy: ordered.filter((cell) => cell.quantity === 'activationSlope' && this.#pass.value(cell) === 0),
    };
  }

  #product(cells: readonly Cell[]): number {
    this.multiplications += cells.length - 1;
    return cells.reduce((product, cell) => product * this.#value(cell), 1);
  }

  /** A folded δ is computed here, from its own rule; the outputs' δ and all that is given are the trace's. */
  #value(cell: Cell): number {
    if (cell.quantity === 'activationGradient') return this.#sum(cell);
    if (cell.quantity !== 'delta' || cell.layer === this.#pass.depth) return this.#pass.value(cell);
    const key = `${cell.layer} ${cell.row}`;
    const known = this.#folded.get(key) ?? { cell, value: this.#sum(cell) };
    this.#folded.set(key, known);
    return known.value;
  }

  #sum(cell: Cell): number {
    return this.#terms(cell).reduce((sum, term) => sum + this.#product(term), 0);
  }
}

/** On its way through a layer a path meets the weight, the bend, and where it ends, the blame. */
function place({ quantity }: Cell): number {
  return ['activation', 'weight', 'activationSlope', 'delta'].indexOf(quantity);
}
