import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openNetwork } from '../../../src/lib/models/open-network.ts';

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));
const firstPage = file('content/draw-a-digit.mdx').toString().replace(/\s+/g, ' ');

test('the first page says how many multiplications a look takes, and what the network was shown', () => {
  const { model, metadata } = openNetwork(file('public/models/shipped.safetensors'));
  const products = model.layers.reduce((sum, { weights }) => sum + weights.length, 0);
  expect(Math.round(products / 100_000)).toBe(7);
  expect(firstPage).toContain('seven hundred thousand times for every look');
  expect(Number(metadata.training?.penDigits)).toBe(20_000);
  expect(firstPage).toContain(
    'sixty thousand digits that people wrote by hand, and twenty thousand that a program drew',
  );
});
