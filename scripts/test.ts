import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSite } from './build.ts';
import { ensureBrowser } from './find-browser.ts';
import { countTests, summaryLine } from './test-counts.ts';
import type { Counts } from './test-counts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, '.cache', 'tests');

type Stage = { name: string; run(): Promise<Counts> };

/** In this order; a stage that fails does not keep the next from running. */
const STAGES: readonly Stage[] = [
  // `astro check` reads the .astro files and every .ts and .tsx of the project; tsc would miss the former.
  { name: 'types', run: () => check('astro', ['check', '--minimumFailingSeverity', 'error']) },
  { name: 'lint', run: () => check('biome', ['lint', '--error-on-warnings', '.']) },
  { name: 'format', run: () => check('prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'build', run: () => ensureSite().then(() => ({ passed: 1, failed: 0, skipped: 0 })) },
  { name: 'unit tests', run: () => vitest('unit', {}) },
  { name: 'browser tests', run: async () => vitest('browser', { BROWSER_PATH: ensureBrowser() }) },
];

/** `npm test`: every stage, then the sum of all of them on the last line. */
async function test(): Promise<void> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  for (const stage of STAGES) {
    console.log(`\n── ${stage.name}`);
    const start = performance.now();
    const counts = await stage.run().catch((error: Error) => {
      console.error(error.message);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    lines.push(`${stage.name.padEnd(14)}${`${seconds} s`.padStart(9)}  ${summaryLine(counts)}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  console.log(`\n${lines.join('\n')}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(summaryLine(total));
}

/** A command that passes or fails as a whole. */
async function check(command: string, parameters: string[]): Promise<Counts> {
  const passes = (await run(command, parameters, {})) === 0;
  return { passed: passes ? 1 : 0, failed: passes ? 0 : 1, skipped: 0 };
}

async function vitest(project: string, environment: NodeJS.ProcessEnv): Promise<Counts> {
  const report = join(REPORTS, `${project}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await run('vitest', ['run', '--project', project, ...reporters], environment);
  return countTests(existsSync(report) ? readFileSync(report, 'utf8') : '', exitCode);
}

/** Runs a program of node_modules/.bin and resolves to its exit code. */
function run(command: string, parameters: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', command), parameters, {
      cwd: ROOT,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}

await test();
