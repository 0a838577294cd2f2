import { describe, expect, test } from 'vitest';
import { cosine, exponential, logarithm } from '../../../src/lib/nn/elementary.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), Number.MIN_VALUE);

describe('Random', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    const numbers = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => random.bits());
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });

  test('the first numbers of seed 1 stay what they are: saved runs depend on them', () => {
    const random = new Random(1);
    expect(Array.from({ length: 4 }, () => random.bits())).toMatchInlineSnapshot(`
      [
        393288148,
        2174103013,
        3814759091,
        2092745082,
      ]
    `);
  });

  test('uniform numbers fill [0, 1) evenly', () => {
    const random = new Random(3);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) tenths[Math.floor(random.uniform() * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  test('normal numbers have the moments of a normal distribution', () => {
    const random = new Random(4);
    const moments = [0, 0, 0, 0];
    const count = 200_000;
    for (let i = 0; i < count; i++) {
      const x = random.normal();
      for (let power = 1; power <= 4; power++) moments[power - 1]! += x ** power / count;
    }
    expect(moments[0]).toBeCloseTo(0, 1.5);
    expect(moments[1]).toBeCloseTo(1, 1.5);
    expect(Math.abs(moments[2]!)).toBeLessThan(0.05);
    expect(Math.abs(moments[3]! - 3)).toBeLessThan(0.1);
  });

  test('a shuffle keeps the elements, and each lands everywhere', () => {
    const random = new Random(5);
    const places = new Array<number>(5).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const shuffled = random.shuffle([0, 1, 2, 3, 4]);
      expect([...shuffled].sort()).toEqual([0, 1, 2, 3, 4]);
      places[shuffled.indexOf(0)]!++;
    }
    for (const count of places) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test('a generator goes on from its state', () => {
    const random = new Random(6);
    random.bits();
    const copy = Random.fromState(random.state);
    expect([copy.bits(), copy.bits()]).toEqual([random.bits(), random.bits()]);
  });

  test('a seed that is no unsigned 32-bit integer is refused by value', () => {
    for (const seed of [-1, 1.5, Number.NaN, 2 ** 32]) expect(() => new Random(seed)).toThrow(String(seed));
  });
});

describe('elementary functions agree with Math', () => {
  const random = new Random(9);
  test('exponential, to 1e-15 relative', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = random.between(-700, 700);
      expect(relative(exponential(x), Math.exp(x)), `x = ${x}`).toBeLessThan(1e-15);
    }
  });

  test('logarithm, to 1e-15 relative', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = Math.exp(random.between(-700, 700));
      expect(relative(logarithm(x), Math.log(x)), `x = ${x}`).toBeLessThan(1e-15);
    }
  });

  test('cosine, to 1e-14 over a few turns', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = random.between(-40, 40);
      expect(Math.abs(cosine(x) - Math.cos(x)), `x = ${x}`).toBeLessThan(1e-14);
    }
  });

  test('at the edges', () => {
    expect(exponential(0)).toBe(1);
    expect(exponential(710)).toBe(Infinity);
    expect(exponential(-Infinity)).toBe(0);
    expect(exponential(-745)).toBe(5e-324);
    expect(exponential(Number.NaN)).toBeNaN();
    expect(logarithm(0)).toBe(-Infinity);
    expect(logarithm(Infinity)).toBe(Infinity);
    expect(logarithm(-1)).toBeNaN();
    expect(logarithm(5e-324)).toBeCloseTo(Math.log(5e-324), 10);
    expect(cosine(Infinity)).toBeNaN();
  });
});
