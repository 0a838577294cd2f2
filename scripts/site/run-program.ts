import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAMS = join(ROOT, 'node_modules', '.bin');

export interface RunOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder to run in; that of the project where none is named. */
  readonly folder?: string;
  /** Milliseconds after which the program is ended, as if it had failed; no limit where none is named. */
  readonly limit?: number;
}

export interface Ended {
  /** 0 when it went well. */
  readonly exitCode: number;
  /** What it wrote on both of its channels, in that order. */
  readonly output: string;
  readonly milliseconds: number;
}

/**
 * Runs a program of node_modules/.bin to its end and gives back what it wrote.
 *
 * @throws Error when it could not be started
 */
export function runProgram(
  command: string,
  parameters: readonly string[],
  { environment = {}, folder = ROOT, limit }: RunOptions = {},
): Promise<Ended> {
  const start = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(join(PROGRAMS, command), parameters, {
      cwd: folder,
      env: {
        ...process.env,
        // The project's own Node runs it, whichever started this.
        PATH: [PROGRAMS, process.env['PATH']].join(delimiter),
        ASTRO_TELEMETRY_DISABLED: '1',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(limit === undefined ? {} : { timeout: limit }),
    });
    let output = '';
    for (const channel of [child.stdout, child.stderr]) {
      channel.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', fail);
    child.once('close', (code) =>
      done({ exitCode: code ?? 1, output, milliseconds: performance.now() - start }),
    );
  });
}
