import '../figures/controls.css';
import type { ComponentChildren } from 'preact';
import type { Task } from './task.ts';

interface Props {
  task: Pick<Task<never, unknown>, 'isBusy' | 'stop'>;
  onBegin: () => void;
  /** Whether it can be let go of where it is. */
  canStop?: boolean | undefined;
  /** What there is to find has been found, and would come out the same. */
  isDone?: boolean;
  isPrimary?: boolean;
  children: ComponentChildren;
}

/** Begins a computation. While that is under way the button keeps the focus, and stops it or does nothing. */
export function TaskButton({ task, onBegin, canStop, isDone, isPrimary, children }: Props) {
  const isBusy = task.isBusy.value;
  const stops = isBusy && canStop;
  const isIdle = !stops && (isBusy || isDone === true);
  return (
    <button
      type="button"
      class={isPrimary ? 'primary' : undefined}
      aria-disabled={isIdle}
      onClick={() => {
        if (stops) task.stop();
        else if (!isIdle) onBegin();
      }}
    >
      {stops ? 'Stop' : children}
    </button>
  );
}
