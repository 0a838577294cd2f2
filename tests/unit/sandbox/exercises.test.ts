import { describe, expect, test } from 'vitest';
import { type ExerciseName, exercises } from '../../../src/sandbox/exercises/exercises.ts';
import { nodeKernel } from './node-kernel.ts';

/** Wrong answers that people give, and what each must be told. */
const WRONG: Readonly<Record<ExerciseName, readonly (readonly [string, RegExp])[]>> = {
  'one-hot': [
    ['const scale = (bytes) => bytes.map((byte) => byte / 256)', /that is what has to become 1/],
    ['const scale = (bytes) => bytes.map((byte) => byte / 100)', /The largest byte, 255/],
    ['const scale = (bytes) => { bytes.map((byte) => byte / 255) }', /ends without a return/],
    [
      'const scale = (bytes) => bytes.map((byte) => byte / 255); const oneHot = (label) => Array.from({ length: 10 }, (_, k) => k + 1 === label ? 1 : 0)',
      /one place too early/,
    ],
    [
      'const scale = (bytes) => bytes.map((byte) => byte / 255); const oneHot = (label) => new Array(10).fill(label)',
      /Every place holds the label/,
    ],
    [
      'const scale = (bytes) => bytes.map((byte) => byte / 255); const oneHot = (label) => Array.from({ length: 9 }, (_, k) => k === label ? 1 : 0)',
      /Nine places/,
    ],
    [
      'const scale = (bytes) => bytes.map((byte) => byte / 255); const oneHot = (label) => [label]',
      /1 numbers where there should be 10/,
    ],
  ],
  'affine-by-hand': [
    [
      'const affine = (A, W) => A.map((a) => W.map((w) => a.reduce((s, v, k) => s + w[k] * v, 0)))',
      /biases are missing/,
    ],
    [
      'const affine = (A, W, b) => A.map((a) => W.map((w, j) => a.reduce((s, v, k) => s + w[k] * v + b[j], 0)))',
      /once for each input/,
    ],
    [
      'const affine = (A, W, b) => A.map((a) => W.map((_, j) => a.reduce((s, v, k) => s + (W.length === 1 ? W[j][k] : W[k][j]) * v, b[j])))',
      /have changed places/,
    ],
    ['const affine = (A, W, b) => A.map((a) => W.map((w, j) => 1))', /sum over k/],
  ],
  'softmax-by-hand': [
    ['const softmax = (z) => z.map(Math.exp)', /These are the exponentials/],
    [
      'const softmax = (z) => { const e = z.map(Math.exp); const s = e.reduce((a, b) => a + b); return e.map((v) => v / s) }',
      /Subtract the largest/,
    ],
    [
      'const softmax = (z) => { const s = z.reduce((a, b) => a + b); return z.map((v) => v / s) }',
      /exponential is missing/,
    ],
    ['const softmax = (z) => z.map((v) => Math.exp(v - Math.max(...z)))', /do not sum to 1/],
    [
      'const softmax = (z) => { const s = z.reduce((a, v) => a + Math.exp(v), 0); return z.map((v) => Math.exp(v - Math.max(...z)) / s) }',
      /above the line and not below/,
    ],
  ],
  'sgd-step': [
    ['const sgdStep = (w, g, rate) => w.map((v, n) => v + rate * g[n])', /goes uphill/],
    ['const sgdStep = (w, g) => w.map((v, n) => v - g[n])', /far too long/],
    ['const sgdStep = (w) => w', /Nothing has moved/],
    ['const sgdStep = (w, g, rate) => w.map((v, n) => v * (1 - rate * g[n]))', /a share of itself/],
  ],
  'penalty-gradient': [
    ['const withPenalty = (w, g) => g', /loss alone/],
    [
      'const withPenalty = (w, g, l, m) => g.map((v, n) => v + l * w[n] * w[n] / (2 * m))',
      /Adds|adds the penalty itself/,
    ],
    ['const withPenalty = (w, g, l, m) => g.map((v, n) => v + l * w[n] / (2 * m))', /there to cancel it/],
    ['const withPenalty = (w, g, l) => g.map((v, n) => v + l * w[n])', /division by m is missing/],
    ['const withPenalty = (w, g, l, m) => g.map((v, n) => v - l * w[n] / m)', /sign is turned/],
  ],
  'confusion-matrix': [
    [
      'const confusionMatrix = (y, r, c) => Array.from({ length: c }, () => new Array(c).fill(0))',
      /Nothing has been counted/,
    ],
    [
      'const confusionMatrix = (y, r, c) => { const t = Array.from({ length: c }, () => new Array(c).fill(0)); y.forEach((l, n) => t[r[n]][l]++); return t }',
      /have changed places/,
    ],
    [
      'const confusionMatrix = (y, r, c) => { const t = Array.from({ length: c }, () => new Array(c).fill(0)); y.forEach((l, n) => { if (l === r[n]) t[l][l]++ }); return t }',
      /Only what was read right/,
    ],
  ],
};

describe.each(Object.keys(exercises) as ExerciseName[])('the exercise %s', (name) => {
  const { solution, starter } = exercises[name];

  test('takes its own solution, and not what stands there at first', async () => {
    const kernel = await nodeKernel();
    expect((await kernel.check(name, solution)).check).toMatchObject({ isRight: true });
    const begun = await kernel.check(name, starter);
    expect(begun.failure).toBeUndefined();
    expect(begun.check).toMatchObject({ isRight: false });
  });

  test.each(WRONG[name])(
    'says of %s what is wrong, with what was given and what came',
    async (code, says) => {
      const { check } = await (await nodeKernel()).check(name, code);
      expect(check?.isRight).toBe(false);
      expect(check?.text).toMatch(says);
      expect(check?.seen.map(([label]) => label)).toContain('expected');
    },
  );
});

test('an exercise whose function is missing, or throws, is not right', async () => {
  const kernel = await nodeKernel();
  expect((await kernel.check('sgd-step', 'const sgdStep = 1;')).check?.text).toBe(
    'There is no function called sgdStep.',
  );
  const { failure, check } = await kernel.check(
    'sgd-step',
    'function sgdStep(): number[] {\n  throw new RangeError("no");\n}',
  );
  expect(check).toBeUndefined();
  expect(failure).toMatchObject({ message: 'RangeError: no', line: 2, column: 9 });
});
