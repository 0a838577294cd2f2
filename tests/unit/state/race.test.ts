import { expect, test } from 'vitest';
import { Race } from '../../../src/lib/training/race.ts';
import { parseSetup } from '../../../src/lib/training/setup.ts';
import { HELD_BACK, createRace } from '../../../src/state/race.ts';
import { formatLoss } from '../../../src/state/run-curves.ts';
import { penDigits } from '../training/digits.ts';
import { inProcess } from './in-process.ts';

const dataset = penDigits(HELD_BACK + 200);

function raceOf(rates: readonly string[]) {
  const base = { layers: '784,8,8,10', activation: 'linear', batchSize: '20', epochs: '2' };
  return createRace(
    rates.map((learningRate) => ({ label: learningRate, setup: parseSetup({ ...base, learningRate }) })),
    {
      start: () => inProcess(new Race()),
      load: async () => dataset,
      kernels: async () => ({}),
    },
  );
}

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
  expect(lost.standings.value.map(({ points }) => formatLoss(points.at(-1)!.loss))).toEqual([
    'not a number',
    'not a number',
  ]);
  const mixed = raceOf(['1000', '0.05']);
  await mixed.run();
  expect(mixed.winner.value).toBe(1);
});
