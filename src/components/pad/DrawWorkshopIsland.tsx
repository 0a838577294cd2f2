import { useEffect, useMemo } from 'preact/hooks';
import { CENTRE } from '../../lib/ink/prepare.ts';
import { PAD } from '../../lib/ink/stroke.ts';
import { type Drawing, type Way, createDrawing, describe } from '../../state/drawing.ts';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { Bars } from './Bars.tsx';
import { Pad } from './Pad.tsx';
import { NetworkChoice, PadControls, PadHelp, SampleDigits, Status } from './PadControls.tsx';

const WAYS: readonly { way: Way; title: string; how: string }[] = [
  {
    way: 'mnist',
    title: "MNIST's way",
    how: 'Crop to the ink, fit the longer side to 20 pixels, move the centre of mass to the middle of 28 × 28.',
  },
  {
    way: 'blocks',
    title: 'Block means',
    how: 'Cut the whole pad into 28 × 28 blocks of 15 × 15 and take the mean of each. What is small stays small.',
  },
];

/** The last chapter's pad: every step from the ink to 784 numbers, two ways, and what a network makes of each. */
export function DrawWorkshopIsland() {
  const drawing = useMemo(createDrawing, []);
  useEffect(() => void drawing.chooseNetwork('shipped'), [drawing]);
  return (
    <div class="workshop">
      <div class="draw-pad">
        <div class="draw-left">
          <Pad drawing={drawing} helpId="pad-help">
            <Marks drawing={drawing} />
          </Pad>
          <PadControls drawing={drawing} />
        </div>
        <div class="draw-right">
          <Status drawing={drawing} />
          <Bars probabilities={drawing.reading.value?.probabilities} digit={drawing.reading.value?.digit} />
          <NetworkChoice drawing={drawing} />
          <SampleDigits drawing={drawing} />
          <PadHelp id="pad-help" />
        </div>
      </div>
      <fieldset class="ways">
        <legend>From 420 × 420 to 28 × 28</legend>
        {WAYS.map((entry) => (
          <PreparationWay key={entry.way} drawing={drawing} {...entry} />
        ))}
      </fieldset>
      <Vector drawing={drawing} />
    </div>
  );
}

function PreparationWay({ drawing, way, title, how }: { drawing: Drawing } & (typeof WAYS)[number]) {
  const reading = drawing.readings.value?.[way];
  const placed = drawing.preparation.value?.mnist.placed;
  return (
    <div class="way">
      <label class="way-choice">
        <input
          type="radio"
          name="way"
          checked={drawing.way.value === way}
          onChange={() => {
            drawing.way.value = way;
          }}
        />
        <strong>{title}</strong>
      </label>
      <DigitImage
        image={drawing.preparation.value?.[way].image}
        label={`The drawing in 28 × 28 pixels, ${title}. The arrow keys move from pixel to pixel.`}
        pointed={drawing.pixel.value}
        onPoint={(index) => {
          drawing.way.value = index === undefined ? drawing.way.value : way;
          drawing.pixel.value = index;
        }}
      >
        {way === 'mnist' && placed && (
          <>
            <rect
              class="mark-fit"
              x={placed.left}
              y={placed.top}
              width={placed.width}
              height={placed.height}
            />
            <path class="mark-middle" d={`M${CENTRE - 0.7} ${CENTRE}h1.4M${CENTRE} ${CENTRE - 0.7}v1.4`} />
          </>
        )}
      </DigitImage>
      <p class="way-reading">
        {reading ? describe(reading).replace('Prediction: ', 'Read as ') : 'Nothing drawn yet'}
      </p>
      <p class="quiet">{how}</p>
    </div>
  );
}

/** The 784 numbers as the network has them, in one row, and the one being pointed at in words. */
function Vector({ drawing }: { drawing: Drawing }) {
  const { pixel, reading } = drawing;
  const index = pixel.value;
  return (
    <div class="vector">
      <h2>And 28 × 28 to 784</h2>
      <HeatImage
        values={reading.value?.input}
        rows={1}
        columns={784}
        scale="ink"
        full={1}
        label="The 784 numbers that the network is given, in one row. The arrow keys move along it."
        pointed={index}
        onPoint={(next) => {
          pixel.value = next;
        }}
      />
      <p class="quiet vector-text" aria-live="polite">
        {index === undefined || !reading.value
          ? 'Row after row, the picture becomes one long list. Point at a pixel, or at its place in the list.'
          : describePixel(drawing, index)}
      </p>
    </div>
  );
}

function describePixel({ reading, preparation, way, sheet }: Drawing, index: number): string {
  const [row, column] = [Math.floor(index / 28), index % 28];
  const byte = reading.value!.image[index]!;
  const where = `Number ${index} of 0 to 783 is row ${row}, column ${column}: ${byte} of 255, for the network ${reading.value!.input[index]!.toFixed(3)}.`;
  const side = way.value === 'blocks' ? PAD / 28 : preparation.value?.mnist.unitsPerPixel;
  if (sheet.value.sample || !side) return `${where} It came so from MNIST.`;
  return `${where} It is the mean of ${side.toFixed(1)} × ${side.toFixed(1)} of the pad.`;
}

/** On the pad: what the chosen way looks at, and the patch behind the pixel that is being pointed at. */
function Marks({ drawing }: { drawing: Drawing }) {
  const prepared = drawing.preparation.value;
  if (!prepared || drawing.sheet.value.sample) return null;
  const { crop, centre, unitsPerPixel, placed } = prepared.mnist;
  const isMnist = drawing.way.value === 'mnist' && crop && centre && unitsPerPixel && placed;
  const size = isMnist ? unitsPerPixel : PAD / 28;
  const [left, top] = isMnist ? [crop.left - placed.left * size, crop.top - placed.top * size] : [0, 0];
  const index = drawing.pixel.value;
  return (
    <g>
      {isMnist ? (
        <>
          <rect class="mark-crop" x={crop.left} y={crop.top} width={crop.width} height={crop.height} />
          <path class="mark-centre" d={`M${centre.x - 9} ${centre.y}h18M${centre.x} ${centre.y - 9}v18`} />
        </>
      ) : (
        <path class="mark-grid" d={gridPath()} />
      )}
      {index !== undefined && (
        <rect
          class="mark-patch"
          x={left + (index % 28) * size}
          y={top + Math.floor(index / 28) * size}
          width={size}
          height={size}
        />
      )}
    </g>
  );
}

function gridPath(): string {
  const lines = Array.from({ length: 27 }, (_, n) => (n + 1) * (PAD / 28));
  return lines.map((at) => `M${at} 0v${PAD}M0 ${at}h${PAD}`).join('');
}
