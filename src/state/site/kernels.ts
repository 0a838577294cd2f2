import { signal } from '@preact/signals';
import type { Kernels } from '../../lib/nn/kernels/kernels.ts';
import type { KernelBytes } from '../../lib/nn/kernels/wasm.ts';

/** Where the compiled kernels are: their names change with their content, so that no page gets those of another build. */
const RELAXED = new URL('../../lib/nn/kernels/compiled/relaxed-simd.wasm', import.meta.url);
const SIMD = new URL('../../lib/nn/kernels/compiled/simd.wasm', import.meta.url);

/** What is wrong, when they could not be fetched. */
export const kernelProblem = signal<string | undefined>(undefined);

let bytes: Promise<KernelBytes> | undefined;
let kernels: Promise<Kernels> | undefined;

/**
 * The compiled kernels that this browser can run, the fastest alone, fetched once: for a worker, which is handed them
 * and calls `chooseKernels`. Empty where none can be run or fetched: training is then slow, but goes on. What could not be
 * fetched is tried again by the next who asks.
 */
export async function kernelBytes(): Promise<KernelBytes> {
  bytes ??= fetchKernels();
  try {
    const found = await bytes;
    kernelProblem.value = undefined;
    return found;
  } catch {
    bytes = undefined;
    kernelProblem.value =
      'The fast kernels could not be fetched: plain loops do their work, many times slower. Reload the page to try again.';
    return {};
  }
}

/** Kernels for the page itself: one memory for all its networks. Most pages leave them to their workers, and do not load them. */
export function pageKernels(): Promise<Kernels> {
  kernels ??= Promise.all([import('../../lib/nn/kernels/wasm.ts'), kernelBytes()]).then(
    ([{ chooseKernels }, found]) => chooseKernels(found),
  );
  return kernels;
}

async function fetchKernels(): Promise<KernelBytes> {
  const relaxed = await fetchModule(RELAXED);
  if (WebAssembly.validate(relaxed)) return { relaxed };
  const simd = await fetchModule(SIMD);
  return WebAssembly.validate(simd) ? { simd } : {};
}

async function fetchModule(file: URL): Promise<ArrayBuffer> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.arrayBuffer();
}
