import '../figures/race-key.css';
import { useCallback, useMemo } from 'preact/hooks';
import { formatCount, formatDecimals } from '../../explain/numbers.ts';
import type { PushedRow } from '../../lib/training/review.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { AskedNetwork } from './AskedNetwork.tsx';
import { DigitList } from './DigitList.tsx';
import {
  PUSHED,
  type SmallestPushes,
  describeSmallest,
  findSmallestPushes,
  typical,
} from './smallest-push.ts';
import { createTask } from './task.ts';
import { useFirst } from './useFirst.ts';

/** How many of the easiest and of the hardest to push are shown. */
const SHOWN = 6;

/** How little it takes to change an answer, over many digits. */
export function SmallestPushIsland() {
  const task = useMemo(() => createTask(findSmallestPushes, 'The digits could not be pushed'), []);
  const found = task.result.value;
  const median = useMemo(() => found && typical(found.pushes), [found]);
  const asked = useFirst(median && (100 * median.push) / median.own);
  return (
    <>
      <AskedNetwork
        task={task}
        first="original"
        canStop
        action={`Push ${PUSHED} digits`}
        doing="Each digit is pushed until it is read as another"
      >
        {found && `${formatCount(found.pushes.length)} digits have been pushed.`}
      </AskedNetwork>
      <Prediction
        id="evaluation/smallest-push"
        question={
          <p>
            Count a digit’s own length as 100&nbsp;%: the root of the sum of all its pixels’ squares. How long
            is the push that makes the network read something else, for the digit in the middle of all?
          </p>
        }
        min={0}
        max={100}
        step={1}
        unit="%"
        near={4}
        actual={asked}
        afterwards={<p>What would the network have to learn to need a longer push?</p>}
      >
        {found && <Found key={found.pushes.length} found={found} />}
      </Prediction>
    </>
  );
}

function Found({ found: { test, pushes } }: { found: SmallestPushes }) {
  const sentence = describeSmallest(pushes);
  const sorted = useMemo(() => [...pushes].sort((a, b) => a.length - b.length), [pushes]);
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const bars = (of: (row: PushedRow) => number, colour: number) =>
        plot.rectY(binned(pushes.map(of)), {
          x1: 'from',
          x2: 'to',
          y: 'count',
          fill: curveColour(colour),
          fillOpacity: 0.8,
        });
      return {
        marginLeft: 45,
        x: { label: 'length', domain: [0, Math.max(...pushes.map(({ own }) => own)) + 0.5] },
        y: { label: 'digits', grid: true },
        marks: [bars(({ own }) => own, 0), bars(({ length }) => length, 1), plot.ruleY([0])],
      };
    },
    [pushes],
  );
  const list = (label: string, rows: readonly PushedRow[]) => (
    <DigitList
      label={label}
      test={test}
      rows={rows.map(({ row }) => row)}
      say={(_, place) => `${formatDecimals(rows[place].length, 2)}: a ${rows[place].read}`}
    />
  );
  return (
    <>
      <Chart
        draw={draw}
        height={240}
        label={`How many digits have which length, and which push. ${sentence}`}
      />
      <p class="quiet">
        <span class="race-key" style={{ background: curveColour(1) }} aria-hidden="true" /> the pushes, on the
        left; <span class="race-key" style={{ background: curveColour(0) }} aria-hidden="true" /> the digits
        themselves
      </p>
      <p role="status" class="run-sentence">
        {sentence}
      </p>
      <p class="quiet">Those that the shortest pushes changed, and what they were read as then:</p>
      {list('The shortest pushes', sorted.slice(0, SHOWN))}
      <p class="quiet">And the longest:</p>
      {list('The longest pushes', sorted.slice(-SHOWN))}
    </>
  );
}

const BIN = 0.25;

/** How many lengths there are in each quarter. */
function binned(lengths: readonly number[]): { from: number; to: number; count: number }[] {
  const counts = new Array<number>(Math.floor(Math.max(...lengths) / BIN) + 1).fill(0);
  for (const length of lengths) counts[Math.floor(length / BIN)]++;
  return counts.map((count, n) => ({ from: n * BIN, to: (n + 1) * BIN, count }));
}
