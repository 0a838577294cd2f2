import { type Run, type SpeedName, speeds } from '../../state/run.ts';

/** One step, one epoch, or on and on; pause; again from the start, or from another. */
export function RunControls({ run }: { run: Run }) {
  const status = run.status.value;
  const isRunning = status === 'running';
  const isFree = status === 'idle' || status === 'paused';
  const isOver = status === 'finished';
  return (
    <>
      <div class="run-controls needs-script">
        {isRunning || status === 'stepping' ? (
          <button type="button" class="primary" onClick={run.pause}>
            Pause
          </button>
        ) : (
          <button type="button" class="primary" disabled={!isFree} onClick={() => void run.run()}>
            Run
          </button>
        )}
        <button type="button" disabled={!isFree} onClick={() => void run.stepExample()}>
          Step 1 example
        </button>
        <button type="button" disabled={!isFree} onClick={() => void run.stepBatch()}>
          Step 1 batch
        </button>
        <button type="button" disabled={!isFree} onClick={() => void run.stepEpoch()}>
          Step 1 epoch
        </button>
        <label class="run-speed">
          Speed
          <select
            value={run.speed.value}
            onChange={(event) => {
              run.speed.value = event.currentTarget.value as SpeedName;
            }}
          >
            {speeds.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={status === 'idle'} onClick={run.reset}>
          Reset
        </button>
        <button type="button" onClick={run.newSeed}>
          New seed
        </button>
        {isOver && !run.diverged.value && (
          <button type="button" class="primary" onClick={() => run.goOn(10)}>
            10 more epochs
          </button>
        )}
      </div>
      <RunWords run={run} />
    </>
  );
}

/** Where the run is, how fast it goes, and what there is to be said of it. */
function RunWords({ run }: { run: Run }) {
  const { setup, epoch, rate, status, loading } = run;
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
            ? `Epoch ${epoch.value.toFixed(Number.isInteger(epoch.value) ? 0 : 2)} of ${setup.value.epochs}`
            : `Fetching 60,000 digits: ${(100 * loading.value).toFixed(0)} %`}
        </span>
        <span>{rate.value ? `${count(rate.value)} images per second` : ''}</span>
        <span>
          {status.value === 'running' && run.secondsLeft.value !== undefined
            ? `${time(run.secondsLeft.value)} left`
            : ''}
        </span>
      </div>
      <p role="status" class="run-sentence">
        {describeRun(run)}
      </p>
      {run.diverged.value && (
        <p class="run-trouble" role="alert">
          The loss is not a number any more: the steps were so long that each overshot the valley by more than
          the one before, until the weights grew past what a number can hold.{' '}
          <button type="button" onClick={run.calmDown}>
            Back to epoch {Math.floor(run.snapshots.value.at(-1)?.epoch ?? 0)}, with a tenth of the learning
            rate
          </button>
        </p>
      )}
      {run.stalled.value && !run.diverged.value && status.value !== 'running' && (
        <p class="run-trouble" role="alert">
          After {run.epochs.value.length} epochs it still reads no better than guessing. Such a network is
          stuck: the steps may be too short to get anywhere or too long to stay anywhere, or no gradient comes
          back to the first layers.{' '}
          <button type="button" onClick={run.newSeed}>
            Begin again with a new seed
          </button>
        </p>
      )}
      {run.failure.value && (
        <p class="run-trouble" role="alert">
          It stopped: {run.failure.value}
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
    ? `After epoch ${last.epoch}: loss ${last.loss.toPrecision(3)}, ${(100 * last.accuracy).toFixed(1)} % of what it learns from read right${
        last.validation ? `, ${(100 * last.validation.accuracy).toFixed(1)} % of what was held back` : ''
      }.`
    : '';
  switch (status.value) {
    case 'idle':
      return 'Nothing is trained yet: all weights are as they were drawn.';
    case 'opening':
      return 'The digits are brought to the trainer…';
    case 'finished':
      return diverged.value ? 'The run has come apart.' : `All epochs are done. ${figures}`;
    default:
      return figures || 'The first epoch is under way.';
  }
}

const count = (value: number) => Math.round(value).toLocaleString('en');

/** Seconds as somebody would say them. */
export function time(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}
