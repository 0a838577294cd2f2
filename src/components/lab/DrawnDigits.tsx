import { useEffect, useMemo, useState } from 'preact/hooks';
import { createDrawing } from '../../state/digits/drawing.ts';
import { drawnDigits, findDrawnDigits, keepDrawnDigit } from '../../state/digits/drawn-digits.ts';
import { address } from '../../state/site/address.ts';
import { LabelChoice } from '../pad/LabelChoice.tsx';
import { OpenOnDemand } from '../pad/OpenOnDemand.tsx';
import { Pad } from '../pad/Pad.tsx';
import { PadControls, PadHelp } from '../pad/PadControls.tsx';
import { formatCount } from '../../explain/numbers.ts';

/** Digits of the reader's own hand, drawn one by one: a data set to learn from. */
export function DrawnDigits() {
  return <OpenOnDemand summary="Draw digits to learn from">{() => <DrawingDesk />}</OpenOnDemand>;
}

function DrawingDesk() {
  const drawing = useMemo(createDrawing, []);
  const [label, setLabel] = useState<number | undefined>(undefined);
  const image = drawing.preparation.value?.mnist.image;
  const { length: count } = drawnDigits.value;
  useEffect(() => void findDrawnDigits(), []);
  const add = () => {
    if (!image || label === undefined) return;
    void keepDrawnDigit({ label, strokes: drawing.sheet.peek().strokes });
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
        <button type="button" aria-disabled={!image || label === undefined} onClick={add}>
          Add it to your digits
        </button>
        <p class="quiet" role="status">
          {count === 0 ? 'You have none yet.' : `You have ${formatCount(count)}.`} They stay in this browser;{' '}
          <a href={address('draw/')}>chapter 8</a> shows them, and gives them to take away.
        </p>
        <PadHelp id="drawn-digits-help" />
      </div>
    </div>
  );
}
