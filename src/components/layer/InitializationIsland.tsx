import { useEffect, useMemo } from 'preact/hooks';
import type { Spread } from '../../lib/nn/spread.ts';
import {
  type BeginningName,
  type DeepStack,
  RANGE,
  beginnings,
  createInitialization,
  describeSpreads,
} from '../../state/initialization.ts';
import { SpreadBars } from '../figures/SpreadBars.tsx';
import { ActivationChoice } from './ActivationChoice.tsx';

interface Props {
  start: DeepStack;
  /** The spreads of the start, computed while the site was built. */
  first: readonly { counts: number[]; mean: number; deviation: number; zeros: number }[];
}

/** The activations at every layer of a deep stack that has learnt nothing yet. */
export function InitializationIsland({ start, first }: Props) {
  const explorer = useMemo(() => createInitialization(start), [start]);
  useEffect(() => void explorer.load(), [explorer]);
  const { beginning, activation, seed } = explorer.stack.value;
  const spreads: readonly Spread[] =
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
          names={['relu', 'tanh', 'sigmoid', 'linear']}
          value={activation}
          onChange={(chosen) => explorer.choose({ activation: chosen })}
        />
        <button type="button" onClick={() => explorer.choose({ seed: seed + 1 })}>
          New seed
        </button>
      </div>
      <ol class="spreads">
        {spreads.map((spread, n) => (
          <li key={n}>
            <SpreadBars
              counts={spread.counts}
              label={`Activations of layer ${n + 1}, from −${RANGE} to ${RANGE}; ${(100 * spread.zeros).toFixed(0)} % are 0`}
            />
            <span>
              layer {n + 1}: spread {spread.deviation.toPrecision(2)}
            </span>
          </li>
        ))}
      </ol>
      <p role="status">{explorer.failure.value ?? describeSpreads(spreads)}</p>
    </div>
  );
}
