import './ExplainWhy.css';
import { useState } from 'preact/hooks';
import type { CheckResult } from '../../sandbox/protocol.ts';

/** After a wrong answer that is known: the reader says why it is wrong, and then it is said. */
export function ExplainWhy({ reasons, right }: NonNullable<CheckResult['why']>) {
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  return (
    <fieldset class="explain-why">
      <legend>Explain why: what is wrong with it?</legend>
      {reasons.map((reason, n) => (
        <button
          key={reason}
          type="button"
          aria-pressed={chosen === n}
          aria-disabled={chosen !== undefined}
          onClick={() => setChosen((before) => before ?? n)}
        >
          {reason}
        </button>
      ))}
      <p role="status">
        {chosen !== undefined &&
          (chosen === right
            ? 'Yes, that is why.'
            : `No, that is said of another fault. This is why: ${reasons[right]}`)}
      </p>
    </fieldset>
  );
}
