import { describe, expect, test } from 'vitest';
import { type ExerciseName, exercises } from '../../../src/sandbox/exercises/exercises.ts';
import { backwardOfLines, ladder, rightLines, wrongLines } from '../../../src/sandbox/exercises/ladder.ts';
import { authoredCells } from './authored-cells.ts';
import { faultOf } from '../../../src/lib/clinic/faults.ts';
import { nodeKernel } from './node-kernel.ts';

/** The right lines of a two-layer backward, some of them replaced. */
const lines = (changes: Readonly<Record<number, string>>) =>
  backwardOfLines(rightLines.map((line, n) => changes[n] ?? line));

/** The loop of rung 5, with other lines in it. */
const loop = ({
  dW = 'outer(delta, pass.a[l])',
  db = 'delta',
  back = 'timesTransposed(layers[l].W, delta)',
  bend = 'dA.map((blame, j) => (pass.z[l - 1][j] > 0 ? blame : 0))',
}) => `function backward(layers, pass, delta) {
  const gradients = [];
  for (let l = layers.length - 1; l >= 0; l--) {
    gradients[l] = { dW: ${dW}, db: ${db} };
    if (l === 0) break;
    const dA = ${back};
    delta = ${bend};
  }
  return gradients;
}`;

const LADDER: readonly string[] = Object.keys(ladder);

/** What stands above a rung on its page, solved: a kernel in which it has run. */
async function kernelFor(name: string) {
  const kernel = await nodeKernel();
  if (!LADDER.includes(name)) return kernel;
  for (const cell of authoredCells('content/backprop-ladder.mdx')) {
    if (cell.name === name) break;
    expect((await kernel.run(cell.code, cell.name)).failure, cell.name).toBeUndefined();
  }
  return kernel;
}

