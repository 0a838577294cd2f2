import { useEffect, useMemo } from 'preact/hooks';
import { createBatch } from '../../state/batch.ts';
import { largestSize } from '../../state/contributions.ts';
import { formatNumber } from '../../state/pass-sentences.ts';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';

const SIZE = 8;
const UNITS = 32;

/** What the gradient of a batch is the mean of: each digit's own picture of blame, and what is left of them. */
export function BatchGradientIsland() {
  const batch = useMemo(() => {
    const made = createBatch(SIZE);
    made.isTrained.value = false;
    return made;
  }, []);
  useEffect(() => void batch.load(), [batch]);
  const gradient = batch.gradient.value;
  const full = largestSize(gradient?.parts.flatMap((part) => Array.from(part.gradient)) ?? []);
  return (
    <div class="batch">
      <div class="step-controls">
        <label>
          Unit {batch.unit.value} of the first layer
          <input
            type="range"
            min={0}
            max={UNITS - 1}
            value={batch.unit.value}
            onInput={(event) => {
              batch.unit.value = event.currentTarget.valueAsNumber;
            }}
          />
        </label>
        <label>
          Network
          <select
            value={batch.isTrained.value ? 'trained' : 'untrained'}
            onChange={(event) => {
              batch.isTrained.value = event.currentTarget.value === 'trained';
            }}
          >
            <option value="untrained">before training</option>
            <option value="trained">trained, the original recipe</option>
          </select>
        </label>
        <label>
          Digits
          <select
            value={batch.label.value ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              batch.chooseLabel(value === '' ? undefined : Number(value));
            }}
          >
            <option value="">all kinds</option>
            {Array.from({ length: 10 }, (_, digit) => (
              <option key={digit} value={digit}>
                only {digit}s
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={batch.next} disabled={!gradient}>
          Next batch
        </button>
      </div>
      <ul class="batch-members">
        {Array.from({ length: SIZE }, (_, n) => {
          const row = batch.rows.value[n];
          const part = gradient?.parts[n];
          return (
            <li key={n}>
              <DigitImage
                image={row === undefined ? undefined : batch.imageOf(row)}
                label={`Digit ${n + 1} of the batch`}
              />
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
              ? `The mean of the eight, in the same colours. Of all that the digits push at these weights, ${(100 * gradient.cancelled).toFixed(0)} % is taken back by the others: one pulls up what another pulls down.`
              : 'Digits and network are on their way…')}
        </p>
      </div>
    </div>
  );
}
