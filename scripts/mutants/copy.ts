import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../site/run-program.ts';
import { type Fault, withFault, withoutFault } from './fault.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIES = join(ROOT, '.cache', 'mutants');
/** Where faults are put, and what reads it; all else is the project's own. */
const COPIED = ['src', 'tests', 'scripts', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const LEFT_OUT = ['.git', '.cache', 'dist', 'coverage'];

export interface Tested {
  /** The full names of the tests that failed. */
  readonly failed: readonly string[];
  /** Files that could not be loaded, where no test failed: after a failure none is loaded any more. */
  readonly unloaded: readonly string[];
  /** Whether they came to an end in time. */
  readonly ended: boolean;
}

/** A copy of the code, to be made wrong and thrown away: nobody's own files are ever touched. */
export class Copy {
  readonly #folder: string;

  constructor(lane: number) {
    this.#folder = join(COPIES, String(lane));
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(ROOT)) {
      if (LEFT_OUT.includes(name)) continue;
      const [from, to] = [join(ROOT, name), join(this.#folder, name)];
      if (COPIED.includes(name)) cpSync(from, to, { recursive: true });
      else symlinkSync(from, to);
    }
  }

  put(fault: Fault): void {
    writeFileSync(join(this.#folder, fault.file), withFault(fault));
  }

  heal(fault: Fault): void {
    writeFileSync(join(this.#folder, fault.file), withoutFault(fault));
  }

  /** Runs unit tests in the copy, until the first of them fails. */
  async test(files: readonly string[], limit: number): Promise<Tested> {
    const report = join(this.#folder, 'report.json');
    rmSync(report, { force: true });
    const parameters = ['run', '--project', 'unit', '--bail', '1', '--maxWorkers', '1'];
    parameters.push('--reporter=json', `--outputFile=${report}`, ...files);
    const { output } = await runProgram('vitest', parameters, { folder: this.#folder, limit });
    if (!existsSync(report)) {
      if (/Error/.test(output)) throw new Error(output);
      return { failed: [], unloaded: [], ended: false };
    }
    return { ...failuresIn(readFileSync(report, 'utf8')), ended: true };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The parts of Vitest's JSON report that are read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function failuresIn(report: string): Pick<Tested, 'failed' | 'unloaded'> {
  const { testResults } = JSON.parse(report) as Report;
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName);
  const unloaded = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  return { failed, unloaded: failed.length > 0 ? [] : unloaded };
}
