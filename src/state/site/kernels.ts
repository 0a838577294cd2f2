import type { Kernels } from '../../lib/nn/kernels/kernels.ts';
import type { KernelBytes } from '../../lib/nn/kernels/wasm.ts';
import { address } from './address.ts';

let bytes: Promise<KernelBytes> | undefined;
let kernels: Promise<Kernels> | undefined;

/**
 * The compiled kernels that this browser can run, the fastest alone, fetched once: for a worker, which is handed them
 * and calls `chooseKernels`. Empty where none can be run or fetched: training is then slow, but goes on.
 */
export function kernelBytes(): Promise<KernelBytes> {
  bytes ??= fetchKernels();
  return bytes;
}

/** Kernels for the page itself: one memory for all its networks. Most pages leave them to their workers, and do not load them. */
export function pageKernels(): Promise<Kernels> {
  kernels ??= Promise.all([import('../../lib/nn/kernels/wasm.ts'), kernelBytes()]).then(
    ([{ chooseKernels }, found]) => chooseKernels(found),
  );
  return kernels;
}

async function fetchKernels(): Promise<KernelBytes> {
  const relaxed = await fetchModule('relaxed-simd.wasm');
  if (relaxed && WebAssembly.validate(relaxed)) return { relaxed };
  const simd = await fetchModule('simd.wasm');
  return simd && WebAssembly.validate(simd) ? { simd } : {};
}

async function fetchModule(file: string): Promise<ArrayBuffer | undefined> {
  try {
    const response = await fetch(address(`kernels/${file}`));
    return response.ok ? await response.arrayBuffer() : undefined;
  } catch {
    return undefined;
  }
}
