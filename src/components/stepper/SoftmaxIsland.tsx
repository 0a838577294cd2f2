import { useMemo } from 'preact/hooks';
import { formatNumber } from '../../state/pass-sentences.ts';
import { createSoftmaxExplorer } from '../../state/softmax-explorer.ts';

interface Props {
  /** The scores of a real digit, to begin with. */
  start: readonly number[];
  label: number;
}

const PERCENT = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Ten scores to move, and what softmax makes of them. */
export function SoftmaxIsland({ start, label }: Props) {
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
                <span class="softmax-number">{formatNumber(score)}</span>
              </td>
              <td>{formatNumber(naive.value.exponentials[k]!)}</td>
              <td class="softmax-probability">
                <span class="bar-track">
                  <span class="bar-fill" style={{ transform: `scaleX(${probabilities.value[k]})` }} />
                </span>
                {PERCENT(probabilities.value[k]!)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="step-controls">
        <label>
          Temperature {temperature.value.toFixed(1)}
          <input
            type="range"
            min={0.1}
            max={10}
            step={0.1}
            value={temperature.value}
            onInput={(event) => {
              temperature.value = event.currentTarget.valueAsNumber;
            }}
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
            onInput={(event) => {
              added.value = event.currentTarget.valueAsNumber;
            }}
          />
        </label>
        <button type="button" onClick={explorer.reset}>
          Reset
        </button>
      </div>
      <p role="status">{explorer.sentence.value}</p>
      <p class="quiet">
        The quotients without the subtraction: {[...naive.value.quotients].map(formatNumber).join(', ')}.
      </p>
    </div>
  );
}
