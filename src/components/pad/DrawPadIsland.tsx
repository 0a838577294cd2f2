import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Cell } from '../../lib/nn/origin.ts';
import { createDrawing } from '../../state/digits/drawing.ts';
import { keepOwnDrawing } from '../../state/digits/own-drawing.ts';
import { createReadThrough } from '../../state/digits/read-through.ts';
import { Bars } from '../figures/Bars.tsx';
import { NetworkMap } from '../map/NetworkMap.tsx';
import { Pad } from './Pad.tsx';
import { PadControls, PadHelp, SampleDigits, Status } from './PadControls.tsx';

/** The front page's pad: draw, and watch the drawing run through a network to ten probabilities. */
export function DrawPadIsland() {
  const drawing = useMemo(createDrawing, []);
  const through = useMemo(() => createReadThrough(drawing), [drawing]);
  const shown = useSignal<Cell | undefined>(undefined);
  useEffect(() => {
    void drawing.begin();
    void through.begin();
  }, [drawing, through]);
  const { strokes } = drawing.sheet.value;
  // The drawing goes along from page to page.
  useEffect(() => {
    if (strokes.length === 0) return undefined;
    const rest = () => {
      clearTimeout(later);
      removeEventListener('pagehide', keep);
    };
    const keep = () => {
      rest();
      keepOwnDrawing({ strokes });
    };
    const later = setTimeout(keep, 400);
    // Whoever goes on at once takes it along too.
    addEventListener('pagehide', keep);
    return rest;
  }, [strokes]);
  return (
    <div class="front-pad">
      <Status drawing={drawing}>
        {drawing.hasInk.value && (
          <p class="quiet">
            {drawing.networkName.value === 'original'
              ? 'Read by the small network of these chapters, drawn here.'
              : 'Read by the large network of this site; drawn here is the small one of these chapters.'}
          </p>
        )}
      </Status>
      <Pad drawing={drawing} helpId="pad-help" />
      <Bars probabilities={drawing.reading.value?.probabilities} digit={drawing.reading.value?.digit} />
      <NetworkMap
        pass={through.pass.value}
        scope="reading"
        shown={shown.value}
        onPoint={(cell) => {
          shown.value = cell;
        }}
        label="Your drawing on its way through the network of these chapters"
      />
      <PadControls drawing={drawing} />
      <SampleDigits drawing={drawing} />
      <PadHelp id="pad-help" />
    </div>
  );
}
