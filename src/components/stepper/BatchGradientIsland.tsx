import './batch-members.css';
import { useEffect, useMemo } from 'preact/hooks';
import { createBatch } from './batch.ts';
import { largestSize } from '../../explain/contributions.ts';
import { formatNumber, formatShare } from '../../explain/numbers.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { Slider } from '../figures/Slider.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';

const SIZE = 8;
const UNITS = 32;

/** What the gradient of a batch is the mean of: each digit's own picture of blame, and what is left of them. */
export function BatchGradientIsland() {
  const batch = useMemo(() => createBatch(SIZE, { startsTrained: false }), []);
  useEffect(() => void batch.load(), [batch]);
  const gradient = batch.gradient.value;
  const full = largestSize(gradient?.parts.flatMap((part) => Array.from(part.gradient)) ?? []);
  return (
    <div class="batch">
      <DigitPicker pick={batch.pick}>
        <label>
          Beside it
          <select
            value={batch.isAlike.value ? 'alike' : 'any'}
            onChange={(event) => batch.wantAlike(event.currentTarget.value === 'alike')}
          >
            <option value="any">those that come next</option>
            <option value="alike">only others with its label</option>
          </select>
        </label>
        <button type="button" onClick={batch.next} aria-disabled={!gradient}>
          Next batch
        </button>
        <label>
          Network
          <select
            value={batch.isTrained.value ? 'trained' : 'untrained'}
            onChange={(event) => batch.chooseNetwork(event.currentTarget.value as 'trained' | 'untrained')}
          >
            <option value="untrained">before training</option>
            <option value="trained">trained, the original recipe</option>
          </select>
        </label>
        <Slider
          label="Unit of the first layer"
          min={0}
          max={UNITS - 1}
          step={1}
          value={batch.unit.value}
          onChange={batch.chooseUnit}
        />
      </DigitPicker>
      <ul class="batch-members">
        {Array.from({ length: SIZE }, (_, n) => {
          const part = gradient?.parts[n];
          return (
            <li key={n}>
              <DigitImage image={batch.imageOf(n)} label={`Digit ${n + 1} of the batch`} />
              <HeatImage
                values={part?.gradient}
                rows={28}
                columns={28}
                scale="gradient"
                full={full}
                label={`Its own gradient of the unit's weights`}
              />
              <span>δ = {part ? formatNumber(part.blame) : '…'}</span>
            </li>
          );
        })}
      </ul>
      <div class="batch-mean">
        <HeatImage
          values={gradient?.mean}
          rows={28}
          columns={28}
          scale="gradient"
          full={full}
          label="The batch's gradient: the mean of the eight"
        />
        <p role="status">
          {batch.failure.value ??
            (gradient
              ? `The mean of the eight, in the same colours. Of all that the digits push at these weights, ${formatShare(gradient.cancelled, 0)} is taken back by the others: one pulls up what another pulls down.`
              : 'Digits and network are on their way…')}
        </p>
        <TryAgain failure={batch.failure.value} again={batch.load} />
      </div>
    </div>
  );
}
