import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Examples } from '../../../../src/lib/nn/examples.ts';
import type { KernelExports } from '../../../../src/lib/nn/kernels/wasm-exports.ts';
import { type PairBlock, WasmInput } from '../../../../src/lib/nn/kernels/wasm-input.ts';
import { WasmMemory } from '../../../../src/lib/nn/kernels/wasm-memory.ts';
import { PairStore } from '../../../../src/lib/nn/kernels/wasm-pairs.ts';
import { rowsOf } from '../networks.ts';
import { builds } from './builds.ts';

const [build] = await builds();

function freshMemory(): WasmMemory {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(build!.bytes));
  return new WasmMemory(instance.exports as unknown as KernelExports);
}

describe('the memory of the kernels', () => {
  test('buffers never overlap, come zeroed, and can all be given back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { minLength: 1, maxLength: 60 }), fc.nat(), (sizes, seed) => {
        const memory = freshMemory();
        const before = memory.used;
        const taken: { begin: number; length: number }[] = [];
        sizes.forEach((length, n) => {
          if (taken.length > 0 && (seed + n) % 3 === 0) {
            const { begin, length: given } = taken.splice((seed + n) % taken.length, 1)[0]!;
            memory.give(begin, given);
          }
          const begin = memory.take(length);
          const end = begin + length;
          expect(begin % 64).toBe(0);
          expect(memory.bytes.subarray(begin, end).every((byte) => byte === 0)).toBe(true);
          memory.bytes.fill(0xff, begin, end);
          for (const other of taken) {
            expect(begin >= other.begin + other.length || end <= other.begin || length === 0).toBe(true);
          }
          taken.push({ begin, length });
        });
        for (const { begin, length } of taken) memory.give(begin, length);
        expect(memory.used).toBe(before);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('does not grow over thousands of batches that are each made anew', () => {
    const memory = freshMemory();
    const input = new WasmInput(memory, new PairStore(memory), 100);
    const used: number[] = [];
    for (let n = 0; n < 5000; n++) {
      const values = new Uint8Array(32 * 100).fill(n);
      const made: Examples = { count: 32, width: 100, values, labels: new Uint8Array(32) };
      input.load(made, rowsOf(made));
      used.push(memory.used);
    }
    expect(used.at(-1)).toBe(used[300]);
  });

  test('keeps the pairs of large sets up to a limit, and gives back those not used for longest', () => {
    const memory = freshMemory();
    const store = new PairStore(memory, 5e6);
    const input = new WasmInput(memory, store, 1000);
    const values = new Uint8Array(1000 * 1000).fill(1);
    const sets = Array.from({ length: 6 }, () => ({
      count: 1000,
      width: 1000,
      values,
      labels: new Uint8Array(1000),
    }));
    for (const set of sets) {
      for (let n = 0; n < 2; n++) input.load(set, Uint32Array.of(0));
    }
    expect(memory.used).toBeGreaterThan(4e6);
    expect(memory.used).toBeLessThan(7e6);
  });

  test('a batch keeps its pairs while those of another set are found, whatever the limit', () => {
    const memory = freshMemory();
    const store = new PairStore(memory, 1);
    const [input, other] = [new WasmInput(memory, store, 100), new WasmInput(memory, store, 100)];
    const rows = Uint32Array.of(5, 6, 7);
    /** Twice: a set is found when it is asked for again. */
    const load = (into: WasmInput, value: number) => {
      const set = {
        count: 1000,
        width: 100,
        values: new Uint8Array(1e5).fill(value),
        labels: new Uint8Array(1000),
      };
      into.load(set, rows);
      return into.load(set, rows) as PairBlock;
    };
    const batch = load(input, 1);
    const pairs = () => {
      const spans = new Uint32Array(memory.bytes.buffer, batch.address, 2 * rows.length);
      return Array.from(rows, (_, n) => [...memory.bytes.slice(spans[2 * n]!, spans[2 * n + 1]!)]);
    };
    const before = pairs();
    expect(before[0]!.filter((byte) => byte === 1).length).toBeGreaterThanOrEqual(100);
    load(other, 2);
    // Whoever takes memory now is given what was let go of, emptied.
    for (let n = 0; n < 8; n++) memory.take(100_000);
    expect(pairs()).toEqual(before);
  });
});
