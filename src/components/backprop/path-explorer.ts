import { computed, signal } from '@preact/signals';
import { type Path, type Unfolded, multiplicationsOfAll, unfold } from '../../lib/experiments/paths.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { createBlamedDigit } from '../../state/pass/blamed-digit.ts';
import { indexOfLargestSize } from '../../explain/contributions.ts';
import { formatNumber } from '../../explain/numbers.ts';

/** One line of the list: a path with its values in place. */
export interface PathLine {
  readonly units: readonly number[];
  /** The values of the factors, input first. */
  readonly values: readonly number[];
  readonly product: number;
  /** Of the products down to this line. */
  readonly running: number;
  /** The layers whose ReLU closes this path. */
  readonly closedIn: readonly number[];
}

/** All that the figure shows of one weight, at one way of folding. */
export interface WeightPaths {
  readonly unit: number;
  readonly pixel: number;
  readonly foldFrom: number;
  /** The largest products first; those that are closed at the end. */
  readonly lines: readonly PathLine[];
  readonly openCount: number;
  /** How many of the largest it takes to be within a hundredth of the sum; 0 when all are 0. */
  readonly nearlyThere: number;
  readonly sum: number;
  /** What backward says. */
  readonly gradient: number;
  readonly multiplications: number;
  /** For all weights of the layer. */
  readonly multiplicationsOfAll: number;
  /** The δ of each unit of the second layer where they are folded. */
  readonly kept: readonly number[];
  /** The δ of the weight's own unit, once all is folded up to it. */
  readonly ownBlame: number | undefined;
}

export function readPaths(pass: Trace, unit: number, pixel: number, foldFrom: number): WeightPaths {
  const unfolded = unfold(pass, unit, pixel, foldFrom);
  const lines = sortedLines(pass, unfolded);
  const near = lines.findLastIndex(
    ({ running }) => Math.abs(running - unfolded.sum) > Math.abs(unfolded.sum) / 100,
  );
  const openCount = lines.filter(({ closedIn }) => closedIn.length === 0).length;
  return {
    unit,
    pixel,
    foldFrom,
    lines,
    openCount,
    nearlyThere: unfolded.sum === 0 ? 0 : near + 2,
    sum: unfolded.sum,
    gradient: pass.value({ quantity: 'weightGradient', layer: 1, row: unit, column: pixel }),
    multiplications: unfolded.multiplications,
    multiplicationsOfAll: multiplicationsOfAll(pass, foldFrom),
    ownBlame: unfolded.folded.find(({ cell }) => cell.layer === 1 && cell.row === unit)?.value,
    kept: unfolded.folded.filter(({ cell }) => cell.layer === 2).map(({ value }) => value),
  };
}

function sortedLines(pass: Trace, { paths }: Unfolded): PathLine[] {
  const rank = ({ product, closedBy }: Path) => (closedBy.length > 0 ? -1 : Math.abs(product));
  let running = 0;
  return paths
    .toSorted((a, b) => rank(b) - rank(a))
    .map(({ units, factors, product, closedBy }) => {
      running += product;
      const values = factors.map((cell) => pass.value(cell));
      return { units, values, product, running, closedIn: closedBy.map(({ layer }) => layer) };
    });
}

/** The first-layer weight that this digit would have changed most. */
export function mostBlamed(pass: Trace): { unit: number; pixel: number } {
  const inputs = pass.shape('weightGradient', 1)[1];
  const most = indexOfLargestSize(pass.values('weightGradient', 1));
  return { unit: Math.floor(most / inputs), pixel: most % inputs };
}

/** What one way of folding made of the weight's gradient, in a sentence. */
export function describePaths(paths: WeightPaths): string {
  const { unit, pixel, lines, openCount, sum, gradient, nearlyThere } = paths;
  const noun = lines.length === 1 ? 'product' : 'products';
  const weight = `The weight from pixel ${pixel} into unit ${unit}: ${lines.length} ${noun}`;
  const closed = lines.length - openCount;
  if (openCount === 0)
    return `${weight}, all of them closed by a ReLU. Their sum and backprop’s gradient are 0.`;
  if (lines[0].values[0] === 0) {
    return `${weight}, and pixel ${pixel} is 0: nothing came in, so every product is 0. So is backprop’s gradient.`;
  }
  const soFar =
    lines.length > 1
      ? ` ${closed} are closed by a ReLU. The largest ${nearlyThere} bring the sum to within a hundredth of its end.`
      : '';
  const own =
    paths.ownBlame === undefined
      ? ''
      : ` All that lies beyond unit ${unit} is one number now, kept at the unit: its δ, ${formatNumber(paths.ownBlame)}.`;
  return `${weight}.${soFar}${own} Sum: ${formatNumber(sum)}. Backprop: ${formatNumber(gradient)}. They differ by ${formatNumber(Math.abs(sum - gradient))}.`;
}

/** Paths of a weight that the reader picks, for a digit that the reader picks. */
export function createPathExplorer(firstDigit: number) {
  const blamed = createBlamedDigit(firstDigit);
  const picked = signal<{ unit: number; pixel: number } | undefined>(undefined);
  const foldFrom = signal(3);
  const weight = computed(() => picked.value ?? (blamed.pass.value && mostBlamed(blamed.pass.value)));
  return {
    ...blamed,
    foldFrom,
    paths: computed(() => {
      const pass = blamed.pass.value;
      return pass && weight.value && readPaths(pass, weight.value.unit, weight.value.pixel, foldFrom.value);
    }),
    /** (784): the gradients of all the weights into the unit. */
    picture: computed(() => {
      const pass = blamed.pass.value;
      if (!pass || !weight.value) return undefined;
      const inputs = pass.shape('weightGradient', 1)[1];
      const { unit } = weight.value;
      return pass.values('weightGradient', 1).slice(unit * inputs, (unit + 1) * inputs);
    }),
    /** @param from the layer from which on paths are folded; 3 for none */
    fold(from: number): void {
      foldFrom.value = from;
    },
    pick(unit: number, pixel: number): void {
      picked.value = { unit, pixel };
    },
  };
}
