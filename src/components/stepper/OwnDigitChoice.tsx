import { useMemo, useState } from 'preact/hooks';
import { createDrawing } from '../../state/drawing.ts';
import type { PassStepper } from '../../state/pass-stepper.ts';
import { LabelChoice } from '../pad/LabelChoice.tsx';
import { OpenOnDemand } from '../pad/OpenOnDemand.tsx';
import { Pad } from '../pad/Pad.tsx';
import { PadControls, PadHelp } from '../pad/PadControls.tsx';

/** The reader's own digit for the stepper. Only they know what it is meant to be, so they say it. */
export function OwnDigitChoice({ stepper }: { stepper: PassStepper }) {
  return (
    <OpenOnDemand summary="Draw the digit yourself">{() => <OwnDigitPad stepper={stepper} />}</OpenOnDemand>
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
        <LabelChoice label={label} onChange={setLabel} />
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
