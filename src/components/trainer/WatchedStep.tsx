import './WatchedStep.css';
import { NONE } from '../../lib/nn/examples.ts';
import type { Setup } from '../../lib/training/setup.ts';
import type { Watched } from '../../state/run/run.ts';
import { DigitImage } from '../figures/HeatImage.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { formatSignificant } from '../../explain/numbers.ts';

/** Digits of a batch, and units' gradients, that are shown. */
const MOST_DIGITS = 40;
const MOST_UNITS = 8;

/** What a picture of a batch is, by its label. */
const nameOf = (label: number) => (label === NONE ? 'drawing that is no digit' : `digit, a ${label}`);

/** One step in slow motion: its digits, the gradient that they make together, and what the step did to their loss. */
export function WatchedStep({ watched, setup }: { watched: Watched; setup: Setup }) {
  const { images, labels, before, after, learningRate, gradient, gradientNorms, isBatch } = watched;
  const more = images.length - MOST_DIGITS;
  const full = Math.max(...Array.from(gradient.subarray(0, MOST_UNITS * 784), Math.abs)) || 1;
  const units = Math.min(MOST_UNITS, gradient.length / 784);
  return (
    <section class="watched" aria-label="The last step in slow motion">
      <p role="status">
        {isBatch ? `A batch of ${images.length} digits: their` : `One ${nameOf(labels[0])}: its`} loss was{' '}
        <strong>{formatSignificant(before, 4)}</strong>, and after the step it is{' '}
        <strong>{formatSignificant(after, 4)}</strong>
        {after > before
          ? `. It rose: the step was too long for ${isBatch ? 'these digits' : 'this digit'}.`
          : '.'}
      </p>
      <ol class="watched-digits" aria-label="The digits">
        {images.slice(0, MOST_DIGITS).map((image, n) => (
          <li key={n}>
            <DigitImage image={image} label={nameOf(labels[n])} />
          </li>
        ))}
        {more > 0 && <li class="quiet">and {more} more</li>}
      </ol>
      <p class="quiet">
        {isBatch ? 'The mean of their gradients' : 'Its gradient'}, for the first {units} units of layer 1.
        Every weight goes against it, by {formatSignificant(learningRate)} times as much
        {isBatch && setup.optimizer !== 'sgd' ? `, as ${setup.optimizer} makes a step of it` : ''}. Lengths,
        layer by layer: {gradientNorms.map((norm) => formatSignificant(norm, 2)).join(', ')}.
      </p>
      <UnitPictures values={gradient} units={units} scale="gradient" label="Gradient of unit" full={full} />
    </section>
  );
}
