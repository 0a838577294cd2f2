import { expect, test } from 'vitest';
import { kernelBytes } from '../../../../scripts/network/kernels.ts';
import { Race } from '../../../../src/lib/training/race.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import { HELD_BACK, createRace } from '../../../../src/state/run/race.ts';
import { formatSignificant } from '../../../../src/explain/numbers.ts';
import { repeatedDigits } from '../../training/digits.ts';
import { createDoor, createOverlaps, hastyClock, inProcess } from '../in-process.ts';
import { WorkerDied } from '../../../../src/state/remote/worker-client.ts';

/** Of 1,024 images a turn: some turns an epoch. */
const dataset = repeatedDigits(HELD_BACK + 2200);

interface Setting {
  readonly cores?: number;
  readonly batchSize?: string;
  readonly onCall?: (method: string, worker: number) => void | Promise<void>;
}

function raceWith(rates: readonly string[], { cores = 2, batchSize = '20', onCall }: Setting = {}) {
  const base = { layers: '784,8,8,10', activation: 'linear', batchSize, epochs: '2' };
  const state = { started: 0, alive: 0 };
  const race = createRace(
    rates.map((learningRate) => ({ label: learningRate, setup: parseSetup({ ...base, learningRate }) })),
    {
      start: () => {
        const own = state.started++;
        state.alive++;
        return inProcess(new Race(hastyClock()), {
          onEnd: () => void state.alive--,
          onCall: (method) => onCall?.(method, own),
        });
      },
      load: async () => dataset,
      kernels: kernelBytes,
      cores: () => cores,
    },
  );
  return { race, state };
}

const raceOf = (rates: readonly string[]) => raceWith(rates).race;

test('the winner of a race reads the most of what was held back', async () => {
  const race = raceOf(['0.0001', '0.05']);
  expect(race.winner.value).toBeUndefined();
  await race.run();
  expect(race.winner.value).toBe(1);
  const [slow, fast] = race.standings.value.map(({ evaluation }) => evaluation!.accuracy);
  expect(fast).toBeGreaterThan(slow!);
  race.cancel();
  expect(race.winner.value).toBeUndefined();
});

test('a race that all lose has no winner, and who loses never wins', async () => {
  const lost = raceOf(['1000', '100']);
  await lost.run();
  expect(lost.status.value).toBe('finished');
  expect(lost.standings.value.map(({ finished }) => finished)).toEqual(['diverged', 'diverged']);
  expect(lost.winner.value).toBeUndefined();
  expect(lost.standings.value.map(({ points }) => formatSignificant(points.at(-1)!.loss))).toEqual([
    'not a number',
    'not a number',
  ]);
  const mixed = raceOf(['1000', '0.05']);
  await mixed.run();
  expect(mixed.winner.value).toBe(1);
});

test('the same curves, to the bit, whatever the number of workers', async () => {
  const runs = await Promise.all(
    [1, 2, 4].map(async (cores) => {
      const { race, state } = raceWith(['0.01', '0.05', '0.002'], { cores });
      await race.run();
      expect(state.started).toBe(Math.min(3, cores));
      return race.standings.value;
    }),
  );
  expect(runs[0]!.map(({ points }) => points.length)).toEqual([6, 6, 6]);
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
});

test('paused and gone on with, a race ends as it would have without', async () => {
  const straight = raceOf(['0.01', '0.05']);
  await straight.run();
  const door = createDoor();
  const overlaps = createOverlaps();
  const { race: halted } = raceWith(['0.01', '0.05'], {
    cores: 1,
    onCall: (method) => (method === 'advance' ? overlaps.during(() => door.pass()) : undefined),
  });
  const first = halted.run();
  await door.reached;
  halted.pause();
  const second = halted.run();
  door.open();
  await Promise.all([first, second]);
  expect(halted.status.value).toBe('finished');
  // The last answer from before the pause may still be on its way; after that one call at a time.
  expect(overlaps.count).toBeLessThanOrEqual(1);
  expect(halted.standings.value).toEqual(straight.standings.value);
});

test.each(['open', 'advance'])(
  'an answer to "%s" after the race was called off is not heard',
  async (method) => {
    const door = createDoor();
    const { race, state } = raceWith(['0.01', '0.05'], {
      onCall: (called) => (called === method ? door.pass() : undefined),
    });
    const running = race.run();
    await door.reached;
    race.cancel();
    door.open();
    await running;
    expect(state.alive).toBe(0);
    expect(race.status.value).toBe('idle');
    expect(race.standings.value.every(({ points, epoch }) => points.length === 0 && epoch === 0)).toBe(true);
    expect(race.failure.value).toBeUndefined();
  },
);

test('called off while it opens and begun again at once, it has one crew in the end', async () => {
  const { race, state } = raceWith(['0.01', '0.05']);
  const first = race.run();
  race.cancel();
  const second = race.run();
  await Promise.all([first, second]);
  expect(race.status.value).toBe('finished');
  expect(state).toEqual({ started: 2, alive: 2 });
});

test('when one of the workers dies the race ends, says why and can be started again', async () => {
  let dies = true;
  const { race, state } = raceWith(['0.01', '0.05'], {
    onCall: (method, worker) => {
      if (!dies || method !== 'advance' || worker !== 1) return;
      dies = false;
      throw new WorkerDied('it was killed');
    },
  });
  await race.run();
  expect(race.failure.value).toContain('it was killed');
  expect(race.status.value).toBe('idle');
  expect(state.alive).toBe(0);
  await race.run();
  expect(race.status.value).toBe('finished');
  expect(race.failure.value).toBeUndefined();
});

test('a worker whose runners are done is not asked any more', async () => {
  const asked = [0, 0];
  const { race } = raceWith(['1000', '0.01'], {
    onCall: (method, worker) => {
      if (method === 'advance') asked[worker]!++;
    },
    batchSize: '1',
  });
  await race.run();
  expect(race.standings.value.map(({ finished }) => finished)).toEqual(['diverged', 'epochs']);
  expect(asked[0]).toBe(1);
  expect(asked[1]).toBeGreaterThan(1);
});
