import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import { formatCount, formatDecimals, formatShare } from '../../explain/numbers.ts';
import type { Reliability } from '../../lib/experiments/calibration.ts';
import { wilsonInterval } from '../../lib/experiments/intervals.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { Slider } from '../figures/Slider.tsx';
import {
  describeReliability,
  everyOther,
  reliabilityAt,
  temperatureFor,
  trainingTemperature,
} from './calibration.ts';
import { AskedNetwork } from './AskedNetwork.tsx';
import { type Examination, createExamining } from './examination.ts';
import { TaskButton } from './TaskButton.tsx';
import { TaskRow } from './TaskRow.tsx';
import { createTask } from './task.ts';
import { useFirst } from './useFirst.ts';

/** Whether a network is right as often as it is sure, and one number that can mend it. */
export function CalibrationIsland() {
  const task = useMemo(createExamining, []);
  const found = task.result.value;
  const plain = useMemo(() => found && reliabilityAt(everyOther(found, 1), 1), [found]);
  const asked = useFirst(plain && 100 * plain.confidence);
  return (
    <>
      <AskedNetwork task={task} first="shipped" action="Let it read" doing="It reads the test images">
        {found &&
          plain &&
          `It reads ${formatShare(plain.accuracy, 2)} of the 5,000 images right.${found.hasSoftmax ? '' : ' It does not end with a softmax: what it is sure of is that of one put after its sums.'}`}
      </AskedNetwork>
      <Prediction
        id="evaluation/how-sure"
        question={<p>And how sure is it of its answers, on average?</p>}
        min={90}
        max={100}
        step={0.1}
        unit="%"
        near={0.4}
        actual={asked}
        afterwards={<p>Can both be learnt from labels that are always wholly sure?</p>}
      >
        {found && <Temperature key={found.name} examination={found} />}
      </Prediction>
    </>
  );
}

function Temperature({ examination }: { examination: Examination }) {
  const temperature = useSignal(1);
  const fitting = useMemo(() => createTask(trainingTemperatureOf, 'The training images cannot be read'), []);
  const measured = useMemo(() => everyOther(examination, 1), [examination]);
  const at = temperature.value;
  const now = useMemo(() => reliabilityAt(measured, at), [measured, at]);
  const fitHere = () => {
    temperature.value = temperatureFor(everyOther(examination, 0));
  };
  const fitOnTraining = async () => {
    await fitting.begin(examination.name);
    temperature.value = fitting.result.value ?? temperature.value;
  };
  return (
    <div class="calibration">
      <ReliabilityChart reliability={now} />
      <div>
        <Slider
          label="Temperature"
          min={0.3}
          max={3}
          step={0.01}
          value={at}
          text={formatDecimals(at, 2)}
          onChange={(next) => {
            temperature.value = next;
          }}
        />
        <TaskRow
          task={fitting}
          doing="The training images are being fetched and read"
          found={
            fitting.result.value !== undefined &&
            `On training images it comes to ${formatDecimals(fitting.result.value, 2)}.`
          }
        >
          <button type="button" onClick={fitHere}>
            Fit it on the other 5,000 test images
          </button>
          <TaskButton task={fitting} onBegin={() => void fitOnTraining()}>
            Fit it on the last 5,000 training images
          </TaskButton>
        </TaskRow>
        <p role="status" class="run-sentence">
          {describeReliability(now, at)}
        </p>
      </div>
    </div>
  );
}

const trainingTemperatureOf = (name: NetworkName, said: (share: number) => void) =>
  trainingTemperature(name, said);

function ReliabilityChart({ reliability }: { reliability: Reliability }) {
  const points = useMemo(
    () =>
      reliability.bins
        .filter(({ count }) => count > 0)
        .map(({ count, right, confidence }) => ({
          sure: confidence,
          right: right / count,
          ...wilsonInterval(right, count),
        })),
    [reliability],
  );
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => ({
      marginLeft: 45,
      x: { domain: [0, 1], label: 'sure', tickFormat: '%' },
      y: { domain: [0, 1], label: 'right', tickFormat: '%', grid: true },
      marks: [
        plot.line(
          [
            [0, 0],
            [1, 1],
          ],
          { stroke: 'var(--ink-faint)', strokeDasharray: '4 4' },
        ),
        plot.ruleX(points, { x: 'sure', y1: 'low', y2: 'high', stroke: curveColour(0), strokeWidth: 2 }),
        plot.dot(points, { x: 'sure', y: 'right', fill: curveColour(0), r: 4 }),
      ],
    }),
    [points],
  );
  const said = reliability.bins
    .filter(({ count }) => count > 0)
    .map(
      ({ count, right, confidence }) =>
        `${formatShare(confidence, 0)} sure: ${formatCount(right)} of ${formatCount(count)} right`,
    )
    .join('; ');
  return (
    <div>
      <Chart draw={draw} label={`Reliability. ${said}`} height={300} />
      <details>
        <summary>The counts behind the dots</summary>
        <p class="quiet">{said}.</p>
      </details>
    </div>
  );
}
