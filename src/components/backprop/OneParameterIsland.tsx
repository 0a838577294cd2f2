import '../figures/controls.css';
import './experiment.css';
import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useMemo } from 'preact/hooks';
import { createOneParameter } from './one-parameter.ts';
import { formatMagnitude, formatNumber, formatSignificant, printEquation } from '../../explain/numbers.ts';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { Slider } from '../figures/Slider.tsx';
import { Failure } from '../figures/Failure.tsx';

type Plot = typeof import('@observablehq/plot');
type OneParameter = ReturnType<typeof createOneParameter>;

/** The smallest relative error that a logarithmic scale shows: exact agreement has none. */
const SMALLEST = 1e-13;

/** One weight or bias: the loss along it, and its gradient against nudges of all sizes. */
export function OneParameterIsland({ digit }: { digit: number }) {
  const one = useMemo(() => createOneParameter(digit), [digit]);
  useEffect(() => void one.load(), [one]);
  return (
    <div class="experiment">
      <DigitPicker pick={one.digitPick} isPictured>
        <ParameterChoice one={one} />
      </DigitPicker>
      <Failure failure={one.failure.value} again={one.load} />
      <div class="one-parameter-charts">
        <div>
          <Walk one={one} />
        </div>
        <div>
          <Check one={one} />
        </div>
      </div>
    </div>
  );
}

function ParameterChoice({ one }: { one: OneParameter }) {
  const place = one.place.value;
  const [units, inputs] = one.shape.value ?? [32, 784];
  const { layer, unit, input } = place ?? { layer: 1, unit: 0, input: 0 };
  return (
    <div class="sliders needs-script">
      <Slider
        label="Layer"
        min={1}
        max={3}
        step={1}
        value={layer}
        onChange={(next) => one.pick(next, unit, input)}
      />
      <Slider
        label="Unit"
        min={0}
        max={units - 1}
        step={1}
        value={unit}
        onChange={(next) => one.pick(layer, next, input)}
      />
      <Slider
        label="Input"
        min={-1}
        max={inputs - 1}
        step={1}
        value={input ?? -1}
        text={input === undefined ? 'none: the bias' : String(input)}
        onChange={(next) => one.pick(layer, unit, next < 0 ? undefined : next)}
      />
    </div>
  );
}

function Check({ one }: { one: OneParameter }) {
  const checks = one.checks.value;
  const draw = useMemo(() => checks && drawChecks(checks), [checks]);
  const best = checks?.reduce((a, b) => (b.relativeError < a.relativeError ? b : a));
  return (
    <>
      {draw ? (
        <Chart
          draw={draw}
          height={300}
          label="Relative error of the nudged gradient over the size of the nudge, in float32 and float64"
        />
      ) : (
        <p class="chart-room" />
      )}
      <p role="status" class="run-sentence">
        {checks && best
          ? `Backprop says ${formatNumber(best.analytic)}. The nearest nudge is ε = ${formatMagnitude(best.epsilon)} in ${best.precision}: ${formatNumber(best.numeric)}, off by ${formatMagnitude(best.relativeError)} of it.`
          : ' '}
      </p>
    </>
  );
}

/** Powers of ten from one exponent down to another: a logarithmic axis on its own has a tick for every digit. */
/** Every third power of ten: on a phone there is room for no more. */
const powers = (from: number, to: number) =>
  Array.from({ length: Math.floor((from - to) / 3) + 1 }, (_, n) => 10 ** (from - 3 * n));
const asPower = (value: number) =>
  value === 1 ? '1' : `1e${Math.round(Math.log10(value))}`.replace('-', '−');

