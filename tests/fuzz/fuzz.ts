import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { readers } from './readers.ts';
import { inputOf, tryInput } from './try-input.ts';

const HELP = `npm run fuzz -- [options]: damaged files, addresses and kept values, read until the time is over.

  --seconds N     how long, shared among the readers (60)
  --seed N        the same seed makes the same inputs; a new one each time without
  --only PART     readers whose name has this in it

Readers: ${readers.map(({ name }) => name).join('; ')}`;

/** Where the first input that failed is written to. */
const FOLDER = 'coverage/fuzz';

/** A reader that gives no sign of life for so long never comes back. */
const SILENCE = 10_000;
/** Of a turn, after which the next reader has its own. */
const TURN = 500;

interface Plan {
  readonly seed: number;
  readonly seconds: number;
  readonly only: string;
  /** Which reader is at work, and at which of its inputs: seen from outside while it works. */
  readonly place: Int32Array<SharedArrayBuffer>;
}

interface Report {
  readonly counts: readonly number[];
  readonly failed?: { readonly reader: number; readonly n: number; readonly says: string };
}

/** Reads in turns, in a thread of its own: one that hangs can be ended. */
async function work({ seed, seconds, only, place }: Plan): Promise<Report> {
  const counts = readers.map(() => 0);
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    for (const [reader, each] of readers.entries()) {
      if (!each.name.includes(only)) continue;
      const turn = Math.min(end, performance.now() + TURN);
      while (performance.now() < turn) {
        const n = counts[reader]!++;
        place.set([reader, n]);
        const failure = await tryInput(each, inputOf(each, n, seed));
        if (failure) return { counts, failed: { reader, n, says: failure.says } };
      }
    }
  }
  return { counts };
}

/** Waits for the report of a thread; makes one itself of a thread that has died, or is silent. */
function watch(plan: Plan): Promise<Report> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: plan,
    resourceLimits: { maxOldGenerationSizeMb: 1000 },
  });
  return new Promise((done) => {
    let seen = '';
    let since = performance.now();
    const failed = (says: string) => {
      clearInterval(watching);
      const [reader, n] = [plan.place[0]!, plan.place[1]!];
      void worker.terminate();
      done({ counts: [], failed: { reader, n, says } });
    };
    const watching = setInterval(() => {
      if (seen !== plan.place.join()) [seen, since] = [plan.place.join(), performance.now()];
      else if (performance.now() - since > SILENCE) failed('it hangs');
    }, 250);
    worker.once('error', (error) => failed(`the thread ended: ${(error as Error).message}`));
    worker.once('message', (report: Report) => {
      clearInterval(watching);
      done(report);
    });
  });
}

/** Writes an input to a file: bytes and text as they are, anything else as Node's `v8.deserialize` reads it. */
function save(input: unknown): string {
  mkdirSync(FOLDER, { recursive: true });
  const isPlain = input instanceof Uint8Array || typeof input === 'string';
  const path = join(FOLDER, isPlain ? 'failed.input' : 'failed.v8');
  writeFileSync(path, isPlain ? input : serialize(input));
  return path;
}

async function fuzz(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
      only: { type: 'string', default: '' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(HELP);
  const [seed, seconds] = [Number(values.seed), Number(values.seconds)];
  if (!(seconds > 0)) throw new Error(`--seconds must be a number above 0, not ${values.seconds}`);
  if (!readers.some(({ name }) => name.includes(values.only)))
    throw new Error(`No reader is called "${values.only}".`);
  console.log(`seed ${seed}`);
  const place = new Int32Array(new SharedArrayBuffer(8));
  const { counts, failed } = await watch({ seed, seconds, only: values.only, place });
  counts.forEach((count, n) => {
    if (count > 0) console.log(`${String(count).padStart(9)}  ${readers[n]!.name}`);
  });
  if (!failed)
    return console.log(`${counts.reduce((sum, count) => sum + count, 0)} inputs, and none did harm.`);
  const reader = readers[failed.reader]!;
  const path = save(inputOf(reader, failed.n, seed));
  throw new Error(
    `${reader.name}, input ${failed.n}: ${failed.says}\nIt is in ${path}; --seed ${seed} makes it again.`,
  );
}

if (isMainThread) {
  await fuzz().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
} else {
  parentPort!.postMessage(await work(workerData as Plan));
}
