import '../figures/controls.css';
import './EpochReadings.css';
import { useEffect, useMemo } from 'preact/hooks';
import { formatShare } from '../../explain/numbers.ts';
import { address } from '../../state/site/address.ts';
import { Bars } from '../figures/Bars.tsx';
import { Slider } from '../figures/Slider.tsx';
import * as page from './draw-page.ts';
import { describeEpochs } from './draw-words.ts';
import { createEpochReadings } from './epoch-readings.ts';

/** The digit on the pad, read by the reader's own network as it was after each epoch. */
export function EpochReadingsIsland() {
  const epochs = useMemo(createEpochReadings, []);
  useEffect(() => void epochs.begin(), [epochs]);
  const { snapshots, at, readings, reading, failure } = epochs;
  if (snapshots.value.length === 0) {
    return (
      <p class="run-sentence" aria-live="polite">
        {failure.value ??
          (epochs.isLooked.value
            ? 'This browser keeps no network of yours yet.'
            : 'Your network is being looked for…')}{' '}
        <a href={address('training/')}>Chapter 5</a> trains one in a minute; then come back.
      </p>
    );
  }
  const { epoch } = snapshots.value[at.value];
  const { value: label } = page.label;
  const wanted = label ?? readings.value.at(-1)?.digit;
  return (
    <>
      <Slider
        label="Read by your network after epoch"
        min={0}
        max={snapshots.value.length - 1}
        step={1}
        value={at.value}
        text={String(epoch)}
        onChange={epochs.travel}
      />
      <div class="epochs">
        <div>
          <ol class="epoch-strip" aria-label="What your network read after each epoch">
            {readings.value.map((then, n) => (
              <li key={then.epoch}>
                <button
                  type="button"
                  class={then.digit === wanted ? 'on-paper' : 'on-paper epoch-otherwise'}
                  aria-pressed={n === at.value}
                  aria-label={`Epoch ${then.epoch}: ${then.digit}, ${formatShare(then.probabilities[then.digit] ?? 0)} sure`}
                  onClick={() => epochs.travel(n)}
                >
                  {then.digit}
                  <small>{then.epoch}</small>
                </button>
              </li>
            ))}
          </ol>
          <p class="run-sentence" aria-live="polite">
            {describeEpochs(readings.value, label)}
          </p>
        </div>
        <Bars probabilities={reading.value?.probabilities} digit={reading.value?.digit} />
      </div>
    </>
  );
}
