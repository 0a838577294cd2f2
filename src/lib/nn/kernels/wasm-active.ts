import { ENTRY, PANEL_UNITS } from './layout.ts';
import { type WasmBlock, bytesOfRow, paddedTo4 } from './wasm-block.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';
import type { WeightShape } from './wasm-weights.ts';

/** Fewer examples, or units, are multiplied as fast with the zeros. */
const FEWEST_ROWS = 16;
const FEWEST_UNITS = 2 * PANEL_UNITS;
/** The lists of a batch are to stay in the cache. */
const MOST_ROWS = 512;
/** Share of the inputs that are not 0 up to which listing them pays. */
const MOST_ACTIVE = 7 / 8;

/** The inputs of a layer behind a ReLU as lists, by example, of those that are not 0: see assembly/active.ts. */
export class ActiveInputs {
  readonly #memory: WasmMemory;
  readonly #shape: WeightShape;
  readonly #buffers = { places: new WasmBuffer(), entries: new WasmBuffer(), sums: new WasmBuffer() };

  constructor(memory: WasmMemory, shape: WeightShape) {
    this.#memory = memory;
    this.#shape = shape;
    releaseWith(this, memory, Object.values(this.#buffers));
  }

  /** Lists what is not 0; false, and nothing is listed, where the product of whole matrices is the better way. */
  list({ address, rows, shutAtZero }: WasmBlock): boolean {
    const { inputs, units } = this.#shape;
    if (!shutAtZero || rows < FEWEST_ROWS || rows > MOST_ROWS || units < FEWEST_UNITS) return false;
    const { exports } = this.#memory;
    const places = this.#buffers.places.reserve(this.#memory, rows * exports.placeBytes(inputs));
    const room = (rows * paddedTo4(inputs) + 1) * ENTRY;
    const entries = this.#buffers.entries.reserve(this.#memory, room);
    const active = exports.listByExample(address, rows, inputs, bytesOfRow(inputs), entries, places);
    return active <= MOST_ACTIVE * rows * inputs;
  }

  /** Z = A·Wᵀ + b of the listed batch. */
  affine(rows: number, W: number, b: number, Z: number): void {
    const { inputs, units } = this.#shape;
    const places = this.#buffers.places.address;
    this.#memory.exports.affineOfEntries(places, rows, W, inputs, b, Z, bytesOfRow(units));
  }

  /** dA = δ·W of the listed batch, where A was not 0; elsewhere 0. */
  inputGradient(rows: number, delta: number, W: number, dA: number): void {
    const { inputs, units } = this.#shape;
    const { exports } = this.#memory;
    const places = this.#buffers.places.address;
    const sums = this.#buffers.sums.reserve(this.#memory, exports.openScratch());
    const [rowBytes, inputBytes] = [bytesOfRow(units), bytesOfRow(inputs)];
    exports.openInputGradient(places, delta, rowBytes, rows, W, inputs, dA, inputBytes, sums);
  }
}
