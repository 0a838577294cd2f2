import './regularization.css';
import '../figures/controls.css';
import '../figures/race-key.css';
import '../figures/segments.css';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import { formatCount, formatDecimals } from '../../explain/numbers.ts';
import type { MeanGap } from '../../lib/experiments/dropout.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { Slider } from '../figures/Slider.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import { NetworkMap } from '../map/NetworkMap.tsx';
import {
  AT_ONCE,
  type DropoutMask,
  GUESSED,
  createDropoutMask,
  describeMask,
  describeMeans,
} from './dropout-mask.ts';

const MODES = [
  { name: 'training', label: 'It learns' },
  { name: 'reading', label: 'It reads' },
] as const;

/** Dropout's mask on the map of the network, drawn anew at each press; and what many masks come to. */
export function DropoutMaskIsland({ digit }: { digit: number }) {
  const figure = useMemo(() => createDropoutMask(digit), [digit]);
  useEffect(() => void figure.load(), [figure]);
  const whole = figure.whole.value;
  const masked = figure.isTraining.value ? figure.masked.value : undefined;
  return (
    <>
      <DigitPicker pick={figure.pick} onChange={figure.takeDigit} />
      <div class="run-controls needs-script">
        <fieldset class="segments">
          <legend>The network</legend>
          {MODES.map(({ name, label }) => (
            <button
              key={name}
              type="button"
              aria-pressed={figure.isTraining.value === (name === 'training')}
              onClick={() => figure.chooseMode(name)}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <Slider
          label="Dropped: p ="
          min={0.1}
          max={0.8}
          step={0.1}
          value={figure.rate.value}
          text={formatDecimals(figure.rate.value, 1)}
          onChange={figure.chooseRate}
        />
        <button type="button" class="primary" onClick={figure.drawAnother}>
          Draw another mask
        </button>
      </div>
      <NetworkMap
        pass={masked?.pass ?? whole}
        scope="reading"
        dropped={masked?.masks}
        label="The network as it reads the digit; dropped units are painted over"
      />
      <p role="status" class="run-sentence whole-sentence">
        {figure.failure.value ??
          (whole ? describeMask(whole, masked) : 'Digit and network are on their way…')}
      </p>
      <TryAgain failure={figure.failure.value} again={figure.load} />
      <Prediction
        id="regularization/masks-that-read"
        question={
          <p>
            The first digit here, and p = 0.5. Of {formatCount(GUESSED)} masks, with how many is it still read
            right? This network has never been trained with dropout.
          </p>
        }
        min={0}
        max={100}
        step={1}
        unit="%"
        near={8}
        actual={figure.guessed.value}
        afterwards={<p>So why is nothing dropped when it counts?</p>}
      >
        <ManyMasksView figure={figure} />
      </Prediction>
    </>
  );
}

function ManyMasksView({ figure }: { figure: DropoutMask }) {
  const many = figure.many.value;
  const gap = figure.gap.value;
  return (
    <>
      <div class="run-controls">
        <button type="button" onClick={figure.drawMore}>
          {many ? `${AT_ONCE} masks more` : `Draw ${AT_ONCE} masks`}
        </button>
      </div>
      <p role="status" class="run-sentence">
        {many && gap && describeMeans(many, gap, figure.rate.value, figure.pick.label.value!)}
      </p>
      {gap && <MeanChart gap={gap} />}
    </>
  );
}

function MeanChart({ gap }: { gap: MeanGap }) {
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const { whole, mean, undivided } = gap;
      const points = (values: ArrayLike<number>) =>
        Array.from(values, (value, j): [number, number] => [whole[j], value]);
      const [low, high] = [Math.min(...whole), Math.max(...whole)];
      return {
        marginLeft: 50,
        x: { label: 'sum without dropout', grid: true },
        y: { label: 'mean over the masks', grid: true },
        marks: [
          plot.line(
            [
              [low, low],
              [high, high],
            ],
            { stroke: 'var(--ink-faint)' },
          ),
          plot.dot(points(undivided), { stroke: curveColour(1), symbol: 'times', r: 4, strokeWidth: 2 }),
          plot.dot(points(mean), { fill: curveColour(0), r: 4 }),
        ],
      };
    },
    [gap],
  );
  return (
    <>
      <p>
        <span class="race-key" style={{ background: curveColour(0) }} aria-hidden="true" /> dots: divided by 1
        − p <span class="race-key" style={{ background: curveColour(1) }} aria-hidden="true" /> crosses: not
        divided
      </p>
      <Chart
        draw={draw}
        height={280}
        label="The 32 sums of layer 2: their mean over the masks, divided by 1 − p and not, against what they are without dropout."
      />
    </>
  );
}
