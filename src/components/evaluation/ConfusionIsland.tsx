import '../figures/race-table.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatShare } from '../../explain/numbers.ts';
import { DIGITS } from '../../lib/data/dataset.ts';
import { wilsonInterval } from '../../lib/experiments/intervals.ts';
import { classMetrics } from '../../lib/nn/metrics.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { type ConfusionCell, ConfusionTable } from '../figures/ConfusionTable.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { confusionOf, describeConfusion } from './confusion.ts';
import { CopyNote } from './CopyNote.tsx';
import type { Examination } from './examination.ts';
import { NetworkSelect } from '../figures/NetworkSelect.tsx';
import { OpenInNotebook } from '../figures/OpenInNotebook.tsx';
import { OpenedCell } from './OpenedCell.tsx';
import { TaskRow } from './TaskRow.tsx';
import { createTask } from './task.ts';
import { readingsInCopy, testCopy } from './test-copy.ts';

/** What is taken for what, the images behind each number, and how each digit fares. */
export function ConfusionIsland({ first }: { first: readonly number[] }) {
  const task = useMemo(() => createTask(examineLater, 'The test images cannot be read'), []);
  const name = useSignal<NetworkName>('original');
  const opened = useSignal<ConfusionCell | undefined>(undefined);
  const found = task.result.value?.name === name.value ? task.result.value : undefined;
  const changes = testCopy.changes.value;
  const readings = useMemo(() => found && readingsInCopy(found.readings, changes), [found, changes]);
  const confusion = readings ? confusionOf(readings) : name.value === 'original' ? first : undefined;
  const wrong = first.reduce((sum, count, n) => sum + (n % (DIGITS + 1) === 0 ? 0 : count), 0);
  const choose = (next: NetworkName) => {
    name.value = next;
    void task.begin(next);
  };
  const open = (cell: ConfusionCell) => {
    opened.value = cell;
    if (!found) void task.begin(name.value);
  };
  return (
    <Prediction
      id="evaluation/mistakes"
      question={
        <p>
          The network of these chapters reads the 10,000 test images. How many of them does it read wrong?
        </p>
      }
      min={0}
      max={1000}
      step={10}
      unit="images"
      decimals={0}
      near={30}
      actual={wrong}
      afterwards={<p>Which mistakes are they? Would you have made them?</p>}
    >
      <TaskRow task={task} doing="The 10,000 test images are being fetched and read">
        <NetworkSelect label="Network" value={name.value} onChange={choose} />
        <OpenInNotebook
          from="a network and the test images"
          codes={({ evaluationCode }) => evaluationCode(name.value)}
        />
      </TaskRow>
      <p class="run-sentence" role="status">
        {!confusion
          ? 'Another network is being asked…'
          : changes.length > 0 && readings
            ? `Your copy of the test set. ${describeConfusion(confusion)}`
            : describeConfusion(confusion)}
      </p>
      <div class="judged-parts">
        <ConfusionTable
          evaluation={confusion && { confusion: Uint32Array.from(confusion) }}
          opened={opened.value}
          onOpen={open}
        />
        <OpenedCell cell={opened.value} examination={found} readings={readings} />
      </div>
      <CopyNote examination={found} onNeed={() => void task.begin(name.value)} />
      {confusion && <DigitMetrics confusion={confusion} />}
    </Prediction>
  );
}

/** The page's first figure: what asks the worker is fetched once it is asked. */
async function examineLater(name: NetworkName, said: (share: number) => void): Promise<Examination> {
  const { examine } = await import('./examination.ts');
  return examine(name, said);
}

function DigitMetrics({ confusion }: { confusion: ArrayLike<number> }) {
  return (
    <ScrollBox label="Each digit's marks">
      <table class="race-table digit-marks">
        <thead>
          <tr>
            <th scope="col">digit</th>
            <th scope="col">recall: of those that are one</th>
            <th scope="col">95&nbsp;% interval</th>
            <th scope="col">precision: of those read as one</th>
            <th scope="col">F1</th>
          </tr>
        </thead>
        <tbody>
          {classMetrics(confusion, DIGITS).map(({ count, read, right, precision, recall, f1 }, digit) => {
            const interval = count > 0 ? wilsonInterval(right, count) : undefined;
            return (
              <tr key={digit}>
                <th scope="row">{digit}</th>
                <td>
                  {right} / {count} = {formatShare(recall, 1)}
                </td>
                <td>{interval && `${formatShare(interval.low, 1)} to ${formatShare(interval.high, 1)}`}</td>
                <td>
                  {right} / {read} = {formatShare(precision, 1)}
                </td>
                <td>{formatShare(f1, 1)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
