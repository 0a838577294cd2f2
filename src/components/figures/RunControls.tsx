import './RunControls.css';
import './controls.css';
import { useState } from 'preact/hooks';
import { adviseOn } from '../../explain/run-advice.ts';
import type { Setup } from '../../lib/training/setup.ts';
import { describeCutBatch } from '../../lib/training/training-data.ts';
import { type Run, type SpeedName, speeds } from '../../state/run/run.ts';
import {
  formatCount,
  formatDecimals,
  formatDuration,
  formatShare,
  formatSignificant,
} from '../../explain/numbers.ts';
import { OpenInNotebook } from './OpenInNotebook.tsx';
import type { SetupDraft } from './SetupForm.tsx';

interface Props {
  run: Run;
  /** What stands in the form of the set-up: a run that is asked for is to be that one. */
  draft: SetupDraft;
  onChoose: (setup: Setup) => void;
  /** What it learns from, as cells call it. */
  digits?: 'train' | 'yours';
}

/** One step, one epoch, or on and on; pause; again from the start, or from another. */
export function RunControls({ run, draft, onChoose, digits = 'train' }: Props) {
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const isAsked = asked !== undefined && draft.isChanged;
  const status = run.status.value;
  const isRunning = status === 'running';
  const isFree = status === 'idle' || status === 'paused';
  const isOver = status === 'finished';
  /** Does it with the set-up in the form; asks, where that would let go of a run under way. */
  const go = (goOn: () => void, afresh = goOn) => {
    if (draft.isChanged && run.epoch.value > 0) setAsked({ goOn, afresh });
    else if (!draft.isChanged || draft.apply()) goOn();
  };
  return (
    <>
      <div class="run-controls needs-script">
        {isRunning || status === 'stepping' ? (
          <button type="button" class="primary" onClick={run.pause}>
            Pause
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            aria-disabled={!isFree}
            onClick={() => go(() => void run.run())}
          >
            Run
          </button>
        )}
        <button type="button" aria-disabled={!isFree} onClick={() => go(() => void run.stepExample())}>
          Step 1 example
        </button>
        <button type="button" aria-disabled={!isFree} onClick={() => go(() => void run.stepBatch())}>
          Step 1 batch
        </button>
        <button type="button" aria-disabled={!isFree} onClick={() => go(() => void run.stepEpoch())}>
          Step 1 epoch
        </button>
        <label class="run-speed">
          Speed
          <select
            value={run.speed.value}
            onChange={(event) => run.chooseSpeed(event.currentTarget.value as SpeedName)}
          >
            {speeds.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" aria-disabled={status === 'idle'} onClick={run.reset}>
          Reset
        </button>
        <button type="button" onClick={() => go(run.newSeed)}>
          New seed
        </button>
        <OpenInNotebook from="a run of training" codes={({ runCode }) => runCode(run.setup.peek(), digits)} />
        {isOver && !run.diverged.value && (
          <button
            type="button"
            class="primary"
            onClick={() =>
              go(
                () => run.goOn(10),
                () => void run.run(),
              )
            }
          >
            10 more epochs
          </button>
        )}
      </div>
      {isAsked && <WhichSetup asked={asked} draft={draft} onAnswer={() => setAsked(undefined)} />}
      <RunWords run={run} />
      <RunTrouble run={run} onChoose={onChoose} />
    </>
  );
}

/** What was asked for while the form said something else than the run, and the same with a new run. */
interface Asked {
  readonly goOn: () => void;
  readonly afresh: () => void;
}

function WhichSetup({ asked, draft, onAnswer }: { asked: Asked; draft: SetupDraft; onAnswer: () => void }) {
  return (
    <p class="run-notice" role="alert">
      The form says something else than the run under way has.{' '}
      <button
        type="button"
        onClick={() => {
          onAnswer();
          if (draft.apply()) asked.afresh();
        }}
      >
        Begin anew with what the form says
      </button>{' '}
      <button
        type="button"
        onClick={() => {
          onAnswer();
          draft.drop();
          asked.goOn();
        }}
      >
        Go on as the run began
      </button>
    </p>
  );
}

/** Where the run is, how fast it goes, and what there is to be said of it. */
function RunWords({ run }: { run: Run }) {
  const { setup, epoch, rate, status, loading, images } = run;
  const isOpen = status.value !== 'idle' && status.value !== 'opening';
  const cut = isOpen && images.value > 0 ? describeCutBatch(setup.value, images.value) : undefined;
  const share = Math.min(1, epoch.value / setup.value.epochs);
  return (
    <>
      <div class="run-progress">
        <progress
          value={loading.value ?? share}
          max={1}
          aria-label={loading.value === undefined ? 'Epochs done' : 'Digits fetched'}
        />
        <span>
          {loading.value === undefined
            ? `Epoch ${formatDecimals(epoch.value, Number.isInteger(epoch.value) ? 0 : 2)} of ${setup.value.epochs}`
            : `Fetching 60,000 digits: ${formatShare(loading.value, 0)}`}
        </span>
        <span>{rate.value ? `${formatCount(rate.value)} images per second` : ''}</span>
        <span>
          {status.value === 'running' && run.secondsLeft.value !== undefined
            ? `${formatDuration(run.secondsLeft.value)} left`
            : ''}
        </span>
      </div>
      <p role="status" class="run-sentence">
        {describeRun(run)}
      </p>
      {cut && <p class="quiet">{cut}</p>}
    </>
  );
}

/** What went wrong, why, and what would help. */
function RunTrouble({ run, onChoose }: Pick<Props, 'run' | 'onChoose'>) {
  const { setup, epochs, status, diverged, stalled } = run;
  const isStuck = stalled.value && !diverged.value && status.value !== 'running';
  const done = epochs.value.length;
  const advice =
    diverged.value || isStuck
      ? adviseOn({
          setup: setup.value,
          end: diverged.value ? 'diverged' : 'stalled',
          epochs: done,
          images: run.images.value,
          loss: epochs.value.at(-1)?.loss ?? Number.NaN,
          look: run.look.value,
        })
      : undefined;
  return (
    <>
      {advice && (
        <p class="run-trouble" role="alert">
          {diverged.value
            ? 'The loss is not a number any more. '
            : `After ${done} ${done === 1 ? 'epoch' : 'epochs'} it still reads no better than guessing. `}
          {advice.says}{' '}
          {diverged.value && advice.remedies.length === 0 && (
            <button type="button" onClick={run.calmDown}>
              Back to epoch {Math.floor(run.snapshots.value.at(-1)?.epoch ?? 0)}, with a tenth of the learning
              rate
            </button>
          )}
          {advice.remedies.map(({ label, change }) => (
            <button key={label} type="button" onClick={() => onChoose({ ...setup.value, ...change })}>
              {label}
            </button>
          ))}
        </p>
      )}
      {run.failure.value && (
        <p class="run-trouble" role="alert">
          It stopped: {run.failure.value}
        </p>
      )}
      {run.elsewhere.value && (
        <p class="run-notice" role="alert">
          {run.elsewhere.value}{' '}
          <button type="button" onClick={() => void run.takeOver()}>
            Take it over
          </button>
        </p>
      )}
      {run.notice.value && (
        <p class="run-notice" role="alert">
          {run.notice.value}
        </p>
      )}
    </>
  );
}

/** Spoken at epochs and at halts, not at each of the hundreds of batches. */
function describeRun({ status, epochs, diverged }: Run): string {
  const last = epochs.value.at(-1);
  const figures = last
    ? `After epoch ${last.epoch}: loss ${formatSignificant(last.loss)}, ${formatShare(last.accuracy)} of what it learns from read right${
        last.validation ? `, ${formatShare(last.validation.accuracy)} of what was held back` : ''
      }.`
    : '';
  switch (status.value) {
    case 'idle':
      return 'Nothing is trained yet: all weights are as they were drawn.';
    case 'opening':
      return 'The digits are brought to the trainer…';
    case 'finished':
      return diverged.value ? 'The run has come apart.' : `All epochs are done. ${figures}`;
    case 'paused':
      return `${figures} Paused.`.trimStart();
    default:
      return figures || 'The first epoch is under way.';
  }
}
