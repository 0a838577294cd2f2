import { useMemo, useState } from 'preact/hooks';
import { createDrawing } from '../../state/drawing.ts';
import { addOwnDigit, ownDataset } from '../../state/own-dataset.ts';
import { LabelChoice } from '../pad/LabelChoice.tsx';
import { OpenOnDemand } from '../pad/OpenOnDemand.tsx';
import { Pad } from '../pad/Pad.tsx';
import { PadControls, PadHelp } from '../pad/PadControls.tsx';

/** Digits of the reader's own hand, drawn one by one: a data set to learn from. */
export function DrawnDigits() {
  return <OpenOnDemand summary="Draw digits to learn from">{() => <DrawingDesk />}</OpenOnDemand>;
}

function DrawingDesk() {
  const drawing = useMemo(createDrawing, []);
  const [label, setLabel] = useState<number | undefined>(undefined);
  const image = drawing.preparation.value?.mnist.image;
  const count = ownDataset.value?.count ?? 0;
  const add = () => {
    addOwnDigit(image!, label!);
    drawing.clear();
  };
  return (
    <div class="own-digit-pad">
      <div>
        <Pad drawing={drawing} helpId="drawn-digits-help" />
        <PadControls drawing={drawing} />
      </div>
      <div>
        <LabelChoice label={label} onChange={setLabel} />
        <button type="button" disabled={!image || label === undefined} onClick={add}>
          Add it to your digits
        </button>
        <p class="quiet" role="status">
          {count === 0 ? 'You have none yet.' : `You have ${count.toLocaleString('en')}.`} They stay in this
          browser; chapter 1 gives them back as CSV.
        </p>
        <PadHelp id="drawn-digits-help" />
      </div>
    </div>
  );
}
