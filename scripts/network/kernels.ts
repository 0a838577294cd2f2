import { readFile } from 'node:fs/promises';
import type { Kernels } from '../../src/lib/nn/kernels/kernels.ts';
import { type KernelBytes, chooseKernels } from '../../src/lib/nn/kernels/wasm.ts';
import { KERNEL_FILES, ensureKernels } from '../site/build-kernels.ts';

/** The fastest kernels that this Node can run. */
export async function nodeKernels(): Promise<Kernels> {
  return chooseKernels(await kernelBytes());
}

/** The builds of the kernels as the site has them, compiled first where they are not yet. */
export async function kernelBytes(): Promise<KernelBytes> {
  await ensureKernels();
  const [relaxed, simd] = await Promise.all([readFile(KERNEL_FILES.relaxed), readFile(KERNEL_FILES.simd)]);
  return { relaxed, simd };
}
