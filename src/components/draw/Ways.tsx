import './Ways.css';
import { formatShare } from '../../explain/numbers.ts';
import { CENTRE } from '../../lib/ink/prepare.ts';
import { PAD } from '../../lib/ink/stroke.ts';
import type { Drawing, Way } from '../../state/digits/drawing.ts';
import { DigitImage } from '../figures/HeatImage.tsx';

const WAYS: readonly { way: Way; title: string; how: string }[] = [
  {
    way: 'mnist',
    title: "MNIST's way",
    how: 'Cropped, its longer side fitted to 20 pixels, its centre of mass in the middle.',
  },
  {
    way: 'blocks',
    title: 'Block means',
    how: 'The mean of each block of 15 × 15. What is small stays small.',
  },
];

/** From 420 × 420 to 28 × 28, each way beside the others, and what is read of each. */
export function Ways({ drawing }: { drawing: Drawing }) {
  return (
    <fieldset class="ways">
      <legend>From 420 × 420 to 28 × 28</legend>
      {WAYS.map((entry) => (
        <PreparationWay key={entry.way} drawing={drawing} {...entry} />
      ))}
    </fieldset>
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
          onChange={() => drawing.chooseWay(way)}
        />
        <strong>{title}</strong>
      </label>
      <DigitImage
        image={drawing.preparation.value?.[way].image}
        label={`The drawing in 28 × 28 pixels, ${title}. The arrow keys move from pixel to pixel.`}
        pointed={drawing.pixel.value}
        onPoint={(index) => drawing.point(index, way)}
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
        {reading
          ? `Read as ${reading.digit}, ${formatShare(reading.probabilities[reading.digit] ?? 0)}`
          : 'Nothing drawn yet'}
      </p>
      <p class="quiet">{how}</p>
    </div>
  );
}

/** On the pad: what the chosen way looks at, and the patch behind the pixel that is being pointed at. */
export function Marks({ drawing }: { drawing: Drawing }) {
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
