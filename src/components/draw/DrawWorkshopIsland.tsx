import '../figures/segments.css';
import '../figures/vector.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Cell } from '../../lib/nn/origin.ts';
import { NetworkMap } from '../map/NetworkMap.tsx';
import { Bars } from '../figures/Bars.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';
import { NetworkSelect } from '../figures/NetworkSelect.tsx';
import { Pad } from '../pad/Pad.tsx';
import { PadControls, PadHelp, SampleDigits, Status } from '../pad/PadControls.tsx';
import { NumberRow } from './NumberRow.tsx';
import { PixelVotes } from './PixelVotes.tsx';
import { Marks, Ways } from './Ways.tsx';
import { describeNetwork, describePixel } from './draw-words.ts';
import * as page from './draw-page.ts';

const READS: readonly { readonly name: page.Reads; readonly text: string }[] = [
  { name: 'digit', text: 'one digit' },
  { name: 'number', text: 'a number' },
];

/** The last chapter's pad: every step from the ink to 784 numbers, through every layer, to ten probabilities. */
export function DrawWorkshopIsland() {
  const { drawing, pass, reads, digits } = page;
  const shown = useSignal<Cell | undefined>(undefined);
  useEffect(page.beginDrawPage, []);
  return (
    <div class="draw-pad">
      <Status drawing={drawing} sentence={page.sentence.value}>
        <fieldset class="segments draw-reads" aria-label="Read it as">
          {READS.map(({ name, text }) => (
            <button
              key={name}
              type="button"
              aria-pressed={reads.value === name}
              onClick={() => page.readAs(name)}
            >
              {text}
            </button>
          ))}
          {page.looksLikeSeveral.value && <span class="quiet">Several digits? Read them as a number.</span>}
        </fieldset>
        <NetworkSelect
          label="Read by"
          value={drawing.networkName.value}
          onChange={(name) => void drawing.chooseNetwork(name)}
          withoutEpochs
        />
        <p class="quiet draw-network">{describeNetwork(drawing)}</p>
      </Status>
      <Pad drawing={drawing} helpId="pad-help">
        {reads.value === 'digit' && <Marks drawing={drawing} />}
      </Pad>
      <PadControls drawing={drawing} />
      {reads.value === 'number' ? (
        <NumberRow digits={digits.value} />
      ) : (
        <>
          <Ways drawing={drawing} />
          <PixelVotes drawing={drawing} />
          <Bars probabilities={drawing.reading.value?.probabilities} digit={drawing.reading.value?.digit} />
          <Vector />
          <NetworkMap
            pass={pass.value}
            scope="reading"
            shown={shown.value}
            onPoint={(cell) => {
              shown.value = cell;
            }}
            label="Your drawing on its way through the network that reads it"
          />
        </>
      )}
      <SampleDigits drawing={drawing} />
      <PadHelp id="pad-help" />
    </div>
  );
}

/** The 784 numbers as the network has them, in one row, and the one being pointed at in words. */
function Vector() {
  const { drawing, votes } = page;
  const { pixel, reading } = drawing;
  const index = pixel.value;
  return (
    <div class="vector">
      <HeatImage
        values={reading.value?.input}
        rows={1}
        columns={784}
        scale="ink"
        full={1}
        label="The 784 numbers that the network is given, in one row. The arrow keys move along it."
        pointed={index}
        onPoint={drawing.point}
      />
      <p class="quiet vector-text" aria-live="polite">
        {index === undefined || !reading.value
          ? 'Row after row the picture becomes one list of 784 numbers. Point at a pixel, or at its place in the list.'
          : describePixel(drawing, index, votes.value?.votes[index])}
      </p>
    </div>
  );
}
