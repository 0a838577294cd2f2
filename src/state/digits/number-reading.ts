import { computed } from '@preact/signals';
import { mnistStyle } from '../../lib/ink/prepare.ts';
import { Raster } from '../../lib/ink/raster.ts';
import { splitStrokes } from '../../lib/ink/split-strokes.ts';
import type { Stroke } from '../../lib/ink/stroke.ts';
import type { Network } from '../../lib/nn/network.ts';
import { formatShare } from '../../explain/numbers.ts';
import { type Drawing, type Reading, isRefused, readImage } from './drawing.ts';

/** One digit of a number on the pad. */
export interface ReadDigit {
  readonly strokes: readonly Stroke[];
  readonly reading: Reading;
}

/** What is on the pad as a row of digits, from left to right, each prepared in MNIST's way and read by itself. */
export function createNumberReading(drawing: Drawing) {
  const digits = computed((): readonly ReadDigit[] | undefined => {
    const network = drawing.opened.value?.network;
    const { strokes } = drawing.sheet.value;
    return network && strokes.length > 0 ? readDigits(network, strokes) : undefined;
  });
  return {
    digits,
    sentence: computed(() => {
      const { value: all } = digits;
      // Of what else there is to say the pad knows.
      if (!all) return drawing.sentence.value;
      const refused = all.map(({ reading }) => isRefused(reading, drawing.refusesBelow.value));
      if (refused.every(Boolean)) return `I can’t tell any of the ${all.length}`;
      const signs = all.map(({ reading }, n) => (refused[n] ? '?' : reading.digit));
      const sure = all.map(({ reading }) => formatShare(reading.probabilities[reading.digit] ?? 0));
      const rest = refused.some(Boolean) ? '; what I can’t tell is a question mark' : '';
      return `Prediction: ${signs.join('')}, ${sure.join(' and ')} sure${rest}`;
    }),
  };
}

function readDigits(network: Network, strokes: readonly Stroke[]): ReadDigit[] {
  const read = (some: readonly Stroke[]): Reading =>
    readImage(network, mnistStyle(Raster.of(some))?.image ?? new Uint8Array(network.inputs));
  const sureness = (some: readonly Stroke[]) => {
    const { probabilities, digit } = read(some);
    return probabilities[digit] ?? 0;
  };
  return splitStrokes(strokes, sureness).map((own) => ({ strokes: own, reading: read(own) }));
}
