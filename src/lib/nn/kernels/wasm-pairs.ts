import type { Examples } from '../examples.ts';
import { FARTHEST, SPAN } from './layout.ts';
import { WasmBuffer, type WasmMemory } from './wasm-memory.ts';

/** Sets of fewer examples are not worth remembering: single drawings, batches made for the occasion. */
const FEWEST_EXAMPLES = 1000;
/** 60,000 digits take 18 million. */
const MOST_BYTES = 256e6;
/** Bytes of examples taken into the kernels' memory at a time. */
const CHUNK_BYTES = 1e6;

interface StoredSet {
  readonly spans: WasmBuffer;
  readonly pairs: readonly WasmBuffer[];
  readonly bytes: number;
}

/**
 * The non-zero pairs of whole data sets, found once: when a second batch is asked of the same set. A set that was
 * found is taken not to change any more; the one that was not used for longest goes when there are too many.
 */
export class PairStore {
  readonly #memory: WasmMemory;
  readonly #mostBytes: number;
  /** In the order of their last use. Holds what it knows weakly: a set that is gone gives its memory back. */
  readonly #sets = new Map<WeakRef<Examples>, StoredSet>();
  readonly #references = new WeakMap<Examples, WeakRef<Examples>>();
  readonly #seen = new WeakSet<Examples>();
  readonly #gone = new FinalizationRegistry<WeakRef<Examples>>((reference) => this.#drop(reference));

  /** @param mostBytes kept of pairs, over all sets */
  constructor(memory: WasmMemory, mostBytes = MOST_BYTES) {
    this.#memory = memory;
    this.#mostBytes = mostBytes;
  }

  /** The address of the spans of all the examples, whose values are bytes; undefined where they are better found for each batch. */
  spansOf(examples: Examples, values: Uint8Array, batch: number): number | undefined {
    const reference = this.#references.get(examples);
    const set = reference && this.#sets.get(reference);
    if (set) {
      this.#sets.delete(reference);
      this.#sets.set(reference, set);
      return set.spans.address;
    }
    if (examples.count < FEWEST_EXAMPLES || batch > examples.count / 2) return undefined;
    if (this.#seen.has(examples)) return this.#find(examples, values).spans.address;
    this.#seen.add(examples);
    return undefined;
  }

  #find(examples: Examples, values: Uint8Array): StoredSet {
    const { exports } = this.#memory;
    const { count, width } = examples;
    const step = Math.max(1, Math.floor(CHUNK_BYTES / width));
    const [spans, chunk, pairs] = [new WasmBuffer(), new WasmBuffer(), [] as WasmBuffer[]];
    let bytes = 0;
    spans.reserve(this.#memory, count * SPAN);
    chunk.reserve(this.#memory, step * width);
    for (let first = 0; first < count; first += step) {
      const images = Math.min(step, count - first);
      this.#memory.bytes.set(values.subarray(first * width, (first + images) * width), chunk.address);
      const length = bytesOfPairs(exports.countNonZeros(chunk.address, images * width), images, width);
      const buffer = new WasmBuffer();
      buffer.reserve(this.#memory, length);
      exports.findPairs(chunk.address, images, width, buffer.address, spans.address + first * SPAN);
      pairs.push(buffer);
      bytes += length;
    }
    chunk.release(this.#memory);
    return this.#keep(examples, { spans, pairs, bytes });
  }

  #keep(examples: Examples, set: StoredSet): StoredSet {
    let reference = this.#references.get(examples);
    if (!reference) {
      reference = new WeakRef(examples);
      this.#references.set(examples, reference);
      this.#gone.register(examples, reference);
    }
    let total = set.bytes;
    for (const { bytes } of this.#sets.values()) total += bytes;
    // The last one used may be in the middle of a batch, between forward and backward.
    for (const [oldest, { bytes }] of [...this.#sets].slice(0, -1)) {
      if (total <= this.#mostBytes) break;
      this.#drop(oldest);
      total -= bytes;
    }
    this.#sets.set(reference, set);
    return set;
  }

  #drop(reference: WeakRef<Examples>): void {
    const set = this.#sets.get(reference);
    if (!set) return;
    set.spans.release(this.#memory);
    for (const buffer of set.pairs) buffer.release(this.#memory);
    this.#sets.delete(reference);
  }
}

/** Room for the pairs of so many images: 2 bytes each, those included that stand where a gap is too wide for one. */
export function bytesOfPairs(nonZeros: number, images: number, width: number): number {
  return 2 * (nonZeros + images * Math.floor(width / FARTHEST));
}
