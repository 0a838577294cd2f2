import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOf } from './fingerprint.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ASSEMBLY = 'src/lib/nn/kernels/assembly';
const VERSION_FILE = 'node_modules/assemblyscript/package.json';
const FINGERPRINT_FILE = join(ROOT, '.cache', 'kernels-fingerprint');

/** The same source twice, by the instructions that it may use. */
const BUILDS = [
  { file: 'public/kernels/relaxed-simd.wasm', features: ['simd', 'relaxed-simd'] },
  { file: 'public/kernels/simd.wasm', features: ['simd'] },
] as const;

const OPTIONS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--initialMemory', '1'];

/** Where the compiled kernels lie, the faster first. */
export const KERNEL_FILES = { relaxed: join(ROOT, BUILDS[0].file), simd: join(ROOT, BUILDS[1].file) };

/**
 * Compiles the AssemblyScript kernels, where they are missing or older than their source.
 *
 * @throws Error with the compiler's messages
 */
export async function ensureKernels(): Promise<void> {
  const how = JSON.stringify([BUILDS, OPTIONS]);
  const fingerprint = fingerprintOf(how, ROOT, [ASSEMBLY, VERSION_FILE]);
  const built = existsSync(FINGERPRINT_FILE) ? readFileSync(FINGERPRINT_FILE, 'utf8') : '';
  if (built === fingerprint && BUILDS.every(({ file }) => existsSync(join(ROOT, file)))) return;
  for (const { file, features } of BUILDS) await compile(file, features);
  mkdirSync(dirname(FINGERPRINT_FILE), { recursive: true });
  writeFileSync(FINGERPRINT_FILE, fingerprint);
}

async function compile(file: string, features: readonly string[]): Promise<void> {
  // Slow to load, and seldom needed.
  const { default: compiler } = await import('assemblyscript/asc');
  const enabled = features.flatMap((feature) => ['--enable', feature]);
  const parameters = [`${ASSEMBLY}/index.ts`, '--outFile', file, ...OPTIONS, ...enabled];
  const { error, stderr } = await compiler.main([...parameters, '--baseDir', ROOT]);
  if (error) throw new Error(`The kernels could not be compiled: ${error.message}\n${stderr.toString()}`);
}

if (import.meta.main) {
  await ensureKernels().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
