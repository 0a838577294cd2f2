import { readFileSync } from 'node:fs';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { Network } from '../../../src/lib/nn/network.ts';

/*
 * A process of its own for one file: opens it, runs what opens on fifty pictures, and prints what that cost. So a
 * file that would take all memory takes that of a process that nobody else needs.
 */

/** What opening one file came to. */
export interface OpeningCost {
  /** Why it was refused; undefined where it was opened and run. */
  readonly refusal: string | undefined;
  /** The name of the error, and whether all outputs were finite where there was none. */
  readonly error: string | undefined;
  readonly areFinite: boolean;
  readonly seconds: number;
  /** The most memory that the process has had, in bytes. */
  readonly memory: number;
}

const COUNT = 50;

function openAndRun(bytes: Uint8Array): boolean {
  const { model, metadata } = openNetwork(bytes);
  const network = Network.fromModel(model, { loss: metadata.loss });
  const values = new Uint8Array(COUNT * network.inputs).fill(255);
  const { inputs: width } = network;
  return network
    .predict({ count: COUNT, width, values, labels: new Uint8Array(COUNT) })
    .every((value) => Number.isFinite(value));
}

if (import.meta.main) {
  const bytes = new Uint8Array(readFileSync(process.argv[2]!));
  const started = performance.now();
  let [areFinite, error, refusal]: [boolean, string | undefined, string | undefined] = [
    false,
    undefined,
    undefined,
  ];
  try {
    areFinite = openAndRun(bytes);
  } catch (thrown) {
    ({ name: error, message: refusal } = thrown as Error);
  }
  const seconds = (performance.now() - started) / 1000;
  const memory = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ refusal, error, areFinite, seconds, memory } satisfies OpeningCost));
}
