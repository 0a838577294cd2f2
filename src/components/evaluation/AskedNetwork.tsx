import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { NetworkName } from '../../state/site/networks.ts';
import { NetworkSelect } from '../figures/NetworkSelect.tsx';
import { OpenInNotebook } from '../figures/OpenInNotebook.tsx';
import { TaskButton } from './TaskButton.tsx';
import { TaskRow } from './TaskRow.tsx';
import type { Task } from './task.ts';

interface Props<T> {
  task: Task<NetworkName, T>;
  first: NetworkName;
  /** Whether it can be let go of where it is. */
  canStop?: boolean;
  /** What the button says that begins. */
  action: string;
  /** What is being done, while it is. */
  doing: string;
  /** What was found, once it is there. */
  children?: ComponentChildren;
}

/** One network that is asked something when the reader says so; another that is chosen afterwards is asked at once. */
export function AskedNetwork<T>({ task, first, canStop, action, doing, children }: Props<T>) {
  const name = useSignal(first);
  return (
    <TaskRow task={task} doing={doing} found={children}>
      <NetworkSelect
        label="Network"
        value={name.value}
        onChange={(next) => {
          name.value = next;
          if (task.result.value !== undefined) void task.begin(next);
        }}
      />
      <TaskButton task={task} isPrimary canStop={canStop} onBegin={() => void task.begin(name.value)}>
        {action}
      </TaskButton>
      <OpenInNotebook
        from="a network and the test images"
        codes={({ evaluationCode }) => evaluationCode(name.value)}
      />
    </TaskRow>
  );
}
