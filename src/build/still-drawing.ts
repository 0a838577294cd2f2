import { mnistStyle } from '../lib/ink/prepare.ts';
import { Raster } from '../lib/ink/raster.ts';
import type { Stroke } from '../lib/ink/stroke.ts';
import { strokeDigit } from '../lib/ink/stroke-digits.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import { Random } from '../lib/nn/random.ts';
import { shippedNetwork } from './shipped-network.ts';

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
  // A hand that stays on the pad, for both digits that are shown.
  const strokes = strokeDigit(label, new Random(57));
  const prepared = mnistStyle(Raster.of(strokes));
  if (!prepared) throw new Error('the still drawing has no ink');
  const network = shippedNetwork('shipped');
  const examples = { count: 1, width: 784, values: prepared.image, labels: Uint8Array.of(label) };
  const probabilities = [...network.predict(examples)];
  return {
    strokes,
    image: prepared.image,
    probabilities,
    digit: predictedClass(probabilities, network.classes),
  };
}
