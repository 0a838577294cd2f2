import '../figures/race-table.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../explain/numbers.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { describeAccuracy } from './accuracy.ts';
import { compare, describeComparison } from './compare.ts';
import { examine } from './examination.ts';
import { NetworkSelect } from '../figures/NetworkSelect.tsx';
import { TaskButton } from './TaskButton.tsx';
import { TaskRow } from './TaskRow.tsx';
import { createTask } from './task.ts';
import { useFirst } from './useFirst.ts';

/** Two networks on the same images. */
export function CompareIsland() {
  const names = useSignal<readonly [NetworkName, NetworkName]>(['original', 'shipped']);
  const task = useMemo(
    () =>
      createTask(async ([first, second]: readonly [NetworkName, NetworkName], said) => {
        const one = await examine(first, said);
        return compare(one, await examine(second, said));
      }, 'The two cannot be compared'),
    [],
  );
  const found = task.result.value;
  const asked = useFirst(found?.onlyFirst);
  const choose = (next: readonly [NetworkName, NetworkName]) => {
    names.value = next;
    if (found) void task.begin(next);
  };
  return (
    <>
      <TaskRow
        task={task}
        doing="Both read the test images"
        found={
          found &&
          `The first reads ${describeAccuracy(found.first.right, found.first.test.count)} right, the second ${describeAccuracy(found.second.right, found.second.test.count)}.`
        }
      >
        <NetworkSelect
          label="First"
          value={names.value[0]}
          onChange={(name) => choose([name, names.value[1]])}
        />
        <NetworkSelect
          label="Second"
          value={names.value[1]}
          onChange={(name) => choose([names.value[0], name])}
        />
        <TaskButton task={task} isPrimary onBegin={() => void task.begin(names.value)}>
          Let both read
        </TaskButton>
      </TaskRow>
      <Prediction
        id="evaluation/only-the-first"
        question={<p>How many images does the first read right that the second reads wrong?</p>}
        min={0}
        max={300}
        step={1}
        unit="images"
        decimals={0}
        near={10}
        actual={asked}
        afterwards={<p>Why are those images the only ones that matter here?</p>}
      >
        {found && (
          <>
            <ScrollBox label="Who is right">
              <table class="race-table">
                <thead>
                  <tr>
                    <td />
                    <th scope="col">second right</th>
                    <th scope="col">second wrong</th>
                  </tr>
                </thead>
                <tbody>
                  <tr>
                    <th scope="row">first right</th>
                    <td>{formatCount(found.both)}</td>
                    <td>
                      <strong>{formatCount(found.onlyFirst)}</strong>
                    </td>
                  </tr>
                  <tr>
                    <th scope="row">first wrong</th>
                    <td>
                      <strong>{formatCount(found.onlySecond)}</strong>
                    </td>
                    <td>{formatCount(found.neither)}</td>
                  </tr>
                </tbody>
              </table>
            </ScrollBox>
            <p role="status">{describeComparison(found)}</p>
          </>
        )}
      </Prediction>
    </>
  );
}
