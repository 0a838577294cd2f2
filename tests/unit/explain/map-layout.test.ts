import { expect, test } from 'vitest';
import { describePart, mapColumns, mapLetter, partKey } from '../../../src/explain/map-layout.ts';
import { describeCell } from '../../../src/explain/names.ts';
import { describeStep } from '../../../src/explain/pass-sentences.ts';
import { trace, traceToInput } from '../../../src/lib/nn/trace.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

const network = randomNetwork([784, 5, 4], 'relu', 'softmax');
const examples = randomExamples(1, 784, 4);

test('under the picture stands its gradient, where a pass has gone back that far, and nothing else', () => {
  const pass = traceToInput(network, examples, 0);
  const [input] = mapColumns(pass, 'backward');
  expect(input!.below.map(partKey)).toEqual(['activationGradient 0']);
  const [part] = input!.below;
  expect(part!.kind).toBe('picture');
  expect(mapLetter(pass, part!)).toBe('inputGradient');
  expect(describePart(pass, part!)).toMatch(
    /^The gradient of the input: the blame of each pixel: 784 values/,
  );
  const cell = { quantity: 'activationGradient', layer: 0, row: 9, column: 0 } as const;
  expect(describeCell(pass, cell)).toMatch(/^The blame that arrives at pixel 9 is /);
  expect(describeStep(pass, pass.steps.at(-1)!)).toMatch(/each pixel gathers .* Pixel \d+ gathers the most/);
  expect(mapColumns(trace(network, examples, 0), 'backward')[0]!.below).toEqual([]);
  expect(mapColumns(undefined, 'backward')[0]!.below).toEqual([]);
});
