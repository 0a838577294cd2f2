import { describe, expect, test } from 'vitest';
import { type CodedDigit, passCode, runCode } from '../../../src/explain/figure-code.ts';
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
    const shown = await shownBy(passCode(digit, 'original', false));
    const [picture, ...layers] = shown;
    expect(picture).toMatchObject({ kind: 'digits' });
    if ('image' in digit) expect(picture).toMatchObject({ captions: [label], images: image });
    expect(layers.map(({ kind }) => kind)).toEqual(['values', 'values', 'values']);
  });

  test('and back, with a picture of each gradient', async () => {
    const shown = await shownBy(passCode({ set: 'sample-test', index: 0 }, 'original', true));
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
  const codes = runCode(setup, 'train').map((code) => code.replace("digits('train')", "digits('sample')"));
  const shown = await shownBy(codes);
  expect(shown.map(({ kind }) => kind)).toEqual(['values', 'values', 'heat']);
  expect(shown[2]).toMatchObject({ rows: 8, columns: 784 });
  expect(codes[0]).toContain("layers: '784,8,10'");
  expect(codes[0]).not.toContain('seed');
});
