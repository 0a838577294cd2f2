import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { trace } from '../../../src/lib/nn/trace.ts';
import { randomExamples, randomNetwork } from './networks.ts';

/** Multiplications of weights and of gradients in a pass forward, and in the pass back. */
function products(sizes: readonly number[]): { forward: number; backward: number } {
  const inputs = sizes[0]!;
  const classes = sizes.at(-1)!;
  const pass = trace(randomNetwork(sizes, 'relu', 'softmax'), randomExamples(1, inputs, classes), 0);
  const weights = (layer: number) => pass.values('weight', layer).length;
  let [forward, backward] = [0, 0];
  for (const { direction, quantity, layer, rows, columns } of pass.steps) {
    if (quantity === 'preActivation') forward += weights(layer);
    if (direction !== 'backward') continue;
    if (quantity === 'weightGradient') backward += rows * columns;
    if (quantity === 'activationGradient') backward += weights(layer + 1);
  }
  return { forward, backward };
}

test.each([[[784, 32, 32, 10]], [[20, 20, 20, 20, 20, 10]], [[6, 4]]])(
  'a backward through %j costs at most two forward passes: the first layer hands on no blame',
  (sizes) => {
    const { forward, backward } = products(sizes);
    const first = sizes[0]! * sizes[1]!;
    expect(backward).toBe(2 * forward - first);
  },
);

test('what a backward costs is said in one way on all pages', () => {
  const content = new URL('../../../content/', import.meta.url);
  const said = readdirSync(content)
    .filter((name) => name.startsWith('backprop'))
    .flatMap((name) => {
      const text = readFileSync(new URL(name, content), 'utf8').replace(/\s+/g, ' ');
      // Two for each weight is what nudging costs.
      return [...text.matchAll(/(\w+ \w+ \w+) two forward passes(?! for each)/gi)].map((match) => match[1]!);
    });
  expect(said.length).toBeGreaterThanOrEqual(3);
  for (const before of said) expect(before.toLowerCase()).toBe('at most about');
});
