import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mnistStyle } from '../lib/ink/prepare.ts';
import { Raster } from '../lib/ink/raster.ts';
import type { Stroke } from '../lib/ink/stroke.ts';
import { strokeDigit } from '../lib/ink/stroke-digits.ts';
import { openNetwork } from '../lib/models/open-network.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import { Network } from '../lib/nn/network.ts';
import { Random } from '../lib/nn/random.ts';

/**
 * For readers without JavaScript: a drawn digit, what the preparation makes of it, and what the shipped network reads,
 * all computed while the site is built, by the code that would run in the page.
 */
export function stillDrawing(label: number): {
  strokes: readonly Stroke[];
  image: Uint8Array;
  probabilities: readonly number[];
  digit: number;
} {
  const strokes = strokeDigit(label, new Random(11));
  const prepared = mnistStyle(Raster.of(strokes));
  if (!prepared) throw new Error('the still drawing has no ink');
  const { model, metadata } = openNetwork(
    readFileSync(join(process.cwd(), 'public/models/shipped.safetensors')),
  );
  const network = Network.fromModel(model, { loss: metadata.loss });
  const examples = { count: 1, width: 784, values: prepared.image, labels: Uint8Array.of(label) };
  const probabilities = [...network.predict(examples)];
  return {
    strokes,
    image: prepared.image,
    probabilities,
    digit: predictedClass(probabilities, network.classes),
  };
}