function drawChecks(checks: NonNullable<OneParameter['checks']['value']>) {
  const points = checks.map(({ epsilon, relativeError, precision }) => ({
    epsilon,
    error: Math.max(SMALLEST, relativeError),
    precision,
  }));
  return (plot: Plot): PlotOptions => ({
    marginLeft: 60,
    marginBottom: 38,
    x: {
      type: 'log',
      label: 'size of the nudge, ε',
      reverse: true,
      grid: true,
      ticks: powers(-1, -12),
      tickFormat: asPower,
    },
    y: {
      type: 'log',
      label: 'relative error',
      domain: [SMALLEST, Math.max(1, ...points.map(({ error }) => error))],
      grid: true,
      ticks: powers(0, -12),
      tickFormat: asPower,
    },
    color: { domain: ['float32', 'float64'], range: [curveColour(1), curveColour(0)] },
    marks: [
      plot.line(points, { x: 'epsilon', y: 'error', stroke: 'precision', strokeWidth: 1.5 }),
      plot.dot(points, { x: 'epsilon', y: 'error', fill: 'precision', r: 2.5 }),
      plot.text(
        points.filter(({ epsilon, precision }) => epsilon === (precision === 'float32' ? 1e-6 : 1e-9)),
        {
          x: 'epsilon',
          y: 'error',
          text: 'precision',
          fill: 'precision',
          dy: -14,
          stroke: 'var(--paper)',
          strokeWidth: 4,
        },
      ),
    ],
  });
}

function Walk({ one }: { one: OneParameter }) {
  const walk = one.walk.value;
  const draw = useMemo(() => walk && drawWalk(walk), [walk]);
  return (
    <>
      {draw ? (
        <Chart draw={draw} height={300} label="The loss along one parameter, and its tangent" />
      ) : (
        <p class="chart-room" />
      )}
      <p role="status" class="run-sentence">
        {walk ? describeWalk(walk, one.learningRate.value) : ' '}
      </p>
      <div class="sliders needs-script">
        <Slider
          label="Learning rate"
          min={-2}
          max={2}
          step={0.05}
          value={Math.log10(one.learningRate.value)}
          text={formatSignificant(one.learningRate.value, 2)}
          onChange={(power) => one.setLearningRate(10 ** power)}
        />
        <Slider
          label="How far to look"
          min={-1}
          max={1.5}
          step={0.1}
          value={Math.log10(one.reach.value)}
          text={`±${formatSignificant(one.reach.value, 2)}`}
          onChange={(power) => one.setReach(10 ** power)}
        />
      </div>
    </>
  );
}

type Walked = NonNullable<OneParameter['walk']['value']>;

function describeWalk({ value, gradient, loss, step, after }: Walked, learningRate: number): string {
  const moved = `The parameter is ${formatNumber(value)}, its gradient ${formatNumber(gradient)}: the loss, ${formatNumber(loss)}, ${gradient > 0 ? 'rises' : 'falls'} where it grows.`;
  const { inputs, sign, result } = printEquation(
    [learningRate, -gradient],
    ([rate, down]) => rate * down,
    step,
  );
  return `${moved} A step of ${inputs[0]} · ${inputs[1]} ${sign} ${result} makes the loss ${formatNumber(after)}; the tangent promised ${formatNumber(loss + gradient * step)}.`;
}

function drawWalk({ value, gradient, loss, offsets, losses, step, after }: Walked) {
  const points = offsets.map((offset, n) => ({ at: value + offset, loss: losses[n] }));
  const [first, last] = [points[0].at, points.at(-1)!.at];
  const tangent = [first, last].map((at) => ({ at, loss: loss + gradient * (at - value) }));
  const stepEnd = value + step;
  return (plot: Plot): PlotOptions => ({
    marginLeft: 56,
    marginBottom: 38,
    x: { label: 'the parameter', grid: true, domain: [first, last] },
    y: { label: 'loss (nats)', grid: true, domain: [0, Math.max(...losses) * 1.1] },
    marks: [
      plot.line(points, { x: 'at', y: 'loss', stroke: 'var(--ink)', strokeWidth: 2 }),
      plot.line(tangent, { x: 'at', y: 'loss', stroke: 'var(--hand)', strokeDasharray: '5 4', clip: true }),
      plot.dot([{ at: value, loss }], { x: 'at', y: 'loss', fill: 'var(--hand)', r: 5 }),
      plot.dot(
        [{ at: stepEnd, loss: after }].filter(({ at }) => at >= first && at <= last),
        { x: 'at', y: 'loss', stroke: 'var(--hand)', fill: 'var(--paper)', strokeWidth: 2, r: 5 },
      ),
    ],
  });
}
