import './StepControls.css';
import './terms.css';
import { useMemo } from 'preact/hooks';
import { formatDecimals, formatNumber, formatShare } from '../../explain/numbers.ts';
import { createSoftmaxExplorer } from './softmax-explorer.ts';
import { OpenInNotebook } from '../figures/OpenInNotebook.tsx';
import { BarTrack } from '../figures/BarTrack.tsx';

interface Props {
  /** The scores of a real digit, to begin with. */
  start: readonly number[];
  label: number;
}

/** Ten scores to move, and what softmax makes of them. */
export function SoftmaxExplorerIsland({ start, label }: Props) {
  const explorer = useMemo(() => createSoftmaxExplorer(start), [start]);
  const { scores, temperature, added, probabilities, naive } = explorer;
  return (
    <div class="softmax">
      <table class="terms">
        <caption>The scores of a test image, labelled {label}: move them</caption>
        <thead>
          <tr>
            <th scope="col">Digit</th>
            <th scope="col">Score</th>
            <th scope="col">e to the score, float32</th>
            <th scope="col">Probability</th>
          </tr>
        </thead>
        <tbody>
          {scores.value.map((score, k) => (
            <tr key={k}>
              <th scope="row">{k}</th>
              <td>
                <input
                  type="range"
                  min={-20}
                  max={20}
                  step={0.1}
                  value={score}
                  aria-label={`Score of ${k}`}
                  onInput={(event) => explorer.setScore(k, event.currentTarget.valueAsNumber)}
                />
                <span class="softmax-number">{formatDecimals(score, 3)}</span>
              </td>
              <td>{formatNumber(naive.value.exponentials[k])}</td>
              <td class="softmax-probability">
                <BarTrack share={probabilities.value[k]} />
                <span class="softmax-share">{formatShare(probabilities.value[k])}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="step-controls">
        <label>
          Temperature {formatDecimals(temperature.value, 1)}
          <input
            type="range"
            min={0.1}
            max={10}
            step={0.1}
            value={temperature.value}
            onInput={(event) => explorer.setTemperature(event.currentTarget.valueAsNumber)}
          />
        </label>
        <label>
          Add {added.value} to every score
          <input
            type="range"
            min={0}
            max={200}
            step={1}
            value={added.value}
            onInput={(event) => explorer.addToAll(event.currentTarget.valueAsNumber)}
          />
        </label>
        <button type="button" onClick={explorer.reset}>
          Reset
        </button>
        <OpenInNotebook
          from="ten scores and their softmax"
          codes={({ softmaxCode }) => softmaxCode(explorer.logits.peek())}
        />
      </div>
      <p role="status">{explorer.sentence.value}</p>
      <p class="quiet">
        The quotients without the subtraction:{' '}
        {[...naive.value.quotients].map((each) => formatNumber(each)).join(', ')}.
      </p>
    </div>
  );
}
