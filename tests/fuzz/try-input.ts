import { Random } from '../../src/lib/nn/random.ts';
import { mutate } from './mutate.ts';
import type { Reader } from './readers.ts';

/** What reading one input may cost, at most; seconds of the thread's own work, however busy the machine is. */
const MOST_SECONDS = 2;
const MOST_BYTES = { always: 50e6, timesInput: 400 };

export interface Failure {
  readonly says: string;
  readonly input: unknown;
}

/** Input `n` of a reader: the same for the same seed, whatever was read before. */
export function inputOf(reader: Reader, n: number, seed: number): unknown {
  const random = new Random(seed);
  // So that readers with alike inputs do not get alike changes.
  for (const letter of `${reader.name} ${n}`)
    for (let turns = letter.charCodeAt(0) % 7; turns >= 0; turns--) random.bits();
  const own = new Random((random.bits() ^ Math.imul(n, 0x9e3779b1)) >>> 0);
  return mutate(reader.valid[own.below(reader.valid.length)], own);
}

/** Has an input read, and says what was not as it must be: another error than its own, too much time or memory. */
export async function tryInput(reader: Reader, input: unknown): Promise<Failure | undefined> {
  const ledger = openLedger();
  const start = process.threadCpuUsage();
  let says: string | undefined;
  try {
    await reader.read(input);
  } catch (error) {
    const isOwn = reader.mayThrow.some((kind) => error instanceof kind);
    if (!isOwn) says = `it threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const { user, system } = process.threadCpuUsage(start);
  const seconds = (user + system) / 1e6;
  const taken = ledger.close();
  const allowed = MOST_BYTES.always + MOST_BYTES.timesInput * sizeOf(input);
  if (seconds > MOST_SECONDS) says ??= `it took ${seconds.toFixed(1)} seconds`;
  if (taken > allowed) says ??= `it asked for ${Math.round(taken / 1e6)} MB`;
  return says === undefined ? undefined : { says, input };
}

const ARRAYS = [
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'ArrayBuffer',
] as const;

/** Counts the bytes of all arrays that are made until it is closed. */
function openLedger() {
  const real = ARRAYS.map((name) => [name, globalThis[name]] as const);
  let bytes = 0;
  for (const [name, kind] of real) {
    globalThis[name] = new Proxy(kind, {
      construct(target, given, asked) {
        const made = Reflect.construct(target, given, asked === globalThis[name] ? target : asked);
        if (!(given[0] instanceof ArrayBuffer)) bytes += (made as ArrayBuffer).byteLength;
        return made;
      },
    }) as never;
  }
  return {
    close(): number {
      for (const [name, kind] of real) globalThis[name] = kind as never;
      return bytes;
    },
  };
}

function sizeOf(input: unknown): number {
  if (input instanceof Uint8Array || typeof input === 'string') return input.length;
  return JSON.stringify(input)?.length ?? 0;
}
