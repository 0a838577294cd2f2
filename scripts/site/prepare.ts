import { ensureFonts } from './build-fonts.ts';
import { ensureKernels } from './build-kernels.ts';
import { ensureData } from '../data.ts';

/** Makes the files that the site is built from and that are not committed, where they are missing or stale. */
export async function prepare(): Promise<void> {
  await ensureData();
  await ensureKernels();
  await ensureFonts();
}
