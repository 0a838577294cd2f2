import { expect, test, vi } from 'vitest';
import {
  SEED,
  createNeighbourMapping,
  describeShadows,
} from '../../../../src/components/evaluation/neighbour-map.ts';
import { NeighbourMap } from '../../../../src/lib/experiments/neighbour-map.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { inProcess } from '../../state/in-process.ts';

const random = new Random(2);
const UNITS = 4;
const hidden = Float32Array.from({ length: 40 * UNITS }, () => random.normal());
const places = Float64Array.from({ length: 80 }, (_, n) => hidden[Math.floor(n / 2) * UNITS + (n % 2)]!);
const layer = { hidden, units: UNITS, places };

/** Stops at the n-th call of `advance`, by what is given. */
function mappingThat(onAdvance: (n: number) => void = () => {}) {
  const state = { started: 0, ended: 0, advances: 0 };
  const mapping = createNeighbourMapping(layer, () => {
    state.started++;
    return inProcess(new NeighbourMap(), {
      onEnd: () => void state.ended++,
      onCall: (method) => {
        if (method === 'advance') onAdvance(++state.advances);
      },
    });
  });
  return { mapping, state };
}

const whole = () => {
  const map = new NeighbourMap();
  const { epochs } = map.begin({ values: hidden, units: UNITS, seed: SEED });
  return { map, end: map.advance({ epochs }) };
};

test('the map comes out as the library’s, with what it keeps; a pause on the way changes nothing', async () => {
  const { mapping, state } = mappingThat((n) => {
    if (n === 3) mapping.pause();
  });
  await mapping.goOn();
  expect(mapping.isRunning.value).toBe(false);
  expect(mapping.isDone.value).toBe(false);
  expect(state.advances).toBe(3);
  await mapping.placeOwn(hidden.subarray(0, UNITS));
  expect(mapping.own.value).toBeUndefined();
  await mapping.goOn();
  const { map, end } = whole();
  expect(mapping.progress.value).toEqual(end);
  expect(mapping.shadows.value).toEqual({ map: map.measure(end), directions: map.measure({ places }) });
  expect(state.started).toBe(1);
  await mapping.placeOwn(hidden.subarray(0, UNITS));
  expect(mapping.own.value).toEqual(map.place({ values: hidden.subarray(0, UNITS) }));
  await mapping.placeOwn(undefined);
  expect(mapping.own.value).toBeUndefined();
});

test('a map that was let go of is not heard any more, and another can be begun at once', async () => {
  const { mapping, state } = mappingThat((n) => {
    if (n === 2) mapping.cancel();
  });
  const first = mapping.goOn();
  await first;
  expect([mapping.progress.value, mapping.isRunning.value, state.ended]).toEqual([undefined, false, 1]);
  await mapping.goOn();
  expect(mapping.progress.value).toEqual(whole().end);
  expect(state.started).toBe(2);
});

test('asked to go on while it goes on, it asks the worker for no epoch twice', async () => {
  const once = mappingThat();
  await once.mapping.goOn();
  const { mapping, state } = mappingThat((n) => {
    if (n === 2) {
      mapping.pause();
      void mapping.goOn();
    }
  });
  await Promise.all([mapping.goOn(), mapping.goOn()]);
  await vi.waitFor(() => expect(mapping.isDone.value).toBe(true));
  expect(state.advances).toBe(once.state.advances);
  expect(mapping.progress.value).toEqual(whole().end);
});

test('a worker that cannot go on is said to, and the next begins from nothing', async () => {
  let fails = true;
  const { mapping } = mappingThat((n) => {
    if (n === 2 && fails) throw new Error('no memory');
  });
  await mapping.goOn();
  expect(mapping.failure.value).toBe('The map could not be made: no memory');
  expect([mapping.progress.value, mapping.isRunning.value]).toEqual([undefined, false]);
  fails = false;
  await mapping.goOn();
  expect([mapping.failure.value, mapping.isDone.value]).toEqual([undefined, true]);
});

test('what two pictures keep is told by their numbers', () => {
  const said = describeShadows(
    { map: { neighbours: 0.5, distances: 0.3 }, directions: { neighbours: 0.25, distances: 0.8 } },
    32,
  );
  expect(said).toContain('50.0\u00a0% are among its ten nearest on this map, and 25.0\u00a0%');
  expect(said).toContain('it keeps more of who is next to whom');
  expect(said).toContain('it keeps less of');
});
