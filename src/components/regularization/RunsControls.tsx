import '../figures/controls.css';
import type { ComponentChildren } from 'preact';
import { formatShare } from '../../explain/numbers.ts';
import type { CodedRun } from '../../explain/figure-code.ts';
import { OpenRuns } from '../figures/OpenRuns.tsx';
import type { FinishedRuns } from './finished-runs.ts';

interface Props {
  runs: FinishedRuns;
  /** What the button does. */
  action: string;
  /** What each of the runs is called. */
  names: readonly string[];
  /** What is said once they are done. */
  children: ComponentChildren;
}

/** Begins the runs, says how far they are, stops them. */
export function RunsControls({ runs, action, names, children }: Props) {
  const { share, isDone, failure } = runs;
  const isBusy = share.value !== undefined;
  return (
    <>
      <div class="run-controls needs-script">
        {isBusy ? (
          <button type="button" onClick={runs.stop}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            aria-disabled={isDone.value}
            onClick={() => {
              if (!isDone.value) void runs.begin();
            }}
          >
            {action}
          </button>
        )}
        <OpenRuns runs={() => codedRuns(runs, names)} />
      </div>
      <p class="run-sentence" role="status">
        {isBusy ? `They learn: ${formatShare(share.value!, 0)} done` : isDone.value && children}
      </p>
      {failure.value && (
        <p class="run-trouble" role="alert">
          {failure.value}
        </p>
      )}
    </>
  );
}

function codedRuns({ setups }: FinishedRuns, names: readonly string[]): CodedRun[] {
  return setups.map((setup, n) => ({ name: names[n], setup }));
}
