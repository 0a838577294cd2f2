import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './site/run-program.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What Biome reads. */
const LINTED = /\.(ts|tsx|mjs|astro)$/;
/** What a unit test may import. */
const IMPORTED = /\.(ts|tsx|mjs|json)$/;

type Check = { name: string; command: string; parameters: readonly string[] };

/** `npm run verify`: types, lint, format and the unit tests of what is changed, as a habit before each commit. */
async function verify(): Promise<void> {
  const changed = changedFiles();
  if (changed.length === 0) return console.log('Nothing is changed.');
  console.log(`${changed.length} files are changed since ${base()}.`);
  // Types beside the others: both take about as long.
  const passes = await Promise.all([inTurn([typesOf(changed)]), inTurn(othersOf(changed))]);
  process.exitCode = passes.every(Boolean) ? 0 : 1;
}

/** The commit that this branch began at; on the main branch itself, the last commit. */
function base(): string {
  const main = ['origin/main', 'main'].find((name) => git('rev-parse', '--verify', '--quiet', name) !== '');
  return (main && git('merge-base', 'HEAD', main)) || 'HEAD';
}

/** Changed or new files that are there, committed or not, by their paths from the root. */
function changedFiles(): string[] {
  const names = [
    git('diff', '--name-only', '--relative', base()),
    git('ls-files', '--others', '--exclude-standard'),
  ];
  const files = names.flatMap((text) => text.split('\n')).filter(Boolean);
  return [...new Set(files)].filter((file) => existsSync(join(ROOT, file)));
}

function git(...parameters: string[]): string {
  return spawnSync('git', parameters, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** The compiler remembers what it has checked, but reads no .astro files; the check that does remembers nothing. */
function typesOf(changed: readonly string[]): Check {
  if (changed.some((file) => file.endsWith('.astro')))
    return { name: 'types', command: 'astro', parameters: ['check', '--minimumFailingSeverity', 'error'] };
  const cache = ['--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo'];
  return { name: 'types', command: 'tsc', parameters: ['-p', 'scripts/site/tsconfig.json', ...cache] };
}

function othersOf(changed: readonly string[]): Check[] {
  const linted = changed.filter((file) => LINTED.test(file));
  const imported = changed.filter((file) => IMPORTED.test(file));
  const lint = ['lint', '--error-on-warnings', '--no-errors-on-unmatched', ...linted];
  const format = ['--check', '--ignore-unknown', '--log-level', 'warn', ...changed];
  const tests = [
    'related',
    '--run',
    '--project',
    'unit',
    '--passWithNoTests',
    '--tags-filter',
    '!slow && !long',
  ];
  return [
    ...(linted.length > 0 ? [{ name: 'lint', command: 'biome', parameters: lint }] : []),
    { name: 'format', command: 'prettier', parameters: format },
    ...(imported.length > 0
      ? [{ name: 'unit tests', command: 'vitest', parameters: [...tests, ...imported] }]
      : []),
  ];
}

/** One after the other, a line for each; what was wrong is shown. Resolves to whether all of them pass. */
async function inTurn(checks: readonly Check[]): Promise<boolean> {
  let passes = true;
  for (const { name, command, parameters } of checks) {
    const { exitCode, output, milliseconds } = await runProgram(command, parameters);
    const verdict = exitCode === 0 ? 'pass' : 'FAIL';
    const tests = /Tests .*/.exec(output)?.[0] ?? '';
    console.log(`${verdict}  ${name.padEnd(12)}${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${tests}`);
    if (exitCode === 0) continue;
    passes = false;
    console.log(output);
  }
  return passes;
}

await verify();
