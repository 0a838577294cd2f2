import './CurveReader.css';
import './race-key.css';
import { useState } from 'preact/hooks';
import type { ChartCursor } from './Chart.tsx';
import { formatDecimals } from '../../explain/numbers.ts';

/** A curve as it is read at one epoch. */
export interface CurveReading {
  readonly label: string;
  readonly colour: string;
  /** Nothing before its first point. */
  readonly value: string | undefined;
}

export interface EpochCursor extends ChartCursor {
  /** Where the curves end. */
  readonly last: number;
}

/** The epoch at which curves are read: the one that is pointed at, or their end, also while they grow. */
export function useEpochCursor(last: number): EpochCursor {
  const [chosen, choose] = useState<number | undefined>(undefined);
  return {
    at: Math.min(chosen ?? last, last),
    last,
    move: (epoch) => choose(epoch >= last ? undefined : Math.max(0, epoch)),
  };
}

/** What curves say at the cursor, which pointing at a chart moves, and this slider too. */
export function CurveReader({
  cursor,
  readings,
}: {
  cursor: EpochCursor;
  readings: readonly CurveReading[];
}) {
  const { at, last, move } = cursor;
  const said = readings.map(({ label, value }) => `${label} ${value ?? 'nothing yet'}`).join(', ');
  return (
    <div class="curve-reader needs-script">
      <label>
        Read at epoch
        <input
          type="range"
          min={0}
          max={last}
          step="any"
          value={at}
          aria-valuetext={`epoch ${formatDecimals(at, 2)}: ${said}`}
          onInput={(event) => move(event.currentTarget.valueAsNumber)}
        />
        <output>{formatDecimals(at, 2)}</output>
      </label>
      <ul>
        {readings.map(({ label, colour, value }) => (
          <li key={label}>
            <span class="race-key" style={{ background: colour }} aria-hidden="true" /> {label}{' '}
            <b>{value ?? '–'}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
