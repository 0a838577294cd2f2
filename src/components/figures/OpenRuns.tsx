import type { CodedRun } from '../../explain/figure-code.ts';
import { OpenInNotebook } from './OpenInNotebook.tsx';

/** Takes runs that are compared along to the notebook. */
export function OpenRuns({ runs }: { runs: () => readonly CodedRun[] }) {
  return <OpenInNotebook from="runs that are compared" codes={({ runsCode }) => runsCode(runs())} />;
}
