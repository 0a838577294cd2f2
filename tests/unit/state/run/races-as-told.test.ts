import { beforeAll, expect, test } from 'vitest';
import { ensureData } from '../../../../scripts/data.ts';
import { nodeKernels } from '../../../../scripts/network/kernels.ts';
import { siteData } from '../../../../src/build/site-data.ts';
import { type Dataset, subset } from '../../../../src/lib/data/dataset.ts';
import { formatCount } from '../../../../src/explain/numbers.ts';
import { stratifiedSplit } from '../../../../src/lib/data/splits.ts';
import type { Kernels } from '../../../../src/lib/nn/kernels/kernels.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { type Setup, defaultSetup } from '../../../../src/lib/training/setup.ts';
import { Trainer } from '../../../../src/lib/training/trainer.ts';
import { HELD_BACK, races } from '../../../../src/state/run/race.ts';

let kernels: Kernels;
let training: Dataset;
let heldBack: Dataset;
/** Reading and learning 60,000 digits takes its time on a machine that has other work. */
const PATIENCE = 600_000;

beforeAll(async () => {
  await ensureData();
  kernels = await nodeKernels();
  const train = await siteData('train');
  const { picked, rest } = stratifiedSplit(train, HELD_BACK, new Random(defaultSetup.seed));
  [training, heldBack] = [subset(train, rest), subset(train, picked)];
}, PATIENCE);

/** Runs as in the race: the network, and after each epoch the share of the digits held back that it reads right. */
function run(setup: Setup): { trainer: Trainer; shares: number[] } {
  const trainer = new Trainer({ ...setup, validation: 0 }, training, { kernels });
  const shares: number[] = [];
  for (let finished = false; !finished;) {
    const progress = trainer.advance({ batches: 10_000 });
    if (progress.ended) shares.push(trainer.network.evaluate(heldBack).accuracy);
    finished = progress.finished !== undefined;
  }
  return { trainer, shares };
}

const lane = (name: keyof typeof races, label: string) =>
  races[name].find((each) => each.label === label)!.setup;

test(
  'ten times shorter than the best step costs time, ten times longer shakes, a hundred times longer loses everything',
  { timeout: PATIENCE },
  () => {
    const [shorter, best, longer, longest] = ['0.01', '0.1', '1', '10'].map((rate) =>
      run(lane('rates', `η = ${rate}`)),
    );
    const last = ({ shares }: { shares: number[] }) => shares.at(-1)!;
    for (const other of [shorter!, longer!, longest!]) expect(last(best!)).toBeGreaterThan(last(other));
    // On its way still, and not far behind.
    expect(last(shorter!)).toBeGreaterThan(shorter!.shares.at(-2)!);
    expect(last(shorter!)).toBeGreaterThan(0.85);
    // It costs a good deal, but not everything.
    expect(Math.max(...longer!.shares)).toBeGreaterThan(0.5);
    expect(last(longer!)).toBeLessThan(last(best!) - 0.02);

    const { network } = longest!.trainer;
    const { confusion, loss } = network.evaluate(heldBack);
    const read = Array.from({ length: 10 }, (_, digit) =>
      Array.from({ length: 10 }, (_, label) => confusion[label * 10 + digit]!).some((count) => count > 0),
    );
    expect(read.filter(Boolean)).toHaveLength(1);
    expect(Math.abs(loss - Math.log(10))).toBeLessThan(0.1);
    network.forward(
      training,
      Uint32Array.from({ length: 2000 }, (_, n) => n),
    );
    expect(network.layers[1]!.read('activation').every((value) => value === 0)).toBe(true);
  },
);

test(
  'after one look, many rough steps beat a few good ones; and steps in an epoch are as many as the page says',
  { timeout: PATIENCE },
  () => {
    const sizes = [16, 128, 1024];
    const ran = sizes.map((size) => run({ ...lane('batches', `${formatCount(size)} images`), epochs: 1 }));
    const shares = ran.map((each) => each.shares[0]!);
    expect(shares[0]).toBeGreaterThan(shares[1]!);
    expect(shares[1]).toBeGreaterThan(shares[2]!);
    expect(sizes.map((size) => Math.ceil(training.count / size))).toEqual([3438, 430, 54]);
  },
);
