import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlace } from '../../../../src/state/pass/place-in-pass.ts';

test('an address gives its digit, network and step', () => {
  expect(readPlace('#digit=12&network=shipped&step=3')).toEqual({ digit: 12, network: 'shipped', step: 3 });
});

test('what is wrong in an address is left out, and the rest is used', () => {
  expect(readPlace('#digit=-1&network=evil&step=2')).toEqual({ step: 2 });
  expect(readPlace('#digit=1e3&step=99999')).toEqual({});
  expect(readPlace('')).toEqual({});
});

test('any address gives whole numbers and known networks, or nothing', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (digit, network) => {
      const place = readPlace(`#digit=${digit}&network=${network}`);
      expect(Number.isInteger(place.digit ?? 0) && (place.digit ?? 0) >= 0).toBe(true);
      expect(['shipped', 'original', undefined]).toContain(place.network);
    }),
  );
});
