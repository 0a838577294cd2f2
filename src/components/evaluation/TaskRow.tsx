import '../figures/controls.css';
import './TaskRow.css';
import type { ComponentChildren } from 'preact';
import { formatShare } from '../../explain/numbers.ts';
import type { Task } from './task.ts';

interface Props {
  task: Pick<Task<never, unknown>, 'isBusy' | 'share' | 'failure' | 'result'>;
  /** What is being done, while it is. */
  doing: string;
  /** What was found, once it is there. */
  found?: ComponentChildren;
  /** What it is asked with. */
  children?: ComponentChildren;
}

/** A computation in one row: its controls, and what it is doing, what it found, or why it could not. */
export function TaskRow({ task, doing, found, children }: Props) {
  const { isBusy, share, failure, result } = task;
  const done = share.value;
  return (
    <div class="run-controls task-row needs-script">
      {children}
      <p class="run-sentence" role="status">
        {isBusy.value
          ? `${doing}${done === undefined || done >= 1 ? '…' : `: ${formatShare(done, 0)}`}`
          : result.value !== undefined && found}
      </p>
      {failure.value && (
        <p class="run-trouble" role="alert">
          {failure.value}
        </p>
      )}
    </div>
  );
}
