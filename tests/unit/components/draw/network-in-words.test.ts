import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeNetwork } from '../../../../src/components/draw/draw-words.ts';
import { strokeDigit } from '../../../../src/lib/ink/stroke-digits.ts';
import { openNetwork } from '../../../../src/lib/models/open-network.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { createDrawing } from '../../../../src/state/digits/drawing.ts';

const { model, metadata } = openNetwork(
  readFileSync(new URL('../../../../public/models/original.safetensors', import.meta.url)),
);
const small = { network: Network.fromModel(model), metadata };
const MORE = /Draw, and a larger one comes\.$/;

test('a larger network is announced while the small one is there by itself and nothing is drawn', () => {
  const drawing = createDrawing();
  expect(describeNetwork(drawing)).toBe('Its file is being fetched.');
  const waiting = { ...drawing, opened: { ...drawing.opened, value: small } } as typeof drawing;
  expect(describeNetwork(waiting)).toMatch(MORE);
  drawing.putOn(strokeDigit(3, new Random(4)));
  expect(describeNetwork(waiting)).not.toMatch(MORE);
});

test.each(['original', 'shipped'] as const)('none is where somebody chose %s', (name) => {
  const drawing = createDrawing();
  drawing.readWith(name, small);
  expect(describeNetwork(drawing)).toMatch(/^784-32-32-10\. It reads \d/);
  expect(describeNetwork(drawing)).not.toMatch(MORE);
});

test('none is where the larger one is there, with nothing drawn', () => {
  const drawing = createDrawing();
  const improved = {
    ...drawing,
    opened: { ...drawing.opened, value: small },
    networkName: { ...drawing.networkName, value: 'shipped' },
  } as typeof drawing;
  expect(describeNetwork(improved)).not.toMatch(MORE);
});
