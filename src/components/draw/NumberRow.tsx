import './NumberRow.css';
import type { ReadDigit } from '../../state/digits/number-reading.ts';
import { Bars } from '../figures/Bars.tsx';
import { DigitImage } from '../figures/HeatImage.tsx';

/** The digits of a number from left to right, each with its picture and its ten probabilities. */
export function NumberRow({ digits }: { digits: readonly ReadDigit[] | undefined }) {
  if (!digits) {
    return (
      <p class="number-row quiet">
        Write two or more digits beside one another, about equally high. Each is cut out, brought to 28 × 28
        pixels in MNIST’s way and read by itself.
      </p>
    );
  }
  return (
    <ol class="number-row" aria-label="The digits, from left to right">
      {digits.map(({ reading }, n) => (
        <li key={n} class="number-digit">
          <DigitImage image={reading.image} label={`Digit ${n + 1}, read as ${reading.digit}`} />
          <Bars probabilities={reading.probabilities} digit={reading.digit} />
        </li>
      ))}
    </ol>
  );
}
