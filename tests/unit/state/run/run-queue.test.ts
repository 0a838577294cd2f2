import { expect, test } from 'vitest';
import { ExaminedRuns, type ExaminedSetup } from '../../../../src/lib/training/examined-runs.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import { WorkerDied } from '../../../../src/state/remote/worker-client.ts';
import { createRunQueue } from '../../../../src/state/run/run-queue.ts';
import { repeatedDigits } from '../../training/digits.ts';
import { createDoor, createOverlaps, hastyClock, inProcess } from '../in-process.ts';

const train = repeatedDigits(200, 'train');
const test_ = repeatedDigits(100, 'test');

interface Setting {
  readonly cores?: number;
  readonly onCall?: (method: string, worker: number) => void | Promise<void>;
}

function queueWith({ cores = 2, onCall }: Setting = {}) {
  const state = { started: 0, alive: 0 };
  let now = 0;
  const queue = createRunQueue({
    start: () => {
      const own = state.started++;
      state.alive++;
      return inProcess(new ExaminedRuns(hastyClock()), {
        onEnd: () => void state.alive--,
        onCall: (method) => onCall?.(method, own),
      });
    },
    load: async () => ({ train, test: test_ }),
    kernels: async () => ({}),
    cores: () => cores,
    now: () => (now += 1000),
  });
  return { queue, state };
}

const runs = (count: number, epochs = 2): ExaminedSetup[] =>
  Array.from({ length: count }, (_, n) => ({
    setup: parseSetup({ layers: '784,6,10', batchSize: '50', epochs: String(epochs), seed: String(n + 1) }),
    images: 100,
    looks: [1],
  }));

test('the same results, to the bit, whatever the number of workers, which are gone in the end', async () => {
  const results = await Promise.all(
    [1, 2, 4].map(async (cores) => {
      const { queue, state } = queueWith({ cores });
      await queue.run(runs(5));
      expect(queue.status.value).toBe('finished');
      expect(state).toEqual({ started: cores < 4 ? cores : 3, alive: 0 });
      return queue.runs.value;
    }),
  );
  expect(results[0]!.map(({ looks }) => looks.map(({ epoch }) => epoch))).toEqual(Array(5).fill([1, 2]));
  expect(new Set(results[0]!.map(({ end }) => end!.last.weightNorm)).size).toBe(5);
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('how much is done grows from nothing to all, and what is left is what the rest takes at that speed', async () => {
  const shares: number[] = [];
  const left: (number | undefined)[] = [];
  const { queue } = queueWith({ cores: 1 });
  queue.runs.subscribe(() => {
    shares.push(queue.share.peek());
    left.push(queue.secondsLeft.peek());
  });
  await queue.run(runs(4));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  const half = shares.findIndex((share) => share >= 0.5);
  expect(left[half]).toBeCloseTo(queue.seconds.value * (1 - shares[half]!), -1);
  expect(left.at(-1)).toBe(0);
});

test('paused and gone on with, it ends as it would have without, and no worker is asked twice at once for long', async () => {
  const straight = queueWith({ cores: 1 }).queue;
  await straight.run(runs(3));
  const door = createDoor();
  const overlaps = createOverlaps();
  const { queue } = queueWith({
    cores: 1,
    onCall: (method) => (method === 'advance' ? overlaps.during(() => door.pass()) : undefined),
  });
  const first = queue.run(runs(3));
  await door.reached;
  queue.pause();
  expect(queue.status.value).toBe('paused');
  const second = queue.goOn();
  door.open();
  await Promise.all([first, second]);
  expect(queue.status.value).toBe('finished');
  expect(overlaps.count).toBeLessThanOrEqual(1);
  expect(queue.runs.value).toEqual(straight.runs.value);
});

test.each(['open', 'begin', 'advance'])(
  'an answer to "%s" after it was called off is not heard',
  async (method) => {
    const door = createDoor();
    const { queue, state } = queueWith({
      onCall: (called) => (called === method ? door.pass() : undefined),
    });
    const running = queue.run(runs(3));
    await door.reached;
    queue.cancel();
    door.open();
    await running;
    expect(state.alive).toBe(0);
    expect(queue.status.value).toBe('idle');
    expect(queue.share.value).toBe(0);
    expect(queue.runs.value.every(({ looks, end }) => looks.length === 0 && !end)).toBe(true);
    expect(queue.failure.value).toBeUndefined();
  },
);

test('others asked for while some are under way replace them', async () => {
  const { queue, state } = queueWith();
  const first = queue.run(runs(4, 3));
  const second = queue.run(runs(2));
  await Promise.all([first, second]);
  expect(queue.status.value).toBe('finished');
  expect(queue.runs.value.map(({ epoch }) => epoch)).toEqual([2, 2]);
  expect(state.alive).toBe(0);
  queue.clear();
  expect(queue.runs.value).toEqual([]);
  expect(queue.status.value).toBe('idle');
});

test('when a worker dies it ends, says why and can be started again', async () => {
  let dies = true;
  const { queue, state } = queueWith({
    onCall: (method, worker) => {
      if (!dies || method !== 'advance' || worker !== 1) return;
      dies = false;
      throw new WorkerDied('it was killed');
    },
  });
  await queue.run(runs(3));
  expect(queue.failure.value).toContain('it was killed');
  expect(queue.status.value).toBe('idle');
  expect(state.alive).toBe(0);
  await queue.run(runs(3));
  expect(queue.status.value).toBe('finished');
  expect(queue.failure.value).toBeUndefined();
});
