import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Setup,
  checkForDigits,
  defaultSetup,
  parseSetup,
  setupNames,
  setupOptions,
} from '../../../../src/lib/training/setup.ts';
import { formatLabAddress, readLabAddress } from '../../../../src/state/run/lab-address.ts';
import { presets } from '../../../../src/state/run/lab-presets.ts';

const texts: fc.Arbitrary<Setup> = fc
  .record({
    hidden: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 5 }),
    learningRate: fc.double({ min: 1e-8, max: 1000, noNaN: true }),
    optimizer: fc.constantFrom(...setupOptions.optimizer.allowed!),
    batchSize: fc.integer({ min: 1, max: 100_000 }),
    l2: fc.double({ min: 0, max: 1e6, noNaN: true }),
    dropout: fc.double({ min: 0, max: 0.99, noNaN: true }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    schedule: fc.constantFrom(...setupOptions.schedule.allowed!),
  })
  .map(({ hidden, ...rest }) => {
    const plain = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
    return parseSetup({ ...plain, layers: [784, ...hidden, 10].join(',') });
  });

describe('the address of a set-up', () => {
  test('leads back to the set-up', () => {
    fc.assert(
      fc.property(texts, (setup) => {
        expect(readLabAddress(formatLabAddress(setup))).toEqual({ setup, problem: undefined });
      }),
      { numRuns: 500 },
    );
  });

  test('is short: the usual set-up takes three characters, and the presets fewer than 200', () => {
    expect(formatLabAddress(defaultSetup)).toBe('#v=1');
    for (const { name, setup } of presets) {
      expect(formatLabAddress(setup).length, name).toBeLessThan(200);
      expect(readLabAddress(formatLabAddress(setup))).toEqual({ setup, problem: undefined });
    }
  });

  test('whatever it is, it throws nothing and never gives a set-up that is not allowed', () => {
    const flags = setupNames.map((name) => setupOptions[name].flag);
    const pairs = fc
      .array(
        fc.tuple(
          fc.oneof(fc.constantFrom(...flags, 'v', '__proto__'), fc.string()),
          fc.oneof(fc.string(), fc.double().map(String), fc.constant('784,10')),
        ),
      )
      .map(
        (parts) =>
          `#v=1&${parts.map(([key, value]) => `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`).join('&')}`,
      );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), pairs), (hash) => {
        const { setup, problem } = readLabAddress(hash);
        const again = Object.fromEntries(
          setupNames.map((name) => [
            name,
            (setupOptions[name] as { format: (value: unknown) => string }).format(setup[name]),
          ]),
        );
        expect(checkForDigits(parseSetup(again))).toEqual(setup);
        if (problem !== undefined) expect(setup).toEqual(defaultSetup);
      }),
      { numRuns: 2000 },
    );
  });

  for (const [hash, why] of [
    ['#v=2&lr=0.1', 'version is 2'],
    ['#lr=0.1', 'version is missing'],
    ['#v=1&lr=-3', 'Learning rate'],
    ['#v=1&speed=9', 'no option speed'],
    ['#v=1&lr=0.1&lr=0.2', 'twice'],
    ['#v=1&layers=100,10', '784'],
    ['#v=1&layers=784,8192,8192,10', 'million'],
    [`#v=1&layers=784,${'1,'.repeat(30)}10`, 'at most 20'],
    [`#v=1&lr=${'0'.repeat(3000)}1`, 'longer'],
  ] as const) {
    test(`${hash.slice(0, 40)} is refused: ${why}`, () => {
      const { setup, problem } = readLabAddress(hash);
      expect(setup).toEqual(defaultSetup);
      expect(problem).toContain(why);
    });
  }
});
