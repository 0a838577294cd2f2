import './QueueControls.css';
import '../figures/controls.css';
import type { ComponentChildren } from 'preact';
import { formatCount, formatDuration, formatShare } from '../../explain/numbers.ts';
import type { CodedRun } from '../../explain/figure-code.ts';
import type { RunQueue } from '../../state/run/run-queue.ts';
import { OpenRuns } from '../figures/OpenRuns.tsx';

interface Props {
  queue: RunQueue;
  /** On the button that begins. */
  action: string;
  onBegin: () => void;
  /** The runs by name, with what is chosen now. */
  runs: () => readonly CodedRun[];
  /** More buttons and choices beside it. */
  children?: ComponentChildren;
}

/** Begins some runs, and says how far they are: pause, go on, cancel, time left, and what went wrong. */
export function QueueControls({ queue, action, onBegin, runs, children }: Props) {
  const status = queue.status.value;
  const isUnderWay = status === 'opening' || status === 'running' || status === 'paused';
  return (
    <>
      <div class="run-controls needs-script">
        {children}
        <button
          type="button"
          class="primary"
          aria-disabled={status === 'opening'}
          onClick={!isUnderWay ? onBegin : status === 'paused' ? () => void queue.goOn() : queue.pause}
        >
          {!isUnderWay ? action : status === 'paused' ? 'Go on' : 'Pause'}
        </button>
        <button type="button" aria-disabled={!isUnderWay} onClick={queue.cancel}>
          Cancel
        </button>
        <OpenRuns runs={runs} />
      </div>
      <div class="queue-progress quiet" data-status={status}>
        <progress max={1} value={status === 'finished' ? 1 : queue.share.value} aria-label="Runs done" />
        <span>{describeTime(queue)}</span>
      </div>
      <p class="run-sentence quiet" role="status">
        {describeQueue(queue)}
      </p>
      {queue.failure.value && (
        <p class="run-trouble" role="alert">
          {queue.failure.value}
        </p>
      )}
    </>
  );
}

/** Changes all the time: not spoken. */
function describeTime({ status, loading, share, secondsLeft }: RunQueue): string {
  if (loading.value !== undefined) return `fetching 70,000 digits: ${formatShare(loading.value, 0)}`;
  if (status.value !== 'running' && status.value !== 'paused') return '';
  const left = secondsLeft.value;
  return `${formatShare(share.value, 0)}${left === undefined ? '' : `, ${formatDuration(left)} left`}`;
}

/** Spoken where something begins or ends. */
function describeQueue({ status, asked, described }: RunQueue): string {
  const count = asked.value.length;
  const runs = `${formatCount(count)} ${count === 1 ? 'run' : 'runs'}`;
  switch (status.value) {
    case 'idle':
      return '';
    case 'opening':
      return 'The digits are brought to the workers…';
    case 'running':
      return `${runs} to do. ${described.value}`;
    case 'paused':
      return 'Paused.';
    case 'finished':
      return `${runs} done.`;
  }
}
