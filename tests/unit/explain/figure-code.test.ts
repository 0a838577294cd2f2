import { describe, expect, test } from 'vitest';
import * as figures from '../../../src/explain/figure-code.ts';
import type { CodedDigit } from '../../../src/explain/figure-code.ts';
import { usual } from '../../../src/components/regularization/augmentation-preview.ts';
import { elementwiseNames } from '../../../src/lib/nn/activations.ts';
import { curedRun, lessons } from '../../../src/lib/training/cures.ts';
import { defaultSetup } from '../../../src/lib/training/setup.ts';
import { nodeKernel } from '../sandbox/node-kernel.ts';

/** Runs cells one after the other; gives what all of them have shown. */
async function shownBy(codes: readonly string[]) {
  const kernel = await nodeKernel();
  const shown = [];
  for (const code of codes) {
    const outcome = await kernel.run(code);
    expect(outcome.failure, code).toBeUndefined();
    shown.push(...outcome.shown);
  }
  return shown;
}

describe('a pass as code', () => {
  const image = Uint8Array.from({ length: 784 }, (_, n) => n % 256);

  test.each<[string, CodedDigit, string]>([
    ['a test image of the sample', { set: 'sample-test', index: 12 }, '2'],
    ['the reader’s own drawing', { image, label: 7 }, '7'],
  ])('%s goes forward, layer by layer', async (_, digit, label) => {
    const shown = await shownBy(figures.passCode(digit, 'original', false));
    const [picture, ...layers] = shown;
    expect(picture).toMatchObject({ kind: 'digits' });
    if ('image' in digit) expect(picture).toMatchObject({ captions: [label], images: image });
    expect(layers.map(({ kind }) => kind)).toEqual(['values', 'values', 'values']);
  });

  test('and back, with a picture of each gradient', async () => {
    const shown = await shownBy(figures.passCode({ set: 'sample-test', index: 0 }, 'original', true));
    const pictures = shown.filter((each) => each.kind === 'heat');
    expect(pictures.map(({ rows, columns, caption }) => [rows, columns, caption])).toEqual([
      [32, 784, '∂W1'],
      [32, 32, '∂W2'],
      [10, 32, '∂W3'],
    ]);
  });
});

test('a run as code learns what the run of the page would, with its own set-up', async () => {
  const setup = { ...defaultSetup, layers: [784, 8, 10], epochs: 2, batchSize: 50, learningRate: 0.2 };
  // The whole set is not needed to see that it runs.
  const codes = figures
    .runCode(setup, 'train')
    .map((code) => code.replace("digits('train')", "digits('sample')"));
  const shown = await shownBy(codes);
  expect(shown.map(({ kind }) => kind)).toEqual(['values', 'values', 'heat']);
  expect(shown[2]).toMatchObject({ rows: 8, columns: 784 });
  expect(codes[0]).toContain("layers: '784,8,10'");
  expect(codes[0]).not.toContain('seed');
});

test('runs that are compared are run to their ends, each as it is said', async () => {
  const short = (cures: Parameters<typeof curedRun>[1]) => {
    const run = curedRun(lessons.clean, cures, 1);
    return { ...run, images: 100, setup: { ...run.setup, layers: [784, 8, 10], epochs: 2 } };
  };
  const runs = [
    { name: 'with nothing', ...short([]) },
    { name: 'with L2', ...short(['l2']) },
  ];
  const codes = figures.runsCode(runs).map((code) => code.replaceAll("digits('t", "digits('sample-t"));
  const [table] = await shownBy(codes.map((code) => code.replaceAll('sample-train', 'sample')));
  expect(table).toMatchObject({
    kind: 'table',
    columns: ['run', 'learnt', 'test'],
    rows: runs.map(({ name }) => [{ text: name }, { kind: 'number' }, { kind: 'number' }]),
  });
});

describe('a figure about one digit as code', () => {
  const digit: CodedDigit = { set: 'sample-test', index: 3 };

  test('as training shows it', async () => {
    const [pictures] = await shownBy(figures.distortionCode(digit, usual, 2));
    expect(pictures.kind === 'digits' && pictures.images.length).toBe(12 * 784);
  });

  test('what its pixels add to the score', async () => {
    const shown = await shownBy(figures.votesCode(digit, 'original'));
    expect(shown.at(-2)).toMatchObject({ kind: 'heat', rows: 28, columns: 28 });
  });
});

test.each(elementwiseNames)('the curve of %s as code', async (name) => {
  await shownBy(
    figures.activationCode(name).map((code) => code.replace(/^Plot[\s\S]*/m, 'show.table(points);')),
  );
});

test('ten scores and their softmax as code', async () => {
  const [table] = await shownBy(figures.softmaxCode([1, 2, 3]));
  expect(table).toMatchObject({ kind: 'table' });
});

test('a network and the test images as code: what it takes for what, its mistakes, and how sure it is', async () => {
  const codes = figures
    .evaluationCode('original')
    .map((code) => code.replace("digits('test')", "digits('sample-test')"));
  const shown = await shownBy(codes);
  expect(shown.map(({ kind }) => kind)).toEqual(['values', 'matrix', 'table', 'digits', 'values', 'table']);
});

test(
  'every gradient nudged as code differs from backward by next to nothing',
  { tags: ['slow'] },
  async () => {
    const codes = figures.nudgesCode({ set: 'sample-test', index: 3 }, 'original');
    const [values] = await shownBy(codes);
    expect(JSON.stringify(values)).toMatch(/e-0?[6-9]/);
  },
);
