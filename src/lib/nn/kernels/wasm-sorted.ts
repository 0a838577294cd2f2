import { PANEL, SPAN } from './layout.ts';
import { type WasmBlock, bytesOfRow, paddedTo4 } from './wasm-block.ts';
import type { PairBlock } from './wasm-input.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';
import type { WasmOptimizer } from './wasm-optimizer.ts';
import type { WeightShape } from './wasm-weights.ts';

/** Examples that are sorted at once: few enough for what is sorted to stay in the cache. */
export const MOST_SORTED = 512;

/** δ of a batch: its address, and how many examples. */
export interface Delta {
  readonly address: number;
  readonly rows: number;
}

/** The inputs of a batch that are not 0, sorted by input: out of them gradient and step are taken row by row. */
export class SortedInputs {
  readonly #memory: WasmMemory;
  readonly #shape: WeightShape;
  readonly #buffers = { ends: new WasmBuffer(), entries: new WasmBuffer(), scratch: new WasmBuffer() };

  constructor(memory: WasmMemory, shape: WeightShape) {
    this.#memory = memory;
    this.#shape = shape;
    releaseWith(this, memory, Object.values(this.#buffers));
  }

  /** Sorts `count` examples from `first` on of a batch of pairs. @param scale of the 256 values of a byte */
  sortPairs({ address }: PairBlock, first: number, count: number, scale: number): void {
    const { ends, entries } = this.#reserve(count);
    this.#memory.exports.sortByInput(
      address + first * SPAN,
      count,
      scale,
      this.#shape.inputs,
      ends.address,
      entries.address,
    );
  }

  /** Sorts a batch of numbers. */
  sortNumbers({ address, rows }: WasmBlock): void {
    const { inputs } = this.#shape;
    const { ends, entries } = this.#reserve(rows);
    const inputBytes = bytesOfRow(inputs);
    this.#memory.exports.listByInput(address, rows, inputs, inputBytes, ends.address, entries.address);
  }

  /** dW of these examples as their share of a batch, put into its place or added to what is there. */
  gradient(delta: Delta, batch: number, adds: boolean, dW: number): void {
    const { inputs, units } = this.#shape;
    const { ends, entries, scratch } = this.#buffers;
    this.#memory.exports.sparseGradient(
      ends.address,
      entries.address,
      inputs,
      delta.address,
      delta.rows,
      batch,
      adds,
      dW,
      bytesOfRow(units),
      scratch.reserve(this.#memory, PANEL * delta.rows),
    );
  }

  /**
   * Gradient and step together.
   *
   * @param skips whether an input that was never seen can be left out
   * @param dW where the gradient is kept, the penalty's share added; undefined where there is no penalty
   */
  update(
    numbered: number,
    optimizer: WasmOptimizer,
    delta: Delta,
    W: number,
    skips: boolean,
    dW: number | undefined,
  ): void {
    const { inputs, units } = this.#shape;
    const { ends, entries, scratch } = this.#buffers;
    const row = scratch.reserve(this.#memory, PANEL * (1 + delta.rows));
    this.#memory.exports.sparseUpdate(
      numbered,
      optimizer.rule,
      ends.address,
      entries.address,
      inputs,
      delta.address,
      delta.rows,
      W,
      optimizer.ofWeights(0),
      optimizer.ofWeights(1),
      optimizer.seen,
      skips,
      dW !== undefined,
      dW ?? row,
      bytesOfRow(units),
      row + PANEL,
    );
  }

  #reserve(count: number): { ends: WasmBuffer; entries: WasmBuffer } {
    const { ends, entries } = this.#buffers;
    const inputs = paddedTo4(this.#shape.inputs);
    ends.reserve(this.#memory, inputs * 4);
    entries.reserve(this.#memory, inputs * this.#memory.exports.entryBytes(count));
    return { ends, entries };
  }
}
