import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { strokeDigits } from '../../../src/lib/ink/stroke-digits.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { unseenWays } from './unseen-shapes.ts';

test(
  'the shipped network reads 98 of 100 digits drawn in ways that its training never saw',
  { tags: ['long'] },
  () => {
    const bytes = readFileSync(new URL('../../../public/models/shipped.safetensors', import.meta.url));
    const { model, metadata } = openNetwork(bytes);
    const network = Network.fromModel(model, { loss: metadata.loss });
    const { accuracy, confusion } = network.evaluate(strokeDigits(1000, new Random(8), unseenWays));
    for (let digit = 0; digit < 10; digit++)
      expect(confusion[digit * 11], `right among 100 drawings of a ${digit}`).toBeGreaterThanOrEqual(90);
    expect(accuracy).toBeGreaterThan(0.98);
  },
);
