import type { Kernels } from './kernels.ts';
import { referenceKernels } from './reference-kernels.ts';
import type { KernelExports } from './wasm-exports.ts';
import { WasmInput } from './wasm-input.ts';
import { WasmLayer } from './wasm-layer.ts';
import { WasmMemory } from './wasm-memory.ts';
import { PairStore } from './wasm-pairs.ts';

/** The compiled kernels, for machines with and without relaxed SIMD (fused multiply-add). */
export interface KernelBytes {
  readonly relaxed?: BufferSource | undefined;
  readonly simd?: BufferSource | undefined;
}

/** The fastest kernels that this engine can run, out of those given; the reference where it can run none. */
export function chooseKernels({ relaxed, simd }: KernelBytes): Kernels {
  if (relaxed && WebAssembly.validate(relaxed)) return wasmKernels('wasm-relaxed-simd', relaxed);
  if (simd && WebAssembly.validate(simd)) return wasmKernels('wasm-simd', simd);
  return referenceKernels();
}

/**
 * Kernels of their own memory, which holds all the networks that are made with them.
 *
 * Bytes are read as pairs of the non-zero ones (see wasm-pairs.ts). At float32; what they compute differs from the
 * reference by rounding alone.
 *
 * @param source assembly/ as compiled by scripts/site/build-kernels.ts
 */
export function wasmKernels(name: string, source: BufferSource | WebAssembly.Module): Kernels {
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  const { exports } = new WebAssembly.Instance(module);
  const memory = new WasmMemory(exports as unknown as KernelExports);
  const store = new PairStore(memory);
  const scale = memory.take(256 * 4);
  for (let byte = 0; byte < 256; byte++) memory.floats[scale / 4 + byte] = byte / 255;
  return {
    name,
    precision: 'float32',
    input: (width) => new WasmInput(memory, store, width),
    layer: (shape) => new WasmLayer(shape, memory, scale),
  };
}
