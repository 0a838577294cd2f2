import '../pad/OpenOnDemand.css';
import { useMemo } from 'preact/hooks';
import { createDrawing } from '../../state/digits/drawing.ts';
import { keepOwnDrawing, ownDrawing } from '../../state/digits/own-drawing.ts';
import { LabelChoice } from '../pad/LabelChoice.tsx';
import { Pad } from '../pad/Pad.tsx';
import { PadControls, PadHelp } from '../pad/PadControls.tsx';

/** Only who drew a digit knows what it is meant to be: without that there is nothing to be blamed for. */
export function OwnPad({ onTake }: { onTake: () => void }) {
  const drawing = useMemo(createDrawing, []);
  const hasInk = drawing.preparation.value !== undefined;
  const { strokes } = drawing.sheet.value;
  const kept = ownDrawing.value;
  return (
    <div class="own-digit-pad">
      <div>
        <Pad drawing={drawing} helpId="own-digit-help" />
        <PadControls drawing={drawing} />
      </div>
      <div>
        {hasInk ? (
          <LabelChoice
            label={kept?.strokes === strokes ? kept.label : undefined}
            onChange={(label) => {
              keepOwnDrawing({ strokes, label });
              onTake();
            }}
          />
        ) : (
          <p class="quiet">
            Draw, and then say which digit it is. It is kept in this browser, for every page.
          </p>
        )}
        <p class="quiet">The network's own answer would not do for a label: then it would always be right.</p>
        <PadHelp id="own-digit-help" />
      </div>
    </div>
  );
}
