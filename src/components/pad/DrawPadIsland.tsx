import { useEffect, useMemo } from 'preact/hooks';
import { createDrawing } from '../../state/drawing.ts';
import { Bars } from './Bars.tsx';
import { Pad } from './Pad.tsx';
import { PadControls, PadHelp, SampleDigits, Status } from './PadControls.tsx';

/** The front page's pad: draw, and watch ten probabilities. */
export function DrawPadIsland() {
  const drawing = useMemo(createDrawing, []);
  useEffect(() => void drawing.chooseNetwork('shipped'), [drawing]);
  return (
    <div class="draw-pad">
      <div class="draw-left">
        <Pad drawing={drawing} helpId="pad-help" />
        <PadControls drawing={drawing} />
      </div>
      <div class="draw-right">
        <Status drawing={drawing} />
        <Bars probabilities={drawing.reading.value?.probabilities} digit={drawing.reading.value?.digit} />
        <SampleDigits drawing={drawing} />
        <PadHelp id="pad-help" />
      </div>
    </div>
  );
}
