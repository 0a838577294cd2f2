import type { Real } from '../examples.ts';

/** A batch's values where the kernels keep them: one example a row. Blocks go only to the kernels that made them. */
export interface Block {
  readonly rows: number;
  readonly columns: number;
  /** (rows × columns), row-major */
  copy(): Real;
}

/** What kernels say to a block that they did not make. */
export function foreignBlock({ rows, columns }: Block): TypeError {
  return new TypeError(`this batch of ${rows} × ${columns} numbers was made by other kernels`);
}
