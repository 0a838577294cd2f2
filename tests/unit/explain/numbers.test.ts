import { describe, expect, test } from 'vitest';
import {
  formatApart,
  formatCount,
  formatDecimals,
  formatDuration,
  formatExact,
  formatMagnitude,
  formatMegabytes,
  formatMilliseconds,
  formatNumber,
  formatRatio,
  formatShare,
  formatSignificant,
  parseNumber,
  printEquation,
} from '../../../src/explain/numbers.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { read, rounding } from './calculator.ts';

describe('a number', () => {
  test.each([
    [0.5626789, '0.563'],
    [-1.69749, '−1.697'],
    [0.0193456, '0.0193'],
    [4.289e-4, '4.29e−4'],
    [-123456.7, '−1.23e5'],
    [210.4, '210.4'],
    [0, '0'],
    [-0, '0'],
    [0.5, '0.5'],
    [48, '48'],
    [-6.3, '−6.3'],
    [Math.fround(-6.3), '−6.300'],
    [1, '1'],
    [0.99957, '1.000'],
    [1e-5, '1e−5'],
    [Number.NaN, 'not a number'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%d is written %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('ends without zeros only where it ends there exactly', () => {
    expect(formatNumber(0.25)).toBe('0.25');
    expect(formatNumber(0.2500001)).toBe('0.250');
    expect(formatNumber(1000)).toBe('1000');
  });

  test('what is written reads back as what it was, to half of its last digit, whatever its size', () => {
    const random = new Random(1);
    for (let n = 0; n < 3000; n++) {
      const value = random.between(-1, 1) * 10 ** random.between(-9, 9);
      for (const digits of [2, 3, 6]) {
        const text = formatNumber(value, digits);
        expect(text).not.toMatch(/[-+]/);
        expect(Math.abs(parseNumber(text) - value), text).toBeLessThanOrEqual(rounding(text));
      }
    }
  });

  test.each([
    [210, 2, '210'],
    [213.4, 2, '213'],
    [0.08123, 3, '0.0812'],
    [2.3041, 3, '2.30'],
    [0.001, 2, '0.001'],
    [3.2e-7, 2, '3.2e−7'],
  ])('%d in %d digits is %s', (value, digits, text) => {
    expect(formatSignificant(value, digits)).toBe(text);
  });

  test('with all its digits it is the same number, in the same signs', () => {
    expect(formatExact(-1.8559002446760786e-4)).toBe('−0.00018559002446760786');
    expect(formatExact(1e-7)).toBe('1e−7');
  });

  test('a size, a ratio, decimals, a count', () => {
    expect(formatMagnitude(3.4e-7)).toBe('3e−7');
    expect(formatRatio(429_377)).toBe('429,377');
    expect(formatRatio(3.156)).toBe('3.16');
    expect(formatRatio(4.2e9)).toBe('4.2e9');
    expect(formatDecimals(-0.04, 1)).toBe('0.0');
    expect(formatDecimals(-2.55, 1)).toBe('−2.5');
    expect(formatCount(59_999.6)).toBe('60,000');
    expect(formatMegabytes(9_912_422)).toBe('9.9 MB');
    expect(formatMilliseconds(0.5213)).toBe('0.52 ms');
    expect(formatMilliseconds(1332.4)).toBe('1,332 ms');
  });
});

describe('a share', () => {
  test.each([
    [0.8381, 1, '83.8\u00a0%'],
    [0.9997, 1, '>\u00a099.9\u00a0%'],
    [0.9997, 2, '99.97\u00a0%'],
    [59_999 / 60_000, 2, '>\u00a099.99\u00a0%'],
    [0.997, 0, '>\u00a099\u00a0%'],
    [1, 1, '100.0\u00a0%'],
    [1, 0, '100\u00a0%'],
    [0.0002, 1, '<\u00a00.1\u00a0%'],
    [0, 1, '0.0\u00a0%'],
    [Number.NaN, 1, 'not a number'],
  ])('%d with %d decimals is %s', (share, decimals, text) => {
    expect(formatShare(share, decimals)).toBe(text);
  });

  test('is 100 % only where it is all, and 0 % only where it is nothing', () => {
    const random = new Random(2);
    for (let n = 0; n < 2000; n++) {
      const near = 10 ** -random.between(0, 12);
      for (const decimals of [0, 1, 2]) {
        expect(formatShare(1 - near, decimals)).not.toMatch(/^100/);
        expect(formatShare(near, decimals)).not.toMatch(/^0(\.0+)?\s%/);
      }
    }
  });
});

describe('a duration', () => {
  test.each([
    [0.2, '1 s'],
    [59.2, '1 min 0 s'],
    [58, '58 s'],
    [119.6, '2 min 0 s'],
    [90, '1 min 30 s'],
    [3599.7, '1 h 0 min'],
    [7199, '2 h 0 min'],
    [5400, '1 h 30 min'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test('there are never 60 seconds beside minutes, nor 60 minutes beside hours', () => {
    for (let seconds = 0; seconds < 20_000; seconds += 0.7) {
      expect(formatDuration(seconds)).not.toMatch(/\b60 (s|min)/);
    }
  });
});

describe('an equation holds as it is printed', () => {
  const random = new Random(3);
  const anywhere = () => random.between(-1, 1) * 10 ** random.between(-4, 3);
  const equations: [string, number, (inputs: readonly number[]) => number][] = [
    ['a product', 2, ([a, b]) => a! * b!],
    ['a difference, however near', 2, ([a, b]) => a! - b!],
    ['a sum of products', 6, ([a, b, c, d, e, f]) => a! * b! + c! * d! + e! * f!],
    ['a logarithm', 1, ([p]) => -Math.log(Math.abs(p!))],
    ['an exponential', 1, ([z]) => Math.exp(-Math.abs(z!) / 100)],
  ];
  for (const [name, count, made] of equations) {
    test(name, () => {
      for (let n = 0; n < 500; n++) {
        const inputs = Array.from({ length: count }, anywhere);
        const printed = printEquation(inputs, made, made(inputs));
        expect(printed.isExact).toBe(true);
        const again = made(printed.inputs.map(read));
        expect(Math.abs(again - read(printed.result)), JSON.stringify(printed)).toBeLessThanOrEqual(
          rounding(printed.result),
        );
      }
    });
  }

  test('−ln of a probability near 1 has the digits that it needs', () => {
    const loss = 4.29e-4;
    const { inputs, result } = printEquation([Math.exp(-loss)], ([p]) => -Math.log(p!), loss);
    expect(result).toBe('4.29e−4');
    expect(inputs).toEqual(['0.999571']);
  });

  test('what does not hold is not said to: the network’s own number is off', () => {
    const { isExact, inputs, result } = printEquation([2, 3], ([a, b]) => a! * b!, 6.2);
    expect([isExact, ...inputs, result]).toEqual([false, '2', '3', '6.2']);
  });
});

test('two numbers are told apart by as many digits as that takes, and equal ones are not', () => {
  expect(formatApart(-1.69712, -1.69748)).toEqual(['−1.6971', '−1.6975']);
  expect(formatApart(2, 3)).toEqual(['2', '3']);
  expect(formatApart(0.1, 0.1)).toEqual(['0.1', '0.1']);
});
