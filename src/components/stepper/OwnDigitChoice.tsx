import { useMemo, useState } from 'preact/hooks';
import { createDrawing } from '../../state/drawing.ts';
import type { PassStepper } from '../../state/pass-stepper.ts';
import { Pad } from '../pad/Pad.tsx';
import { PadControls, PadHelp } from '../pad/PadControls.tsx';

/** The reader's own digit for the stepper. Only they know what it is meant to be, so they say it. */
export function OwnDigitChoice({ stepper }: { stepper: PassStepper }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="own-digit" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Draw the digit yourself</summary>
      {isOpen && <OwnDigitPad stepper={stepper} />}
    </details>
  );
}

function OwnDigitPad({ stepper }: { stepper: PassStepper }) {
  const drawing = useMemo(createDrawing, []);
  const [label, setLabel] = useState<number | undefined>(undefined);
  const image = drawing.preparation.value?.mnist.image;
  return (
    <div class="own-digit-pad">
      <div>
        <Pad drawing={drawing} helpId="own-digit-help" />
        <PadControls drawing={drawing} />
      </div>
      <div>
        <fieldset class="own-digit-label">
          <legend>It is meant to be</legend>
          {Array.from({ length: 10 }, (_, digit) => (
            <label key={digit}>
              <input
                type="radio"
                name="own-digit-label"
                checked={label === digit}
                onChange={() => setLabel(digit)}
              />
              {digit}
            </label>
          ))}
        </fieldset>
        <button
          type="button"
          disabled={!image || label === undefined}
          onClick={() => stepper.takeOwn({ image: image!, label: label! })}
        >
          Send it through
        </button>
        <p class="quiet">
          Without a label there is nothing to be blamed for. The network's own answer would not do: then it
          would always be right.
        </p>
        <PadHelp id="own-digit-help" />
      </div>
    </div>
  );
}
