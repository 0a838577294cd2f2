import '../figures/race-table.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatCount, formatDuration, formatShare } from '../../explain/numbers.ts';
import { describeReference } from '../../explain/sweep-words.ts';
import { published, publishedRun } from '../../lib/training/cures.ts';
import { createRunQueue } from '../../state/run/run-queue.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { Slider } from '../figures/Slider.tsx';
import { GapChart, GapKey } from './GapChart.tsx';
import { QueueControls } from './QueueControls.tsx';

export const TEST_IMAGES = 10_000;

/** Epochs of the published recipe, in most of which it reads less than 90 %. */
const FEW = 20;

/** Of the network that the site ships, as its file says. */
interface Shipped {
  readonly training: number;
  readonly test: number;
  readonly seconds: number;
}

/** The published experiment, run again. */
export function ReferenceIsland({ shipped }: { shipped: Shipped }) {
  const queue = useMemo(() => createRunQueue(), []);
  const epochs = useSignal(published.epochs);
  const [run] = queue.runs.value;
  const asked = queue.asked.value[0]?.setup.epochs ?? published.epochs;
  const end = run?.end?.last;
  const last = run?.looks.at(-1);
  const seconds = queue.seconds.value;
  return (
    <>
      <Prediction
        id="regularization/published"
        question={
          <p>
            The published run took {formatCount(published.minutes)} minutes. This browser has to do the same{' '}
            {formatCount(published.epochs)} × 60,000 images. How many minutes will it need?
          </p>
        }
        min={0.5}
        max={60}
        step={0.5}
        unit="minutes"
        near={1}
        actual={end && asked === published.epochs ? seconds / 60 : undefined}
        afterwards={<p>The arithmetic is the same. What is not done any more, and what is done better?</p>}
      />
      <QueueControls
        queue={queue}
        action={end ? 'Run it again' : 'Run it'}
        onBegin={() => void queue.run([publishedRun(epochs.value)])}
        runs={() => [{ name: 'the published recipe', ...publishedRun(epochs.value) }]}
      >
        <Slider
          label="Epochs"
          min={1}
          max={published.epochs}
          step={1}
          value={epochs.value}
          text={formatCount(epochs.value)}
          onChange={(next) => {
            epochs.value = next;
          }}
        />
      </QueueControls>
      <ScrollBox label="The published run and ours">
        <table class="race-table">
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">epochs</th>
              <th scope="col">training images</th>
              <th scope="col">test images</th>
              <th scope="col">time</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">published</th>
              <td>{formatCount(published.epochs)}</td>
              <td>{formatShare(published.training, 2)}</td>
              <td>{formatShare(published.test, 2)}</td>
              <td>{formatDuration(60 * published.minutes)}</td>
            </tr>
            <tr>
              <th scope="row">ours, as the site ships it</th>
              <td>{formatCount(published.epochs)}</td>
              <td>{formatShare(shipped.training, 2)}</td>
              <td>{formatShare(shipped.test, 2)}</td>
              <td>{formatDuration(shipped.seconds)}</td>
            </tr>
            <tr>
              <th scope="row">ours, here and now</th>
              <td>{last ? formatCount(last.epoch) : '–'}</td>
              <td>{last ? formatShare(last.training, 2) : '–'}</td>
              <td>{last ? formatShare(last.test, 2) : '–'}</td>
              <td>{last ? formatDuration(seconds) : '–'}</td>
            </tr>
          </tbody>
        </table>
      </ScrollBox>
      {last && run && (
        <>
          <GapChart
            title="784-32-32-10, λ = 0.1"
            looks={run.looks}
            epochs={asked}
            from={asked < FEW ? 60 : 90}
          />
          <GapKey />
        </>
      )}
      <p role="status" class="run-sentence">
        {end && describeReference({ ...end, epochs: end.epoch }, seconds, TEST_IMAGES)}
      </p>
    </>
  );
}
