import { readFileSync } from 'node:fs';
import { KERNEL_FILES, ensureKernels } from '../../../../scripts/site/build-kernels.ts';
import type { Kernels } from '../../../../src/lib/nn/kernels/kernels.ts';
import { wasmKernels } from '../../../../src/lib/nn/kernels/wasm.ts';

/** The compiled kernels that this Node can run: both builds wherever it knows relaxed SIMD. */
export async function builds(): Promise<
  { name: string; bytes: Uint8Array<ArrayBuffer>; make: () => Kernels }[]
> {
  await ensureKernels();
  return Object.entries(KERNEL_FILES)
    .map(([name, file]) => ({ name, bytes: new Uint8Array(readFileSync(file)) }))
    .filter(({ bytes }) => WebAssembly.validate(bytes))
    .map(({ name, bytes }) => ({ name, bytes, make: () => wasmKernels(name, bytes) }));
}
