import '../figures/controls.css';
import './Progress.css';
import { useState } from 'preact/hooks';
import { FileChoice } from '../figures/FileChoice.tsx';
import { handOver } from '../../state/page/hand-over.ts';
import { forgetEverything, readProgress, writeProgress } from '../../state/store/progress.ts';

/** What this browser keeps of the reader's: taken along, brought here, forgotten. */
export function ProgressIsland() {
  const [said, setSaid] = useState('');
  const [isAsked, setAsked] = useState(false);
  const attempt = async (failed: string, task: () => string | Promise<string>) => {
    setAsked(false);
    try {
      setSaid(await task());
    } catch (error) {
      setSaid(`${failed}: ${(error as Error).message}.`);
    }
  };
  const download = () =>
    attempt('It was not written', () => {
      handOver(new Blob([writeProgress()], { type: 'application/json' }), 'backprop-by-hand-progress.json');
      return 'Downloaded.';
    });
  const open = (file: File) =>
    attempt(`${file.name} was not taken over`, async () => {
      readProgress(await file.text());
      return `${file.name} was taken over: every page shows it when it is opened next.`;
    });
  const forget = () =>
    attempt('Not all of it could be forgotten', async () => {
      await forgetEverything();
      return 'All of it is forgotten.';
    });
  return (
    <div class="progress-desk">
      <div class="progress-buttons">
        <button type="button" onClick={() => void download()}>
          Download my progress
        </button>
        <FileChoice
          label="Open a file of progress"
          accept=".json,application/json"
          onFile={(file) => void open(file)}
        />
        <button type="button" aria-expanded={isAsked} onClick={() => setAsked(!isAsked)}>
          Forget everything
        </button>
      </div>
      {isAsked && (
        <p class="run-notice">
          Answers, code, drawings, and every network that you trained in this browser will be gone.{' '}
          <button type="button" onClick={() => void forget()}>
            Yes, forget it all
          </button>
        </p>
      )}
      <p role="status">{said}</p>
    </div>
  );
}
