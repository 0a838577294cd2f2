import '../figures/segments.css';
import { useState } from 'preact/hooks';
import { Slider } from '../figures/Slider.tsx';
import { oneHot } from '../../lib/data/dataset.ts';
import { gatherBatch } from '../../lib/nn/kernels/reference.ts';
import { Matrix } from '../../lib/nn/matrix.ts';
import { formatNumber } from '../../explain/numbers.ts';

interface Props {
  /** What they begin at: of the first digit of the sample. */
  byte: number;
  label: number;
}

/** One byte as a network gets it, and one label as a network gets it. */
export function ScaledAndOneHotIsland(first: Props) {
  const [byte, setByte] = useState(first.byte);
  const [label, setLabel] = useState(first.label);
  const scaled = new Matrix('float32', 1, 1);
  gatherBatch(
    { count: 1, width: 1, values: Uint8Array.of(byte), labels: new Uint8Array(1) },
    Uint32Array.of(0),
    scaled,
  );
  return (
    <div class="scaled-pair">
      <div>
        <h3>A pixel</h3>
        <div class="needs-script">
          <Slider label="Byte" value={byte} min={0} max={255} step={1} onChange={setByte} />
        </div>
        <p class="scaled-result">
          <span class="swatch">
            <span style={{ opacity: scaled.values[0] }} />
          </span>
          <output>
            {byte} / 255 = {formatNumber(scaled.values[0], 4)}
          </output>
        </p>
      </div>
      <div>
        <h3>A label</h3>
        <fieldset class="segments needs-script">
          <legend>The digit is</legend>
          {Array.from({ length: 10 }, (_, digit) => (
            <button
              key={digit}
              type="button"
              aria-label={`Label ${digit}`}
              aria-pressed={label === digit}
              onClick={() => setLabel(digit)}
            >
              {digit}
            </button>
          ))}
        </fieldset>
        <ol class="one-hot" start={0} aria-label="The label as ten numbers">
          {Array.from(oneHot(Uint8Array.of(label)), (target, digit) => (
            <li key={digit} class={target === 1 ? 'hot' : undefined}>
              {target}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
