import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSite } from './build.ts';
import { ensureBrowser } from './site/find-browser.ts';
import { runProgram } from './site/run-program.ts';
import { countTests, summaryLine } from './site/test-counts.ts';
import type { Counts } from './site/test-counts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, '.cache', 'tests');

type Result = { counts: Counts; output: string };
type Stage = { name: string; run(): Promise<Result> };

const build: Stage = {
  name: 'build',
  run: () => ensureSite().then(() => ({ counts: { passed: 1, failed: 0, skipped: 0 }, output: '' })),
};
// `astro check` reads the .astro files and every .ts and .tsx of the project; tsc would miss the former.
const types = check('types', 'astro', ['check', '--minimumFailingSeverity', 'error']);
const kernelTypes = check('kernel types', 'tsc', ['-p', 'src/lib/nn/kernels/assembly']);
const lint = check('lint', 'biome', ['lint', '--error-on-warnings', '.']);
const format = check('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
const unused = check('unused', 'knip', ['--no-progress']);
const unit: Stage = { name: 'unit tests', run: () => vitest('unit', {}) };
const browser: Stage = {
  name: 'browser tests',
  run: async () => vitest('browser', { BROWSER_PATH: ensureBrowser() }),
};

/**
 * Rounds, one after the other; within a round, lists of stages side by side, for two cores. A stage that fails does not
 * keep the next from running.
 */
const ROUNDS: readonly (readonly (readonly Stage[])[])[] = [
  [[build], [lint, format, unused]],
  // Not beside the build: both write down the types of the chapters.
  [[unit], [types, kernelTypes]],
  [[browser]],
];

/** `npm test`: every stage, then the sum of all of them on the last line. */
async function test(): Promise<void> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  for (const round of ROUNDS) {
    await Promise.all(
      round.map(async (stages) => {
        for (const stage of stages) {
          const { line, counts } = await runStage(stage);
          lines.push(line);
          total.passed += counts.passed;
          total.failed += counts.failed;
          total.skipped += counts.skipped;
        }
      }),
    );
  }
  console.log(`\n${lines.join('\n')}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(summaryLine(total));
}

/** What a stage writes is shown when it has ended, so that those side by side do not mix. */
async function runStage({ name, run }: Stage): Promise<{ line: string; counts: Counts }> {
  console.log(`\n── ${name} …`);
  const start = performance.now();
  const { counts, output } = await run().catch((error: Error): Result => ({
    counts: { passed: 0, failed: 1, skipped: 0 },
    output: error.message,
  }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const line = `${name.padEnd(14)}${`${seconds} s`.padStart(9)}  ${summaryLine(counts)}`;
  console.log(`\n── ${line}\n${output.trimEnd()}`);
  return { line, counts };
}

/** A command that passes or fails as a whole. */
function check(name: string, command: string, parameters: string[]): Stage {
  return {
    name,
    async run() {
      const { exitCode, output } = await runProgram(command, parameters);
      const passes = exitCode === 0;
      return { counts: { passed: passes ? 1 : 0, failed: passes ? 0 : 1, skipped: 0 }, output };
    },
  };
}

async function vitest(project: string, environment: NodeJS.ProcessEnv): Promise<Result> {
  const report = join(REPORTS, `${project}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const parameters = ['run', '--project', project, '--tags-filter', '!long', ...reporters];
  const { exitCode, output } = await runProgram('vitest', parameters, { environment });
  const counts = countTests(existsSync(report) ? readFileSync(report, 'utf8') : '', exitCode);
  return { counts, output };
}

await test();
