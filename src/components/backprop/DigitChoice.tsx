import type { ComponentChildren } from 'preact';
import type { BlamedDigit } from '../../state/blamed-digit.ts';
import { DigitImage } from '../figures/HeatImage.tsx';

interface Props {
  blamed: Pick<BlamedDigit, 'digits' | 'digit' | 'image' | 'label' | 'choose' | 'failure'>;
  children?: ComponentChildren;
}

/** Which of the test images is read: its picture, its number, and further choices beside them. */
export function DigitChoice({ blamed, children }: Props) {
  const { digits, digit, image, label, choose, failure } = blamed;
  return (
    <div class="experiment-choice">
      <div class="experiment-digit">
        <DigitImage image={image.value} label="The digit that is read" />
      </div>
      <label>
        Test image
        <input
          type="number"
          min={0}
          max={digits.value ? digits.value.count - 1 : undefined}
          value={digit.value}
          disabled={!digits.value}
          onChange={(event) => choose(event.currentTarget.valueAsNumber)}
        />
        <span>{label.value === undefined ? ' ' : `labelled ${label.value}`}</span>
      </label>
      {children}
      {failure.value && <p role="alert">{failure.value}</p>}
    </div>
  );
}
