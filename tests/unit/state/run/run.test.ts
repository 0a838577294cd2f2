import { describe, expect, test, vi } from 'vitest';
import { type TrainingSession, TrainingSession as Session } from '../../../../src/lib/training/session.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import { type Run, type RunWorld, createRun } from '../../../../src/state/run/run.ts';
import { createRunClaim } from '../../../../src/state/store/run-claim.ts';
import {
  type KeptRun,
  type RunStore,
  createRunStore,
  keptRun,
} from '../../../../src/state/store/run-store.ts';
import { type Remote, WorkerDied } from '../../../../src/state/remote/worker-client.ts';
import { penDigits } from '../../training/digits.ts';
import { freshDatabase } from '../store/fresh-database.ts';
import type { Loading } from '../../../../src/state/remote/session.ts';
import { createDoor, createOverlaps, inProcess } from '../in-process.ts';

const dataset = penDigits(300);
const setup = parseSetup({ layers: '784,8,10', batchSize: '50', epochs: '3' });

/** A world without workers and browsers: the session answers as a worker would, and can be made to die. */
function world(store: Partial<RunStore> = {}, onCall?: (method: string) => void | Promise<void>) {
  const kept: { run: KeptRun | undefined } = { run: undefined };
  const state = { started: 0, alive: 0, dies: false };
  const start = (): Remote<TrainingSession> => {
    // A clock that stands: a call to go on ends with its epoch, however slow the machine is.
    const session = new Session(() => 0);
    state.started++;
    state.alive++;
    return inProcess(session, {
      onEnd: () => void state.alive--,
      onCall: async (method) => {
        await onCall?.(method);
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
      claim: { hold: async () => true, release: () => {} },
      keep: async (run) => {
        kept.run = run;
      },
      kept: async () => kept.run,
      forget: async () => {
        kept.run = undefined;
      },
      ...store,
    },
  };
  return { made, kept, state };
}

function begun(store: Partial<RunStore> = {}, onCall?: (method: string) => void | Promise<void>) {
  const around = world(store, onCall);
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
    expect(run.status.value).toBe('finished');
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

  test('one that another tab takes over pauses here and says so; there it goes on from where it was', async () => {
    freshDatabase();
    const claims = [createRunClaim(null), createRunClaim(null)] as const;
    const [here, there] = claims.map((claim) => createRun(world(createRunStore(claim)).made)) as [Run, Run];
    here.choose({ ...setup, epochs: 100_000 });
    const running = here.run();
    await vi.waitFor(async () => expect((await keptRun())?.last.epochs ?? 0).toBeGreaterThan(0), {
      timeout: 30_000,
    });
    await there.restore();
    expect(there.elsewhere.value).toContain('open in another tab');
    await there.takeOver();
    await running;
    expect(here.status.value).toBe('paused');
    expect(here.elsewhere.value).toContain('taken your run over');
    expect(there.elsewhere.value).toBeUndefined();
    const from = there.epochs.value.length;
    await there.stepEpoch();
    expect(there.epochs.value.map(({ epoch }) => epoch).slice(from - 1)).toEqual([from, from + 1]);
    await vi.waitFor(async () => expect((await keptRun())?.last.epochs).toBe(from + 1));
    for (const claim of claims) claim.release();
  });

  test('a run taken over while another is trained here takes its place, and nothing of the other is left', async () => {
    const { run, made, kept, state } = begun();
    await run.stepEpoch();
    const held = kept.run!;
    const later = createRun({
      ...made,
      store: { ...made.store, claim: { hold: async (how) => how === 'take', release: () => {} } },
    });
    later.choose({ ...setup, seed: 9 });
    await later.stepEpoch();
    await later.stepBatch();
    expect(later.elsewhere.value).toContain('open in another tab');
    expect(kept.run).toBe(held);
    expect(state.alive).toBe(2);
    await later.takeOver();
    expect(state.alive).toBe(1);
    expect(later.setup.value).toEqual(setup);
    expect(later.epoch.value).toBe(1);
    expect(later.status.value).toBe('paused');
    expect([later.watched.value, later.look.value]).toEqual([undefined, undefined]);
    await later.run();
    expect(later.status.value).toBe('finished');
    expect(kept.run!.last.epochs).toBe(3);
  });

  test('what is pressed while a run is being taken over is done with that run; a reset is not undone by it', async () => {
    const { run, made } = begun();
    await run.stepEpoch();
    const pressed = createRun(made);
    void pressed.takeOver();
    await pressed.stepEpoch();
    expect(pressed.epochs.value.map(({ epoch }) => epoch)).toEqual([1, 2]);

    const reset = createRun(made);
    const taking = reset.takeOver();
    const step = reset.stepEpoch();
    reset.reset();
    await Promise.all([taking, step]);
    expect([reset.status.value, reset.epochs.value]).toEqual(['idle', []]);
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

describe('what is under way when the reader changes their mind', () => {
  test('several wishes while it opens start one worker, and the last of them is carried out', async () => {
    const { run, state } = begun();
    const wishes = [run.stepEpoch(), run.run(), run.stepExample(), run.stepBatch()];
    expect(run.status.value).toBe('opening');
    await Promise.all(wishes);
    expect(state).toMatchObject({ started: 1, alive: 1 });
    expect(run.status.value).toBe('paused');
    expect(run.epoch.value).toBeCloseTo(1 / 6);
    expect(run.watched.value).toMatchObject({ isBatch: true });
    const other = begun().run;
    await Promise.all([other.stepBatch(), other.stepExample()]);
    expect(other.watched.value).toMatchObject({ isBatch: false });
    expect(other.epoch.value).toBe(0);
  });

  test.each(['open', 'advance', 'look'])('an answer to "%s" after a reset is not heard', async (method) => {
    const door = createDoor();
    const { run, state } = begun({}, (called) => (called === method ? door.pass() : undefined));
    const running = run.run();
    await door.reached;
    run.reset();
    door.open();
    await running;
    expect(state.alive).toBe(0);
    expect(run.status.value).toBe('idle');
    expect(run.points.value).toEqual([]);
    expect(run.epochs.value).toEqual([]);
    expect(run.model.value).toBeUndefined();
    expect(run.look.value).toBeUndefined();
    expect([run.failure.value, run.notice.value]).toEqual([undefined, undefined]);
  });

  test.each(['stepBatch', 'stepExample', 'stepEpoch'] as const)(
    '%s is not heard of any more after a reset',
    async (step) => {
      const door = createDoor();
      const { run } = begun({}, (called) => (called === 'open' ? undefined : door.pass()));
      const stepping = run[step]();
      await door.reached;
      run.reset();
      door.open();
      await stepping;
      expect(run.status.value).toBe('idle');
      expect(run.watched.value).toBeUndefined();
      expect(run.epoch.value).toBe(0);
      expect(run.notice.value).toBeUndefined();
    },
  );

  test('of a download that was given up neither progress nor failure is shown', async () => {
    const { made } = world();
    const door = createDoor();
    const loadings: Loading[] = [];
    const run = createRun({
      ...made,
      load: async (loading) => {
        loadings.push(loading);
        await door.pass();
        throw new Error('the connection is gone');
      },
    });
    run.choose(setup);
    const running = run.run();
    loadings[0]!.onProgress(0.5);
    expect(run.loading.value).toBe(0.5);
    run.reset();
    expect(loadings[0]!.signal.aborted).toBe(true);
    loadings[0]!.onProgress(0.75);
    expect(run.loading.value).toBeUndefined();
    door.open();
    await running;
    expect(run.failure.value).toBeUndefined();
    expect(run.status.value).toBe('idle');
  });

  test('paused and taken up again before the last answer is there, it is still pulled by one', async () => {
    const door = createDoor();
    const overlaps = createOverlaps();
    const { run } = begun({}, (called) =>
      called === 'advance' ? overlaps.during(() => door.pass()) : undefined,
    );
    const first = run.run();
    await door.reached;
    run.pause();
    const second = run.run();
    door.open();
    await Promise.all([first, second]);
    expect(run.status.value).toBe('finished');
    expect(run.epochs.value.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(overlaps.count).toBeLessThanOrEqual(1);
  });

  test('a run that is found in the store is not taken up once another has been chosen', async () => {
    const { run, made } = begun();
    await run.stepEpoch();
    const door = createDoor();
    const later = createRun({
      ...made,
      store: {
        ...made.store,
        kept: async () => {
          await door.pass();
          return made.store.kept();
        },
      },
    });
    const restoring = later.restore();
    await door.reached;
    later.choose({ ...setup, seed: 77 });
    door.open();
    await restoring;
    expect(later.setup.value.seed).toBe(77);
    expect(later.status.value).toBe('idle');
    expect(later.epochs.value).toEqual([]);
  });
});

describe('a worker that dies', () => {
  test('again and again is started once more by itself, and then left alone', async () => {
    const { run, state } = begun({}, (method) => {
      if (method === 'advance') throw new WorkerDied('it ran out of memory');
    });
    await run.run();
    expect(state).toMatchObject({ started: 2, alive: 0 });
    expect(run.status.value).toBe('paused');
    expect(run.notice.value).toContain('it ran out of memory');
  });

  test('now and then is started again each time: only deaths without an answer in between are counted', async () => {
    let calls = 0;
    const { run, state } = begun({}, (method) => {
      if (method === 'advance' && ++calls % 2 === 0) throw new WorkerDied('it was killed');
    });
    run.choose({ ...setup, epochs: 6 });
    run.speed.value = 'full';
    await run.run();
    expect(run.status.value).toBe('finished');
    expect(state.started).toBeGreaterThan(2);
    expect(run.epochs.value.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('while a step is made leaves the run paused', async () => {
    const { run, state } = begun({}, (method) => {
      if (method === 'watchBatch') throw new WorkerDied('it was killed');
    });
    await run.stepBatch();
    expect(state).toMatchObject({ started: 1, alive: 0 });
    expect(run.status.value).toBe('paused');
  });
});