const solutionOf = (name: keyof typeof ladder) => ladder[name].solution;

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
  'lines-in-order': [
    [lines({ 0: wrongLines[0] }), /the wrong way round/],
    [lines({ 2: wrongLines[1] }), /W stands where Wᵀ should/],
    [lines({ 3: wrongLines[2] }), /the activation stands where its slope should/],
  ],
  'one-operand': [
    [lines({ 1: 'const dW2 = outer(delta2, z1);' }), /after ReLU, and not its sums/],
    [lines({ 1: 'const dW2 = outer(delta2, x);' }), /not the input of the network/],
    [lines({ 1: 'const dW2 = outer(delta2, p);' }), /what came out of the layer/],
    [lines({ 1: 'const dW2 = outer(a1, delta2);' }), /have changed places/],
  ],
  'one-line': [
    [lines({ 3: 'const delta1 = dA1;' }), /mask is forgotten/],
    [lines({ 3: 'const delta1 = dA1.map((blame, j) => blame * a1[j]);' }), /activation stands where/],
    [lines({ 3: 'const delta1 = dA1.map(() => 0);' }), /blame stops at the last layer/],
    [lines({ 3: 'const delta1 = z1;' }), /line by line/],
  ],
  'backward-by-hand': [
    [loop({ bend: 'dA' }), /mask is forgotten in both layers/],
    [loop({ back: 'times(layers[l].W, delta)' }), /W stands where Wᵀ should/],
    [loop({ bend: 'dA.map((blame, j) => blame * pass.a[l][j])' }), /activation stands where its slope/],
    [loop({ db: 'delta.map(() => 0)' }), /gradient of the biases is forgotten/],
    [loop({ dW: 'outer(pass.a[l], delta)' }), /have changed places/],
    [loop({ dW: 'outer(delta, pass.a[l + 1])' }), /what came out of the layer/],
    [loop({ bend: 'dA.map(() => 0)' }), /blame stops at the last layer/],
    [
      loop({ bend: 'dA.map((blame, j) => (pass.z[l === 1 ? 1 : 0][j] > 0 ? blame : 0))' }),
      /mask of another layer/,
    ],
    [
      loop({ bend: 'l === 1 ? dA : dA.map((blame, j) => (pass.z[l - 1][j] > 0 ? blame : 0))' }),
      /in the first layer/,
    ],
    [loop({}).replace('return gradients', 'return gradients.reverse()'), /in the wrong order/],
    [loop({}).replace('return gradients', 'return gradients.slice(0, 1)'), /\[1\]\.dW is missing/],
    [loop({ dW: '0' }), /\[0\]\.dW, backward gives 1 numbers where there should be 9/],
    [
      loop({ dW: 'outer(delta, pass.a[l]).map((row) => row.map((v) => 2 * v))' }),
      /Begin with the last layer/,
    ],
  ],
  'a-batch-by-hand': [
    [solutionOf('a-batch-by-hand').replace('1 / passes.length', '1'), /not divided by the batch size/],
    [
      'const backwardBatch = (layers, passes, deltas) => passes.map((pass, i) => backward(layers, pass, deltas[i])).at(-1)',
      /Only the last example/,
    ],
    [
      'const backwardBatch = (layers, passes, deltas) => backward(layers, passes[0], deltas[0])',
      /Only the first example/,
    ],
    [solutionOf('a-batch-by-hand').replace('+= share * db[j]', '= 0'), /biases is forgotten/],
    [
      solutionOf('a-batch-by-hand').replace('1 / passes.length', '2 / passes.length'),
      /right as it stands in rung 5/,
    ],
  ],
  'the-loss-by-hand': [
    [solutionOf('the-loss-by-hand').replace('share - (k', '-share + (k'), /the wrong way round/],
    [
      solutionOf('the-loss-by-hand').replace('share - (k === labels[i] ? 1 : 0)', 'share'),
      /label is not subtracted/,
    ],
    [solutionOf('the-loss-by-hand').replace('/ images.length', ''), /sum over the examples/],
    [solutionOf('the-loss-by-hand').replace('sum - Math.log', 'sum + Math.log'), /sign of the loss/],
    [
      solutionOf('the-loss-by-hand').replace(
        'share - (k === labels[i] ? 1 : 0)',
        '2 * (share - (k === labels[i] ? 1 : 0))',
      ),
      /For each image: forward/,
    ],
    [
      solutionOf('the-loss-by-hand').replace(
        'backwardBatch(layers, passes, deltas)',
        'backwardBatch(layers, passes, deltas.map((d) => d.map((v) => v * deltas.length)))',
      ),
      /not divided by the batch size/,
    ],
  ],
  'the-step-by-hand': [
    [solutionOf('the-step-by-hand').replaceAll('-= learningRate', '+= learningRate'), /goes uphill/],
    [solutionOf('the-step-by-hand').replaceAll('learningRate * d', 'd'), /learning rate is missing/],
    [solutionOf('the-step-by-hand').replace('b[j] -= learningRate * db[j];', ''), /the biases have not/],
    [ladder['the-step-by-hand'].starter, /Nothing has moved/],
    [
      solutionOf('the-step-by-hand').replace('from += batchSize', 'from += images.length'),
      /stops after the first batch/,
    ],
    [
      solutionOf('the-step-by-hand')
        .replaceAll('from + batchSize', 'images.length')
        .replace('from += batchSize', 'from += images.length'),
      /one step with all images at once/,
    ],
    [
      solutionOf('the-step-by-hand').replace('from < images.length', 'from + batchSize <= images.length'),
      /after the last whole batch/,
    ],
    [
      solutionOf('the-step-by-hand')
        .replace('from += batchSize', 'from++')
        .replace('from + batchSize', 'from + 1'),
      /one step for each image/,
    ],
  ],
};

describe.each(Object.keys(exercises) as ExerciseName[])('the exercise %s', (name) => {
  const { solution, starter } = exercises[name];

  test('takes its own solution, and not what stands there at first', async () => {
    const kernel = await kernelFor(name);
    expect(await kernel.check(name, solution)).toMatchObject({
      failure: undefined,
      check: { isRight: true },
    });
    const begun = await kernel.check(name, starter);
    expect(begun.failure).toBeUndefined();
    expect(begun.check).toMatchObject({ isRight: false });
  });

  test.each(WRONG[name])(
    'says of %s what is wrong, with what was given and what came',
    async (code, says) => {
      const { check, failure } = await (await kernelFor(name)).check(name, code);
      expect(failure).toBeUndefined();
      expect(check?.isRight).toBe(false);
      expect(check?.text).toMatch(says);
      const told = [
        ...(check?.seen.map(([label]) => label) ?? []),
        ...(check?.shown.map(({ kind }) => kind) ?? []),
      ];
      expect(told).toEqual(expect.arrayContaining([expect.stringMatching(/^(?:expected|matrix|heat)$/)]));
    },
  );
});

test('a fault of the clinic is named, and its reason stands among others: nothing is said of why before', async () => {
  const kernel = await kernelFor('backward-by-hand');
  const unmasked = solutionOf('backward-by-hand').replace('(pass.z[l - 1][j] > 0 ? blame : 0)', 'blame');
  const { check } = await kernel.check('backward-by-hand', unmasked);
  const { says } = faultOf('masks-forgotten');
  expect(check?.text).not.toContain(says);
  expect(new Set(check?.why?.reasons).size).toBe(3);
  expect(check?.why?.reasons[check.why.right]).toBe(says);
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
