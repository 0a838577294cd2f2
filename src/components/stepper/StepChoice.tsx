import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type NetworkName, findOwnNetworks, networkChoices } from '../../state/site/networks.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';

/** Which digit goes through which network. */
export function StepChoice({ stepper, children }: { stepper: PassStepper; children?: ComponentChildren }) {
  const { network } = stepper.place.value;
  useEffect(() => void findOwnNetworks(), []);
  return (
    <DigitPicker
      pick={stepper.pick}
      onChange={stepper.takeDigit}
      codes={({ passCode }, digit) => passCode(digit, network, stepper.goesBack)}
    >
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
    </DigitPicker>
  );
}

/** Where the digit comes from, and what it is. */
export function describeDigit({ pick: { own, label, index } }: PassStepper): string {
  if (own.value) return `Your drawing, labelled ${own.value.label} by you.`;
  return `Test image ${index.value} of the sample, labelled ${label.value ?? '…'}.`;
}
