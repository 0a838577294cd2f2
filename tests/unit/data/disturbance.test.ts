import { describe, expect, test } from 'vitest';
import { type Dataset, PIXELS, SIDE, createDataset } from '../../../src/lib/data/dataset.ts';
import { disturbanceNames, disturbed } from '../../../src/lib/data/disturbance.ts';
import { Random } from '../../../src/lib/nn/random.ts';

/** A grey square in the middle of each of twenty sheets. */
const values = new Uint8Array(20 * PIXELS);
for (let i = 0; i < 20; i++)
  for (let row = 10; row < 18; row++)
    values.fill(200, i * PIXELS + row * SIDE + 10, i * PIXELS + row * SIDE + 18);
const squares = createDataset('squares', values, new Uint8Array(20));

const sum = ({ values }: Dataset) => values.reduce((all, each) => all + each, 0);

describe('a disturbed copy', () => {
  test.each(disturbanceNames)('%s: strength 0 changes nothing, and the original stays as it was', (name) => {
    const before = squares.values.slice();
    expect(disturbed(squares, name, 0, new Random(1))).toEqual(squares);
    const worse = disturbed(squares, name, name === 'noise' ? 0.2 : 2, new Random(1));
    expect(worse.values).not.toEqual(before);
    expect(squares.values).toEqual(before);
    expect(disturbed(squares, name, name === 'noise' ? 0.2 : 2, new Random(1))).toEqual(worse);
  });

  test.each(['shift', 'rotation', 'blur'] as const)('%s: the ink stays as much as it was', (name) => {
    expect(Math.abs(sum(disturbed(squares, name, 2, new Random(3))) / sum(squares) - 1)).toBeLessThan(0.02);
  });

  test('a shift moves the middle of the ink by just so many pixels', () => {
    const { values: moved } = disturbed(squares, 'shift', 3, new Random(3));
    let [x, y, ink] = [0, 0, 0];
    for (let n = 0; n < PIXELS; n++) {
      x += (n % SIDE) * moved[n]!;
      y += Math.floor(n / SIDE) * moved[n]!;
      ink += moved[n]!;
    }
    expect(Math.hypot(x / ink - 13.5, y / ink - 13.5)).toBeCloseTo(3, 1);
  });

  test('a thicker square gains a pixel on each side, a thinner one loses one; half a pixel is half way', () => {
    const ink = (strength: number) => {
      const { values: changed } = disturbed(squares, 'thickness', strength, new Random(1));
      return changed.subarray(0, PIXELS).reduce((all, each) => all + each, 0) / 200;
    };
    // Corners have no neighbour in the square: 8 × 8, and four sides of 8.
    expect(ink(1)).toBe(64 + 32);
    expect(ink(2)).toBe(64 + 32 + 32 + 4);
    expect(ink(-1)).toBe(36);
    expect(ink(-2)).toBe(16);
    expect(ink(0.5)).toBe(64 + 16);
  });

  test('a quarter turn of a square is the square', () => {
    const turned = disturbed(squares, 'rotation', 90, new Random(1)).values;
    turned.forEach((byte, n) => expect(Math.abs(byte - squares.values[n]!)).toBeLessThanOrEqual(1));
  });

  test('the noise on grey is as wide as was asked', () => {
    const grey = createDataset('grey', new Uint8Array(20 * PIXELS).fill(128), new Uint8Array(20));
    const { values: noisy } = disturbed(grey, 'noise', 0.1, new Random(7));
    const variance = noisy.reduce((all, each) => all + (each - 128) ** 2, 0) / noisy.length;
    expect(Math.sqrt(variance) / 255).toBeCloseTo(0.1, 2);
  });
});
