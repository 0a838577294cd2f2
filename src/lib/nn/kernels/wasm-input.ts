import type { Examples, Real } from '../examples.ts';
import type { Block } from './block.ts';
import type { InputLayer } from './kernels.ts';
import { SPAN } from './layout.ts';
import { WasmBlock, bytesOfBatch, paddedTo4 } from './wasm-block.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';
import { type PairStore, bytesOfPairs } from './wasm-pairs.ts';

/** A batch of bytes: for each example the span of its pairs (input, value). */
export class PairBlock implements Block {
  readonly columns: number;
  rows = 0;
  /** Of the spans, `SPAN` bytes each. */
  address = 0;
  #examples: Examples | undefined;
  #rows = new Uint32Array(0);

  constructor(columns: number) {
    this.columns = columns;
  }

  show(examples: Examples, rows: Uint32Array): void {
    this.#examples = examples;
    if (this.#rows.length < rows.length) this.#rows = new Uint32Array(rows.length);
    this.#rows.set(rows);
    this.rows = rows.length;
  }

  copy(): Real {
    const { columns } = this;
    const copy = new Float32Array(this.rows * columns);
    const values = this.#examples?.values ?? [];
    for (let n = 0; n < copy.length; n++) {
      copy[n] = values[this.#rows[Math.floor(n / columns)] * columns + (n % columns)] / 255;
    }
    return copy;
  }
}

/** Where examples enter: bytes as pairs, out of the store where it has them; real numbers as a dense batch. */
export class WasmInput implements InputLayer {
  readonly #memory: WasmMemory;
  readonly #store: PairStore;
  readonly #width: number;
  readonly #pairs: PairBlock;
  readonly #dense: WasmBlock;
  readonly #buffers = {
    dense: new WasmBuffer(),
    rows: new WasmBuffer(),
    spans: new WasmBuffer(),
    bytes: new WasmBuffer(),
    pairs: new WasmBuffer(),
  };

  constructor(memory: WasmMemory, store: PairStore, width: number) {
    this.#memory = memory;
    this.#store = store;
    this.#width = width;
    this.#pairs = new PairBlock(width);
    this.#dense = new WasmBlock(memory, width);
    releaseWith(this, memory, Object.values(this.#buffers));
  }

  load(examples: Examples, rows: Uint32Array): Block {
    const { values } = examples;
    if (!(values instanceof Uint8Array)) return this.#loadNumbers(values, rows);
    const spans = this.#store.spansOf(examples, values, rows.length);
    if (spans === undefined) this.#findPairs(values, rows);
    else this.#gather(spans, rows);
    this.#pairs.show(examples, rows);
    return this.#pairs;
  }

  #loadNumbers(values: Real, rows: Uint32Array): WasmBlock {
    const width = this.#width;
    const address = this.#buffers.dense.reserve(this.#memory, bytesOfBatch(rows.length, width));
    const floats = this.#memory.floats;
    for (let i = 0; i < rows.length; i++) {
      const row = values.subarray(rows[i] * width, (rows[i] + 1) * width);
      floats.set(row, address / 4 + i * paddedTo4(width));
    }
    return this.#dense.at(address, rows.length);
  }

  #gather(spans: number, rows: Uint32Array): void {
    const memory = this.#memory;
    const from = this.#buffers.rows.reserve(memory, rows.length * 4);
    const to = this.#buffers.spans.reserve(memory, rows.length * SPAN);
    new Uint32Array(memory.exports.memory.buffer, from, rows.length).set(rows);
    this.#pairs.address = to;
    memory.exports.gatherSpans(spans, from, rows.length, to);
  }

  #findPairs(values: Uint8Array, rows: Uint32Array): void {
    const [memory, width] = [this.#memory, this.#width];
    const length = rows.length * width;
    const bytes = this.#buffers.bytes.reserve(memory, length);
    const target = memory.bytes;
    for (let i = 0; i < rows.length; i++) {
      target.set(values.subarray(rows[i] * width, (rows[i] + 1) * width), bytes + i * width);
    }
    const room = bytesOfPairs(memory.exports.countNonZeros(bytes, length), rows.length, width);
    const pairs = this.#buffers.pairs.reserve(memory, room);
    const spans = this.#buffers.spans.reserve(memory, rows.length * SPAN);
    memory.exports.findPairs(bytes, rows.length, width, pairs, spans);
    this.#pairs.address = spans;
  }
}
