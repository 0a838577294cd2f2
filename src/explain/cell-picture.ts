import { type Cell, type Quantity, factorsOf } from '../lib/nn/origin.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { usualLayers } from '../lib/training/usual-layers.ts';

/** How the numbers of a quantity lie in a picture: its size, and where each number is in it. */
export interface CellPicture {
  readonly rows: number;
  readonly columns: number;
  /** The numbers in the order of the picture. */
  readonly values: ArrayLike<number>;
  /** Lines between parts of the picture: every so many squares. */
  readonly tile: number | undefined;
  indexOf(cell: Cell): number;
  cellAt(index: number): Cell;
}

/** The side of an input's picture: a row of 784 weights is 28 × 28. */
const SIDE = 28;

/** The rows and columns of a picture, for numbers of this shape: also before the numbers are there. */
export function pictureSize(shape: readonly [number, number]): { rows: number; columns: number } {
  const [rows, columns] = shape;
  if (columns === SIDE * SIDE) {
    const across = unitsAcross(rows);
    return { rows: Math.ceil(rows / across) * SIDE, columns: Math.min(rows, across) * SIDE };
  }
  if (rows === SIDE * SIDE) return { rows: SIDE, columns: SIDE };
  return columns === 1 ? { rows: 1, columns: rows } : { rows, columns };
}

/** The shapes of the network of the chapters, for a first frame that has none yet. */
export function usualShape(quantity: Quantity, layer: number): readonly [number, number] {
  const units = usualLayers[layer];
  const isMatrix = ['weight', 'weightGradient', 'penaltyGradient', 'updatedWeight'].includes(quantity);
  return [units, isMatrix ? usualLayers[Math.max(0, layer - 1)] : 1];
}

function unitsAcross(units: number): number {
  return units <= 32 ? 8 : 32;
}

/**
 * Vectors lie flat, matrices as they are; the weights of the first layer, and their gradients, are one picture of 28 × 28 for
 * each unit, eight or more side by side.
 */
export function cellPicture(pass: Trace, quantity: Quantity, layer: number): CellPicture {
  const shape = pass.shape(quantity, layer);
  const values = pass.values(quantity, layer);
  const columns = shape[1];
  if (columns === SIDE * SIDE) return mosaic(values, quantity, layer, shape);
  return {
    ...pictureSize(shape),
    values,
    tile: undefined,
    indexOf: ({ row, column }) => row * columns + column,
    cellAt: (index) => ({ quantity, layer, row: Math.floor(index / columns), column: index % columns }),
  };
}

function mosaic(
  values: ArrayLike<number>,
  quantity: Quantity,
  layer: number,
  shape: readonly [number, number],
): CellPicture {
  const [units] = shape;
  const across = unitsAcross(units);
  const { rows, columns } = pictureSize(shape);
  const indexOf = ({ row, column }: Pick<Cell, 'row' | 'column'>) => {
    const y = Math.floor(row / across) * SIDE + Math.floor(column / SIDE);
    return y * columns + (row % across) * SIDE + (column % SIDE);
  };
  const placed = new Float32Array(rows * columns);
  for (let row = 0; row < units; row++) {
    for (let column = 0; column < SIDE * SIDE; column++) {
      placed[indexOf({ row, column })] = values[row * SIDE * SIDE + column];
    }
  }
  const cellAt = (index: number): Cell => {
    const [y, x] = [Math.floor(index / columns), index % columns];
    const row = Math.min(units - 1, Math.floor(y / SIDE) * across + Math.floor(x / SIDE));
    return { quantity, layer, row, column: (y % SIDE) * SIDE + (x % SIDE) };
  };
  return { rows, columns, values: placed, tile: SIDE, indexOf, cellAt };
}

/** The rectangle around the factors of a number that lie in a picture; nothing where none does. */
export function factorFrame(
  pass: Trace,
  cell: Cell,
  picture: CellPicture,
  quantity: Quantity,
  layer: number,
): { x: number; y: number; width: number; height: number } | undefined {
  const origin = pass.origin(cell);
  if (origin.kind === 'given') return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (const factor of factorsOf(origin)) {
    if (factor.quantity !== quantity || factor.layer !== layer) continue;
    const index = picture.indexOf(factor);
    const [x, y] = [index % picture.columns, Math.floor(index / picture.columns)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  if (right < 0) return undefined;
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
