import '../figures/vector.css';
import './OpenedDigit.css';
import './vector-slider.css';
import { useMemo, useState } from 'preact/hooks';
import { PIXELS, SIDE } from '../../lib/data/dataset.ts';
import { type OpenedDigit as Opened, pointAtPixel, pointedPixel } from '../../state/digits/data-explorer.ts';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { formatNumber } from '../../explain/numbers.ts';

/** One digit, large: as a picture, or as its 28 × 28 numbers. */
export function OpenedDigit({ digit }: { digit: Opened }) {
  const [asNumbers, setAsNumbers] = useState(false);
  return (
    <>
      <p class="opened-title">
        A <strong>{digit.label}</strong>
        <span>{digit.name}</span>
      </p>
      {asNumbers ? (
        <Numbers image={digit.image} pointed={pointedPixel.value} onPoint={pointAtPixel} />
      ) : (
        <DigitImage
          image={digit.image}
          label={`A ${digit.label} in 28 × 28 pixels. The arrow keys move from pixel to pixel.`}
          pointed={pointedPixel.value}
          onPoint={pointAtPixel}
        />
      )}
      <button type="button" class="opened-switch" onClick={() => setAsNumbers(!asNumbers)}>
        {asNumbers ? 'Show the picture' : 'Show its 784 numbers'}
      </button>
    </>
  );
}

interface NumbersProps {
  image: Uint8Array;
  pointed: number | undefined;
  onPoint: (pixel: number | undefined) => void;
}

function Numbers({ image, pointed, onPoint }: NumbersProps) {
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * SIDE);
    const row = Math.floor(((event.clientY - box.top) / box.height) * SIDE);
    if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) onPoint(row * SIDE + column);
  };
  // Kept, so that 784 numbers are not laid out again whenever the pointer moves.
  const cells = useMemo(
    () =>
      Array.from(image, (value, n) => (
        <span key={n} class={value === 0 ? 'byte byte-zero' : 'byte'}>
          {value}
        </span>
      )),
    [image],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="numbers-frame" tabIndex={0} aria-label="The 28 × 28 numbers of the digit">
      <div
        class="numbers"
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => onPoint(undefined)}
      >
        {cells}
        {pointed !== undefined && (
          <span
            class="heat-mark"
            style={{
              left: `${((pointed % SIDE) / SIDE) * 100}%`,
              top: `${(Math.floor(pointed / SIDE) / SIDE) * 100}%`,
              width: `${100 / SIDE}%`,
              height: `${100 / SIDE}%`,
            }}
          />
        )}
      </div>
    </section>
  );
}

/** The 784 numbers in one row, a slider along them, and what the one being pointed at is. */
export function VectorStrip({ digit }: { digit: Opened }) {
  const pixel = pointedPixel.value;
  return (
    <>
      <HeatImage
        values={digit.input}
        rows={1}
        columns={PIXELS}
        scale="ink"
        full={1}
        label="The same 784 numbers in one row. The arrow keys move along it."
        pointed={pixel}
        onPoint={pointAtPixel}
      />
      <label class="vector-slider">
        Along the row
        <input
          type="range"
          min={0}
          max={PIXELS - 1}
          value={pixel ?? 0}
          onInput={(event) => pointAtPixel(event.currentTarget.valueAsNumber)}
        />
      </label>
      <p class="vector-text">
        {pixel === undefined
          ? 'Point at a pixel of the picture, or at a place in the row: each lights the other.'
          : describePixel(digit, pixel)}
      </p>
    </>
  );
}

function describePixel({ image, input }: Opened, pixel: number): string {
  const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
  return `Row ${row}, column ${column} of the picture is number ${row} · 28 + ${column} = ${pixel} of the row. Its byte is ${image[pixel]}, and the network is given ${image[pixel]} / 255 = ${formatNumber(input[pixel], 4)}.`;
}
