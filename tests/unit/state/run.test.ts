import { describe, expect, test, vi } from 'vitest';
import { type TrainingSession, TrainingSession as Session } from '../../../src/lib/training/session.ts';
import { parseSetup } from '../../../src/lib/training/setup.ts';
import type { Snapshot } from '../../../src/lib/training/snapshot.ts';
import { type RunWorld, createRun } from '../../../src/state/run.ts';
import type { KeptRun } from '../../../src/state/run-store.ts';
import { type Remote, WorkerDied } from '../../../src/state/worker-client.ts';
import { penDigits } from '../training/digits.ts';
import { inProcess } from './in-process.ts';

const dataset = penDigits(300);
const setup = parseSetup({ layers: '784,8,10', batchSize: '50', epochs: '3' });

/** A world without workers and browsers: the session answers as a worker would, and can be made to die. */
function world(store: Partial<RunWorld['store']> = {}) {
  const kept: { run: KeptRun | undefined; snapshots: Map<number, Snapshot> } = {
    run: undefined,
    snapshots: new Map(),
  };
  const state = { started: 0, alive: 0, dies: false };
  const start = (): Remote<TrainingSession> => {
    const session = new Session();
    state.started++;
    state.alive++;
    return inProcess(session, {
      onEnd: () => void state.alive--,
      onCall: (method) => {
        if (!state.dies || method === 'open') return;
        state.dies = false;
        throw new WorkerDied('it was killed');
      },
    });
  };
  const made: RunWorld = {
    start,
    load: async () => dataset,
    kernels: async () => ({}),
    store: {
      keep: async (run, snapshot) => {
        kept.run = run;
        kept.snapshots.set(snapshot.epoch, snapshot);
      },
      kept: async () => kept.run,
      snapshots: async () => [...kept.snapshots.values()],
      forgetSnapshot: async (epoch) => void kept.snapshots.delete(epoch),
      forget: async () => {
        kept.run = undefined;
        kept.snapshots.clear();
      },
      ...store,
    },
  };
  return { made, kept, state };
}

function begun(store: Partial<RunWorld['store']> = {}) {
  const around = world(store);
  const run = createRun(around.made);
  run.choose(setup);
  return { run, ...around };
}

describe('a run', () => {
  test('goes to its end, with a record and a snapshot for each epoch, the first weights included', async () => {
    const { run } = begun();
    await run.run();
    expect(run.status.value).toBe('finished');
    expect(run.epochs.value.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(run.snapshots.value.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    expect(run.epochs.value.at(-1)!.loss).toBeLessThan(run.epochs.value[0]!.loss);
    expect(run.points.value.at(-1)!.epoch).toBe(3);
  });

  test('one batch, one example, one epoch: each is a step and then a pause', async () => {
    const { run } = begun();
    await run.stepBatch();
    expect(run.epoch.value).toBeCloseTo(1 / 6);
    expect(run.watched.value).toMatchObject({ isBatch: true });
    await run.stepExample();
    expect(run.epoch.value).toBeCloseTo(1 / 6);
    expect(run.watched.value).toMatchObject({ isBatch: false });
    await run.stepEpoch();
    expect(run.epoch.value).toBe(1);
    expect(run.status.value).toBe('paused');
    await run.stepEpoch();
    expect(run.epoch.value).toBe(2);
  });

  test('a step may be the one that ends an epoch, and the next goes on', async () => {
    const { run } = begun();
    for (let n = 0; n < 6; n++) await run.stepBatch();
    expect(run.epoch.value).toBe(1);
    expect(run.epochs.value).toHaveLength(1);
    await run.stepBatch();
    expect(run.epoch.value).toBeCloseTo(1 + 1 / 6);
  });

  test('paused and taken up again it ends where it would have ended without', async () => {
    const [straight, halted] = [begun().run, begun().run];
    await straight.run();
    await halted.stepBatch();
    await halted.stepEpoch();
    await halted.run();
    expect(halted.model.value).toEqual(straight.model.value);
  });

  test('a reset in the middle leaves no second run alive, and begins from the same weights', async () => {
    const { run, state } = begun();
    const first = run.run();
    await vi.waitFor(() => expect(run.epochs.value.length).toBeGreaterThan(0));
    run.reset();
    await first;
    expect(state.alive).toBe(0);
    expect(run.status.value).toBe('idle');
    expect(run.epochs.value).toEqual([]);
    await run.run();
    expect(state.alive).toBe(1);
    const other = begun().run;
    await other.run();
    expect(run.model.value).toEqual(other.model.value);
  });

  test('a new seed is another start', async () => {
    const { run } = begun();
    run.newSeed();
    expect(run.setup.value).toEqual({ ...setup, seed: setup.seed + 1 });
  });

  test('a worker that dies is said, and the run goes on from the last whole epoch with its history', async () => {
    const { run, state } = begun();
    await run.stepEpoch();
    await run.stepBatch();
    state.dies = true;
    await run.run();
    await vi.waitFor(() => expect(run.status.value).toBe('finished'));
    expect(state.started).toBe(2);
    expect(run.notice.value).toContain('it was killed');
    expect(run.notice.value).toContain('epoch 1');
    expect(run.epochs.value.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  });

  test('where nothing can be kept it says so, and goes on in memory', async () => {
    const { run } = begun({
      keep: async () => {
        throw new Error('there is no room left for it');
      },
    });
    await run.run();
    await vi.waitFor(() => expect(run.notice.value).toContain('there is no room left for it'));
    expect(run.status.value).toBe('finished');
    expect(run.snapshots.value).toHaveLength(4);
  });

  test('another page finds the run as it was left, and trains on', async () => {
    const { run, made } = begun();
    await run.stepEpoch();
    const later = createRun(made);
    await later.restore();
    expect(later.status.value).toBe('paused');
    expect(later.setup.value).toEqual(setup);
    expect(later.epochs.value).toEqual(run.epochs.value);
    expect(later.snapshots.value.map(({ epoch }) => epoch)).toEqual([0, 1]);
    await later.run();
    await run.run();
    expect(later.model.value).toEqual(run.model.value);
  });

  test('a run whose loss is no number any more stops, keeps its last whole network, and can be calmed down', async () => {
    const { run } = begun();
    run.choose({ ...setup, layers: [784, 8, 8, 10], activation: ['linear'], learningRate: 1000 });
    await run.run();
    expect(run.diverged.value).toBe(true);
    expect(run.snapshots.value.map(({ epoch }) => epoch)).toEqual([0]);
    run.calmDown();
    expect(run.setup.value.learningRate).toBe(100);
    expect(run.status.value).toBe('paused');
    expect(run.epochs.value).toEqual([]);
    expect(run.model.value!.layers[0]!.weights.every(Number.isFinite)).toBe(true);
  });

  test('data that cannot be had is a failure that names why, and a second try works', async () => {
    const { made } = world();
    let isOnline = false;
    const run = createRun({
      ...made,
      load: async () => {
        if (!isOnline) throw new Error('train.bin could not be fetched');
        return dataset;
      },
    });
    run.choose(setup);
    await run.run();
    expect(run.failure.value).toContain('train.bin could not be fetched');
    isOnline = true;
    await run.run();
    expect(run.status.value).toBe('finished');
    expect(run.failure.value).toBeUndefined();
  });

  test('what the set-up and the data do not allow is said when the run is opened', async () => {
    const { run } = begun();
    run.choose({ ...setup, validation: 1000 });
    await run.run();
    expect(run.failure.value).toContain('validation images');
    run.choose(setup);
    await run.run();
    expect(run.status.value).toBe('finished');
  });
});
