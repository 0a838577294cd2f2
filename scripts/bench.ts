import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Examples } from '../src/lib/nn/examples.ts';
import { referenceKernels } from '../src/lib/nn/kernels/reference-kernels.ts';
import { wasmKernels } from '../src/lib/nn/kernels/wasm.ts';
import { brain } from './bench/brain.ts';
import { measureInBrowser } from './bench/browser.ts';
import { measureClinic } from './bench/clinic.ts';
import { convnet } from './bench/convnet.ts';
import type { Measurement } from './bench/measurement.ts';
import { numpy } from './bench/numpy.ts';
import { ours } from './bench/ours.ts';
import { measurePad } from './bench/pad.ts';
import { machine, plot, table } from './bench/report.ts';
import { type BenchSetup, type Peer, type Trainee, batchesPerEpoch, median, setups } from './bench/setups.ts';
import { tensorflow } from './bench/tensorflow.ts';
import { KERNEL_FILES, ensureKernels } from './site/build-kernels.ts';
import { loadMnist } from './network/mnist.ts';

const RESULTS = fileURLToPath(new URL('../docs/bench', import.meta.url));

const HELP = `npm run bench -- [options]: the speed of training and reading, side by side, on one thread.

  --only A,B      set-ups or peers whose name has one of these in it; all without
  --rounds N      how often each is measured, taking turns (5)
  --quick         2 rounds, without the peers that take minutes
  --no-browser    leave out headless Chromium
  --clinic        nothing but the clinic of chapter 4's page, by one worker and by two
  --pad           nothing but chapter 8's pad: from a movement of the pen to the bars, with both networks, also slowed down
  --out DIR       where results.json and images-per-second.svg go; docs/bench when everything is measured, else nowhere

Set-ups: ${setups.map(({ name }) => name).join(', ')}`;

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: true },
      out: { type: 'string' },
      clinic: { type: 'boolean', default: false },
      pad: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  if (values.help) return console.log(HELP);
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds must be 1 or more, not ${values.rounds}`);
  if (values.pad) return console.log(await measurePad());
  if (values.clinic) return console.log(await measureClinic(rounds));
  await ensureKernels();
  const { train } = await loadMnist();
  const peers = allPeers().filter(({ share }) => !values.quick || share >= 0.2);
  const chosen = choose(peers, values.only?.split(',') ?? []);
  const measurements: Measurement[] = [];
  for (const setup of chosen.setups)
    measurements.push(...(await measure(setup, chosen.peers, train, rounds)));
  const inBrowser = values.browser && chosen.peers.some(({ name }) => name === RELAXED);
  const version = inBrowser ? await addBrowser(measurements, chosen.setups, train, rounds) : undefined;
  console.log(table(measurements));
  const out = values.out ?? (values.only || values.quick ? undefined : RESULTS);
  if (out !== undefined) write(out, measurements, rounds, version);
}

const RELAXED = 'wasm relaxed-simd';
const IN_BROWSER = 'wasm in chromium';

/** The first is what the others are compared with. */
function allPeers(): Peer[] {
  return [
    ours(RELAXED, 1, () => wasmKernels(RELAXED, readFileSync(KERNEL_FILES.relaxed))),
    ours('wasm simd', 1, () => wasmKernels('wasm simd', readFileSync(KERNEL_FILES.simd))),
    ours('reference', 0.05, () => referenceKernels()),
    numpy('float32'),
    numpy('float64 columns'),
    tensorflow('wasm', 0.2),
    tensorflow('cpu', 0.02),
    convnet,
    brain,
  ];
}

/** Those with one of the words in their name; words that name set-ups do not choose among peers, nor the reverse. */
function choose(peers: readonly Peer[], words: readonly string[]): { setups: BenchSetup[]; peers: Peer[] } {
  const among = <T extends { name: string }>(all: readonly T[]): T[] => {
    const found = all.filter(({ name }) => words.some((word) => name.includes(word)));
    return found.length > 0 ? found : [...all];
  };
  return { setups: among(setups), peers: among(peers) };
}

/** Milliseconds of a turn at least: one short epoch would be measured with the caches as the peer before it left them. */
const TURN = 500;

/** Every peer in each round, so that what the machine does at the time does to all of them. */
async function measure(
  setup: BenchSetup,
  peers: readonly Peer[],
  train: Examples,
  rounds: number,
): Promise<Measurement[]> {
  const perEpoch = batchesPerEpoch(setup, train);
  const running: { peer: Peer; trainee: Trainee; batches: number; times: number[] }[] = [];
  for (const peer of peers) {
    const trainee = await peer.start(setup, train);
    if (!trainee) continue;
    const batches = Math.ceil(perEpoch * peer.share);
    // Engines compile what is hot a second time: not while it is measured.
    for (let n = 0; n < 2; n++) await trainee.train(batches);
    running.push({ peer, trainee, batches, times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { peer, trainee, batches, times } of running) {
      let [passed, done] = [0, 0];
      do {
        passed += await trainee.train(batches);
        done += batches;
      } while (passed < TURN);
      times.push((passed * perEpoch) / done);
      console.error(
        `${setup.name}, round ${round + 1}: ${peer.name} ${times.at(-1)!.toFixed(1)} ms per epoch`,
      );
    }
  }
  const measurements: Measurement[] = [];
  for (const { peer, trainee, times } of running) {
    const prediction = await trainee.predict?.();
    measurements.push({
      setup: setup.name,
      peer: peer.name,
      epoch: median(times),
      rounds: times,
      prediction,
    });
    trainee.dispose?.();
  }
  return measurements;
}

async function addBrowser(
  measurements: Measurement[],
  chosen: readonly BenchSetup[],
  train: Examples,
  rounds: number,
): Promise<string> {
  const { version, results } = await measureInBrowser(chosen, train, rounds);
  results.forEach(({ epochs, prediction }, n) => {
    const setup = chosen[n].name;
    const at = measurements.findIndex((each) => each.setup === setup);
    const row = { setup, peer: IN_BROWSER, epoch: median(epochs), rounds: epochs, prediction };
    measurements.splice(at + 1, 0, row);
  });
  return version;
}

function write(
  folder: string,
  measurements: readonly Measurement[],
  rounds: number,
  chromium?: string,
): void {
  mkdirSync(folder, { recursive: true });
  const results = {
    date: new Date().toISOString().slice(0, 10),
    machine: { ...machine(), chromium },
    rounds,
  };
  const json = JSON.stringify({ ...results, measurements }, rounded, 2);
  writeFileSync(join(folder, 'results.json'), `${json}\n`);
  writeFileSync(join(folder, 'images-per-second.svg'), plot(measurements));
}

/** Numbers as exact as they were measured. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

await bench().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
