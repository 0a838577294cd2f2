import { beforeAll, describe, expect, test } from 'vitest';
import { Review } from '../../../../src/lib/training/review.ts';
import { TrainingSession } from '../../../../src/lib/training/session.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import { createLandscape } from '../../../../src/state/run/landscape.ts';
import { createReviews } from '../../../../src/state/run/review.ts';
import { type Run, createRun } from '../../../../src/state/run/run.ts';
import type { Loading } from '../../../../src/state/remote/session.ts';
import { WorkerDied } from '../../../../src/state/remote/worker-client.ts';
import { nowhere } from '../../../../src/state/store/page-store.ts';
import { penDigits } from '../../training/digits.ts';
import { createDoor, inProcess } from '../in-process.ts';

const digits = { ...penDigits(60), name: 'train' };
const SIDE = 25;

/** Trained for two epochs: three networks make a path. */
let run: Run;

beforeAll(async () => {
  run = createRun({
    start: () => inProcess(new TrainingSession()),
    load: async () => digits,
    kernels: async () => ({}),
    store: nowhere,
  });
  run.choose(parseSetup({ layers: '784,4,10', batchSize: '20', epochs: '2' }));
  await run.run();
});

interface Setting {
  readonly onCall?: (method: string) => void | Promise<void>;
  readonly onLoad?: (loading: Partial<Loading>) => void | Promise<void>;
}

function landscapeWith({ onCall, onLoad }: Setting = {}) {
  const reviews = createReviews({
    start: () => inProcess(new Review(), onCall && { onCall }),
    load: async (_, loading) => {
      await onLoad?.(loading);
      return digits;
    },
    kernels: async () => ({}),
  });
  return createLandscape(run, reviews);
}

/** Nothing is under way, and nothing was measured. */
function expectIdle(landscape: ReturnType<typeof createLandscape>): void {
  expect(landscape.progress.value).toBeUndefined();
  expect(landscape.loading.value).toBeUndefined();
  expect(landscape.slice.value).toBeUndefined();
  expect(landscape.failure.value).toBeUndefined();
}

describe('a slice of the landscape', () => {
  test('is the loss at every point of its grid, lowest near the end of the path', async () => {
    const landscape = landscapeWith();
    await landscape.measure();
    const { losses, path } = landscape.slice.value!;
    expect(losses).toHaveLength(SIDE * SIDE);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(path.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(landscape.progress.value).toBeUndefined();
  });

  test('cancelled while the digits are fetched: their progress is not shown any more, nor anything measured', async () => {
    const door = createDoor();
    const loadings: Partial<Loading>[] = [];
    const landscape = landscapeWith({
      onLoad: (loading) => {
        loadings.push(loading);
        return door.pass();
      },
    });
    const measuring = landscape.measure();
    await door.reached;
    loadings[0]!.onProgress!(0.25);
    expect(landscape.loading.value).toBe(0.25);
    landscape.cancel();
    expect(loadings[0]!.signal!.aborted).toBe(true);
    loadings[0]!.onProgress!(0.5);
    expectIdle(landscape);
    door.open();
    await measuring;
    expectIdle(landscape);
  });

  test('cancelled while a row is measured: it is not heard, and no other is asked for', async () => {
    const door = createDoor();
    let rows = 0;
    const landscape = landscapeWith({
      onCall: (method) => {
        if (method !== 'sliceRow') return;
        rows++;
        return door.pass();
      },
    });
    const measuring = landscape.measure();
    await door.reached;
    expect(landscape.progress.value).toBe(0);
    landscape.cancel();
    door.open();
    await measuring;
    expectIdle(landscape);
    expect(rows).toBe(1);
  });

  test('when another plane is chosen meanwhile, that one is what is measured in the end', async () => {
    const door = createDoor();
    let isFirst = true;
    const landscape = landscapeWith({
      onCall: (method) => {
        if (method !== 'sliceRow' || !isFirst) return;
        isFirst = false;
        return door.pass();
      },
    });
    const first = landscape.measure();
    await door.reached;
    landscape.plane.value = 'random';
    const second = landscape.measure();
    await second;
    const measured = landscape.slice.value!;
    expect(measured.plane).toBe('random');
    door.open();
    await first;
    expect(landscape.slice.value).toBe(measured);
    expect(landscape.progress.value).toBeUndefined();
  });

  test('a failure after it was cancelled is not said', async () => {
    const door = createDoor();
    const landscape = landscapeWith({
      onLoad: async () => {
        await door.pass();
        throw new Error('train.bin could not be fetched');
      },
    });
    const measuring = landscape.measure();
    await door.reached;
    landscape.cancel();
    door.open();
    await measuring;
    expectIdle(landscape);
  });

  test('a worker that dies is said, and the next measurement has another', async () => {
    let dies = true;
    const landscape = landscapeWith({
      onCall: (method) => {
        if (!dies || method !== 'sliceRow') return;
        dies = false;
        throw new WorkerDied('it was killed');
      },
    });
    await landscape.measure();
    expect(landscape.failure.value).toContain('it was killed');
    expect(landscape.progress.value).toBeUndefined();
    await landscape.measure();
    expect(landscape.failure.value).toBeUndefined();
    expect(landscape.slice.value).toBeDefined();
  });
});
