import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type NetworkName, findOwnNetworks, networkChoices } from '../../state/site/networks.ts';
import { OpenInNotebook } from '../figures/OpenInNotebook.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';

/** Which digit goes through which network. */
export function StepChoice({ stepper, children }: { stepper: PassStepper; children?: ComponentChildren }) {
  const { network } = stepper.place.value;
  useEffect(() => void findOwnNetworks(), []);
  return (
    <DigitPicker pick={stepper.pick} onChange={stepper.takeDigit}>
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
      <OpenInNotebook codes={() => codesOf(stepper)} from="a pass through a network" />
    </DigitPicker>
  );
}

async function codesOf({ pick, place, steps }: PassStepper): Promise<readonly string[]> {
  const { passCode } = await import('../../explain/figure-code.ts');
  const digit = pick.own.peek() ?? { set: pick.source, index: pick.index.peek() };
  return passCode(
    digit,
    place.peek().network,
    steps.peek().some(({ direction }) => direction !== 'forward'),
  );
}

/** Where the digit comes from, and what it is. */
export function describeDigit({ pick: { own, label, index } }: PassStepper): string {
  if (own.value) return `Your drawing, labelled ${own.value.label} by you.`;
  return `Test image ${index.value} of the sample, labelled ${label.value ?? '…'}.`;
}
