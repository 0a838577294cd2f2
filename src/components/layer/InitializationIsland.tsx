import { useEffect, useMemo } from 'preact/hooks';
import type { Spread } from '../../lib/nn/spread.ts';
import {
  BINS,
  type BeginningName,
  type DeepStack,
  RANGE,
  beginnings,
  createInitialization,
  describeSpreads,
} from '../../state/initialization.ts';
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
            <Bars spread={spread} layer={n + 1} />
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

function Bars({ spread: { counts, zeros }, layer }: { spread: Spread; layer: number }) {
  // The tallest bar is often that of the zeros; the others are seen beside it by their square roots.
  const tall = Math.sqrt(Math.max(...counts, 1));
  return (
    <svg
      viewBox={`0 0 ${BINS} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Activations of layer ${layer}, from −${RANGE} to ${RANGE}; ${(100 * zeros).toFixed(0)} % are 0`}
    >
      {Array.from(counts, (count, bin) => {
        const height = (20 * Math.sqrt(count)) / tall;
        return <rect key={bin} x={bin} y={20 - height} width={0.9} height={height} />;
      })}
    </svg>
  );
}
