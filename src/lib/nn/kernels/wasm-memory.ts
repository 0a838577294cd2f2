import type { KernelExports } from './wasm-exports.ts';

const PAGE = 65_536;
/** Buffers begin on a cache line. */
const LINE = 64;
/** What fits into the addresses of a WebAssembly memory. */
const MOST_BYTES = 2 ** 32 - PAGE;

/** A stretch of free memory, [begin, end). */
interface Gap {
  begin: number;
  end: number;
}

/**
 * The kernels' memory: buffers are taken from it and given back, and it grows when there is no gap large enough.
 *
 * Growing detaches every view on it: so views are asked for anew, by each who reads or writes.
 */
export class WasmMemory {
  readonly exports: KernelExports;
  readonly #gaps: Gap[] = [];
  #bytes: Uint8Array;
  #floats: Float32Array;
  #doubles: Float64Array;
  #end: number;

  constructor(exports: KernelExports) {
    this.exports = exports;
    this.#bytes = new Uint8Array(exports.memory.buffer);
    this.#floats = new Float32Array(exports.memory.buffer);
    this.#doubles = new Float64Array(exports.memory.buffer);
    this.#end = this.#bytes.length;
    this.#gaps.push({ begin: roundUp(exports.heapBase(), LINE), end: this.#end });
  }

  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.exports.memory.buffer);
    return this.#bytes;
  }

  get floats(): Float32Array {
    if (this.#floats.length === 0) this.#floats = new Float32Array(this.exports.memory.buffer);
    return this.#floats;
  }

  get doubles(): Float64Array {
    if (this.#doubles.length === 0) this.#doubles = new Float64Array(this.exports.memory.buffer);
    return this.#doubles;
  }

  /** Bytes in use: for tests of what is given back. */
  get used(): number {
    return this.#end - this.#gaps.reduce((sum, { begin, end }) => sum + end - begin, 0);
  }

  /** The address of so many bytes, all 0. */
  take(length: number): number {
    const bytes = Math.max(LINE, roundUp(length, LINE));
    let at = this.#gaps.findIndex(({ begin, end }) => end - begin >= bytes);
    if (at < 0) at = this.#grow(bytes);
    const gap = this.#gaps[at];
    const { begin } = gap;
    gap.begin += bytes;
    if (gap.begin === gap.end) this.#gaps.splice(at, 1);
    this.bytes.fill(0, begin, begin + bytes);
    return begin;
  }

  /** Gives back what `take` gave for this length. */
  give(begin: number, length: number): void {
    const end = begin + Math.max(LINE, roundUp(length, LINE));
    const next = this.#gaps.findIndex((gap) => gap.begin > begin);
    const at = next < 0 ? this.#gaps.length : next;
    this.#gaps.splice(at, 0, { begin, end });
    this.#join(at);
    if (at > 0) this.#join(at - 1);
  }

  /** Makes one gap of this and the next where they touch. */
  #join(at: number): void {
    const [gap, next] = [this.#gaps[at], this.#gaps[at + 1]];
    if (gap.end !== next?.begin) return;
    gap.end = next.end;
    this.#gaps.splice(at + 1, 1);
  }

  /** By what is needed, and at least by a quarter: so that many small steps cost little. */
  #grow(bytes: number): number {
    const wanted = Math.min(MOST_BYTES, this.#end + Math.max(bytes, this.#end >> 2));
    const end = roundUp(Math.max(wanted, this.#end + bytes), PAGE);
    if (end > MOST_BYTES)
      throw new RangeError(`the network and its batch need more than ${MOST_BYTES} bytes`);
    this.exports.memory.grow((end - this.#end) / PAGE);
    this.give(this.#end, end - this.#end);
    this.#end = end;
    return this.#gaps.length - 1;
  }
}

/** A buffer that grows: at a new address, and then with nothing but zeros in it. */
export class WasmBuffer {
  address = 0;
  #length = 0;

  /** Makes room for so many bytes. What was in it is kept only where there was room already. */
  reserve(memory: WasmMemory, length: number): number {
    if (length > this.#length) {
      this.release(memory);
      this.address = memory.take(length);
      this.#length = length;
    }
    return this.address;
  }

  release(memory: WasmMemory): void {
    if (this.#length > 0) memory.give(this.address, this.#length);
    this.#length = 0;
  }
}

const abandoned = new FinalizationRegistry<{ memory: WasmMemory; buffers: readonly WasmBuffer[] }>(
  ({ memory, buffers }) => buffers.forEach((buffer) => buffer.release(memory)),
);

/** Gives back the buffers once their owner is no longer reachable. */
export function releaseWith(owner: object, memory: WasmMemory, buffers: readonly WasmBuffer[]): void {
  abandoned.register(owner, { memory, buffers });
}

function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
