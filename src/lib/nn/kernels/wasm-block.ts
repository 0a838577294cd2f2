import type { Real } from '../examples.ts';
import { type Block, foreignBlock } from './block.ts';
import type { WasmMemory } from './wasm-memory.ts';

/** Numbers of a row in memory: a multiple of 4, so that rows are whole vectors. */
export function paddedTo4(n: number): number {
  return (n + 3) & ~3;
}

/** Bytes of a row of n float32. */
export function bytesOfRow(n: number): number {
  return paddedTo4(n) * 4;
}

/** Room for a batch: whole tiles of 4 rows. */
export function bytesOfBatch(rows: number, columns: number): number {
  return paddedTo4(rows) * bytesOfRow(columns);
}

/** A batch in the kernels' memory, each row padded with zeros to whole vectors. */
export class WasmBlock implements Block {
  readonly columns: number;
  readonly #memory: WasmMemory;
  rows = 0;
  address = 0;
  /** Whether a number that is 0 came from a unit whose slope is 0 there: its gradient will not be asked for. */
  readonly shutAtZero: boolean;

  constructor(memory: WasmMemory, columns: number, shutAtZero = false) {
    this.#memory = memory;
    this.columns = columns;
    this.shutAtZero = shutAtZero;
  }

  at(address: number, rows: number): this {
    this.address = address;
    this.rows = rows;
    return this;
  }

  copy(): Real {
    return readRows(this.#memory, this.address, this.rows, this.columns);
  }
}

/** @throws TypeError when the block was made by other kernels */
export function wasmBlock(block: Block): WasmBlock {
  if (block instanceof WasmBlock) return block;
  throw foreignBlock(block);
}

/** (rows × columns) without the padding. */
export function readRows(memory: WasmMemory, address: number, rows: number, columns: number): Float32Array {
  const copy = new Float32Array(rows * columns);
  const stride = paddedTo4(columns);
  for (let i = 0; i < rows; i++) {
    const begin = address / 4 + i * stride;
    copy.set(memory.floats.subarray(begin, begin + columns), i * columns);
  }
  return copy;
}
