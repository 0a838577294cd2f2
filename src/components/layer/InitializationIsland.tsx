import '../figures/initialization-choice.css';
import { useEffect, useMemo } from 'preact/hooks';
import {
  type BeginningName,
  type DeepStack,
  type LayerSpread,
  RANGE,
  beginnings,
  createInitialization,
  describeSpreads,
} from './initialization.ts';
import { SpreadBars } from '../figures/SpreadBars.tsx';
import { ActivationChoice } from '../figures/ActivationChoice.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import { formatShare, formatSignificant } from '../../explain/numbers.ts';

interface Props {
  start: DeepStack;
  /** The spreads of the start, computed while the site was built. */
  first: readonly (Omit<LayerSpread, 'counts'> & { counts: number[] })[];
}

/** The activations at every layer of a deep stack that has learnt nothing yet. */
export function InitializationIsland({ start, first }: Props) {
  const explorer = useMemo(() => createInitialization(start), [start]);
  useEffect(() => void explorer.load(), [explorer]);
  const { beginning, activation, seed } = explorer.stack.value;
  const spreads: readonly LayerSpread[] =
    explorer.spreads.value ?? first.map((spread) => ({ ...spread, counts: Uint32Array.from(spread.counts) }));
  return (
    <div class="initialization">
      <div class="initialization-choice needs-script">
        <label>
          First weights
          <select
            value={beginning}
            onChange={(event) => explorer.choose({ beginning: event.currentTarget.value as BeginningName })}
          >
            {beginnings.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <ActivationChoice
          names={['linear', 'relu', 'sigmoid', 'tanh']}
          value={activation}
          onChange={(chosen) => explorer.choose({ activation: chosen })}
        />
        <button type="button" onClick={() => explorer.choose({ seed: seed + 1 })}>
          New seed
        </button>
      </div>
      <p role="status">{explorer.failure.value ?? describeSpreads(spreads)}</p>
      <TryAgain failure={explorer.failure.value} again={explorer.load} />
      <ol class="spreads">
        {spreads.map((spread, n) => (
          <li key={n}>
            <SpreadBars
              counts={spread.counts}
              label={`Activations of layer ${n + 1}, from −${RANGE} to ${RANGE}; ${formatShare(spread.zeros, 0)} are 0`}
            />
            <span>
              layer {n + 1}: varies by {formatSignificant(spread.between, 2)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
