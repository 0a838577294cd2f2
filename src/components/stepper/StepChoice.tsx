import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type NetworkName, findOwnNetworks, networkChoices } from '../../state/networks.ts';
import type { PassStepper } from '../../state/pass-stepper.ts';

/** Which digit goes through which network. */
export function StepChoice({ stepper, children }: { stepper: PassStepper; children?: ComponentChildren }) {
  const { digit, network } = stepper.place.value;
  const digits = stepper.digits.value;
  useEffect(() => void findOwnNetworks(), []);
  return (
    <div class="stepper-choice">
      <label>
        Digit
        <input
          type="number"
          min={0}
          max={digits ? digits.count - 1 : undefined}
          value={digit}
          onChange={(event) =>
            stepper.chooseDigit(Math.max(0, Math.floor(event.currentTarget.valueAsNumber) || 0))
          }
        />
      </label>
      <label>
        Network
        <select
          value={network}
          onChange={(event) => stepper.chooseNetwork(event.currentTarget.value as NetworkName)}
        >
          {networkChoices.value.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {children}
      <p class="quiet">{describeDigit(stepper)}</p>
    </div>
  );
}

/** Where the digit comes from, and what it is. */
export function describeDigit({ own, digits, place }: PassStepper): string {
  if (own.value) return `Your drawing, labelled ${own.value.label} by you.`;
  const label = digits.value?.labels[place.value.digit];
  return label === undefined ? 'The first of the test images.' : `A test image, labelled ${label}.`;
}
