import { allocate, type Precision, type Real } from './examples.ts';

/**
 * Numbers in rows and columns, row-major: the value in row i and column k is `values[i * columns + k]`.
 *
 * A matrix that holds a batch keeps its memory from one batch to the next: `rows` says how much of it is in use.
 */
export class Matrix {
  readonly precision: Precision;
  readonly columns: number;
  rows: number;
  values: Real;

  constructor(precision: Precision, rows: number, columns: number) {
    this.precision = precision;
    this.rows = rows;
    this.columns = columns;
    this.values = allocate(precision, rows * columns);
  }

  /** Makes room for this many rows; what was in them is not kept. */
  resize(rows: number): void {
    if (rows * this.columns > this.values.length) this.values = allocate(this.precision, rows * this.columns);
    this.rows = rows;
  }

  /** A copy of the rows in use, (rows × columns). */
  copy(): Real {
    return this.values.slice(0, this.rows * this.columns);
  }
}
