import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOf, keepFingerprint, keptFingerprint } from './fingerprint.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ASSEMBLY = 'src/lib/nn/kernels/assembly';
const LAYOUT = 'src/lib/nn/kernels/layout.ts';
const TYPES = 'src/lib/nn/kernels/wasm-exports.ts';
const VERSION_FILE = 'node_modules/assemblyscript/package.json';
const FINGERPRINT_FILE = join(ROOT, '.cache', 'kernels-fingerprint');

/** The same source twice, by the instructions that it may use. */
const BUILDS = [
  { file: 'src/lib/nn/kernels/compiled/relaxed-simd.wasm', features: ['simd', 'relaxed-simd'] },
  { file: 'src/lib/nn/kernels/compiled/simd.wasm', features: ['simd'] },
] as const;

const OPTIONS = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--initialMemory',
  '1',
  '--bindings',
  'raw',
];

/** Where the compiled kernels lie, the faster first. */
export const KERNEL_FILES = { relaxed: join(ROOT, BUILDS[0].file), simd: join(ROOT, BUILDS[1].file) };

/**
 * Compiles the AssemblyScript kernels, where they are missing or older than their source.
 *
 * @throws Error with the compiler's messages
 */
export async function ensureKernels(): Promise<void> {
  const how = JSON.stringify([BUILDS, OPTIONS]);
  const fingerprint = fingerprintOf(how, ROOT, [ASSEMBLY, LAYOUT, VERSION_FILE]);
  const built = keptFingerprint(FINGERPRINT_FILE);
  if (built === fingerprint && BUILDS.every(({ file }) => existsSync(join(ROOT, file)))) return;
  for (const { file, features } of BUILDS) await compile(file, features);
  keepFingerprint(FINGERPRINT_FILE, fingerprint);
}

async function compile(file: string, features: readonly string[]): Promise<void> {
  // Slow to load, and seldom needed.
  const { default: compiler } = await import('assemblyscript/asc');
  const enabled = features.flatMap((feature) => ['--enable', feature]);
  const parameters = [`${ASSEMBLY}/index.ts`, '--outFile', file, ...OPTIONS, ...enabled, '--baseDir', ROOT];
  const made = new Map<string, string | Uint8Array>();
  const writeFile = (name: string, contents: string | Uint8Array) => void made.set(name, contents);
  const { error, stderr } = await compiler.main(parameters, { readFile: readSource, writeFile });
  // Warnings too: the compiler gives them where a conversion may lose something.
  const messages = stderr.toString();
  if (error || messages)
    throw new Error(`The kernels could not be compiled: ${error?.message ?? ''}\n${messages}`);
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), made.get(file) ?? '');
  await writeTypes(String(made.get(file.replace('.wasm', '.d.ts'))));
}

/** The exports as an interface, out of the declarations that the compiler makes; committed, since types are checked without a build. */
async function writeTypes(declarations: string): Promise<void> {
  const members = [...declarations.matchAll(/^ {2}export (?:function|const) (.*);$/gm)].map(([, member]) =>
    member.startsWith('memory') ? `readonly ${member};` : `${member};`,
  );
  const source = `/** What assembly/index.ts exports. Written when it is compiled (scripts/site/build-kernels.ts): not by hand. */
    export interface KernelExports { ${members.join('\n')} }`;
  const { format, resolveConfig } = await import('prettier');
  const path = join(ROOT, TYPES);
  const formatted = await format(source, { ...(await resolveConfig(path)), filepath: path });
  if (readFileSync(path, 'utf8') !== formatted) writeFileSync(path, formatted);
}

/**
 * A source file as the compiler wants it: imports without their `.ts`, and the comment `// @inline` before a function as
 * the decorator, which is no TypeScript: so formatter, linter and type checker can read the files too.
 */
async function readSource(name: string, folder: string): Promise<string | null> {
  const source = await readFile(join(folder, name), 'utf8').catch(() => null);
  return source?.replace(/ from '(.*)\.ts'/g, " from '$1'").replace(/^\/\/ @inline$/gm, '@inline') ?? null;
}

if (import.meta.main) {
  await ensureKernels().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
