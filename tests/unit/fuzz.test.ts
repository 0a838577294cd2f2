import { expect, test } from 'vitest';
import { readers } from '../fuzz/readers.ts';
import { inputOf, tryInput } from '../fuzz/try-input.ts';

/** Of each reader; `npm run fuzz` reads as many as its time allows. */
const INPUTS = 60;

/** Any number will do: the same makes the same inputs. */
const SEED = 29;

test.each(readers)('$name: what is valid is read, what is damaged does no harm', async (reader) => {
  for (const valid of reader.valid) await reader.read(structuredClone(valid));
  for (let n = 0; n < INPUTS; n++)
    expect((await tryInput(reader, inputOf(reader, n, SEED)))?.says, `input ${n}`).toBeUndefined();
});

test('another error than its own, too much time and too much memory are noticed', async () => {
  const failing = (read: () => unknown) =>
    tryInput({ name: 'a', valid: [], mayThrow: [RangeError], read }, '');
  const slowly = () => {
    const end = process.threadCpuUsage().user + 2.1e6;
    while (process.threadCpuUsage().user < end) Array.from({ length: 1000 }, Math.sqrt);
  };
  expect((await failing(() => null!['a']))?.says).toContain('it threw TypeError');
  expect((await failing(() => new Float64Array(10_000_000)))?.says).toBe('it asked for 80 MB');
  expect((await failing(slowly))?.says).toMatch(/^it took 2\.\d seconds$/);
  expect(
    await failing(() => {
      throw new RangeError('its own');
    }),
  ).toBeUndefined();
});
