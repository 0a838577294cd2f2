import './CheckedAnswer.css';
import type { CheckResult, Described } from '../../sandbox/protocol.ts';
import { ExplainWhy } from './ExplainWhy.tsx';
import { Result } from './CellResults.tsx';
import { Value } from './Value.tsx';

/** Where a wrong answer is wrong; what it was tried on, what was expected and what came. */
export function CheckedAnswer({ check: { seen, shown, why } }: { check: CheckResult }) {
  if (shown.length === 0) return <Seen seen={seen} />;
  return (
    <>
      {why && <ExplainWhy key={why.reasons[why.right]} {...why} />}
      <div class="check-shown">
        {shown.map((each, n) => (
          <Result key={n} shown={each} />
        ))}
      </div>
      {seen.length > 0 && (
        <details class="check-tried">
          <summary>What it was tried on</summary>
          <Seen seen={seen} />
        </details>
      )}
    </>
  );
}

function Seen({ seen }: { seen: readonly (readonly [string, Described])[] }) {
  return (
    <dl class="check-seen notranslate">
      {seen.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
