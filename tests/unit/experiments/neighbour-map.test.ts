import { describe, expect, test } from 'vitest';
import { NeighbourMap } from '../../../src/lib/experiments/neighbour-map.ts';
import { Random } from '../../../src/lib/nn/random.ts';

/** Three heaps of 30 in five directions, far from each other. */
const random = new Random(6);
const UNITS = 5;
const heapOf = (row: number) => Math.floor(row / 30);
const values = Float32Array.from(
  { length: 90 * UNITS },
  (_, n) => random.normal() + (n % UNITS === heapOf(Math.floor(n / UNITS)) ? 30 : 0),
);
const asked = { values, units: UNITS, seed: 4 };

function made(epochs: number): { map: NeighbourMap; places: Float64Array } {
  const map = new NeighbourMap();
  let now = map.begin(asked);
  while (now.epoch < now.epochs) now = map.advance({ epochs });
  return { map, places: now.places };
}

const { map, places } = made(70);

describe('a map of neighbours', () => {
  test('keeps heaps together: whoever is nearest is of the same heap', () => {
    for (let row = 0; row < 90; row++) {
      let [nearest, least] = [-1, Infinity];
      for (let other = 0; other < 90; other++) {
        const far = Math.hypot(
          places[2 * row]! - places[2 * other]!,
          places[2 * row + 1]! - places[2 * other + 1]!,
        );
        if (other !== row && far < least) [nearest, least] = [other, far];
      }
      expect(heapOf(nearest)).toBe(heapOf(row));
    }
  });

  test('comes out the same from the same seed, in whatever steps it is made, and other from another', () => {
    expect(made(1000).places).toEqual(places);
    const other = new NeighbourMap();
    other.begin({ ...asked, seed: 5 });
    expect(other.advance({ epochs: 1000 }).places).not.toEqual(places);
  });

  test('puts a newcomer into its heap, at the same place each time, and stays as it is', () => {
    const newcomer = Float32Array.from({ length: UNITS }, (_, j) => (j === 1 ? 30 : 0.2));
    const place = map.place({ values: newcomer });
    expect(place.length).toBe(2);
    const heap = (of: number, at: 0 | 1) => {
      const own = Array.from({ length: 30 }, (_, n) => places[2 * (30 * of + n) + at]!);
      return [Math.min(...own) - 1, Math.max(...own) + 1] as const;
    };
    for (const at of [0, 1] as const) {
      const [low, high] = heap(1, at);
      expect(place[at]).toBeGreaterThan(low);
      expect(place[at]).toBeLessThan(high);
    }
    expect(map.place({ values: newcomer })).toEqual(place);
    expect(map.advance({ epochs: 1 }).places).toEqual(places);
    expect(map.measure({ places }).neighbours).toBeGreaterThan(0.3);
  });

  test('what was not begun, or is not finished, says so', () => {
    const early = new NeighbourMap();
    expect(() => early.advance({ epochs: 1 })).toThrow('no map was begun');
    const { epochs } = early.begin(asked);
    early.advance({ epochs: 3 });
    expect(() => early.place({ values: new Float32Array(UNITS) })).toThrow(`epoch 3 of ${epochs}`);
    expect(() => early.begin({ ...asked, values: values.subarray(0, 10 * UNITS) })).toThrow('10');
  });
});
