import './regularization.css';
import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';
import { Slider } from '../figures/Slider.tsx';
import { type DecayPair, decayPair, decayNames, decaySetups, describePair, pairPoints } from './decay.ts';
import { createFinishedRuns } from './finished-runs.ts';
import { RunsControls } from './RunsControls.tsx';

/** The penalty in the gradient beside the same share taken off the weights: for SGD one thing, for Adam two. */
export function DecayOrPenaltyIsland() {
  const runs = useMemo(() => createFinishedRuns(decaySetups), []);
  const done = runs.runs.value;
  const pairs = useMemo(() => {
    const [sgd, sgdw, adam, adamw] = done;
    if (!adamw) return undefined;
    const inked = runs.inked.peek();
    return [decayPair('SGD', [sgd, sgdw], inked), decayPair('Adam', [adam, adamw], inked)];
  }, [done]);
  return (
    <>
      <RunsControls runs={runs} action="Train the four" names={decayNames}>
        All four have learnt.
      </RunsControls>
      <Prediction
        id="regularization/decay-or-penalty"
        question={
          <p>
            With SGD the two are one: no weight of the first pair will differ. How far apart will those of the
            second pair be, with Adam, in percent of their size?
          </p>
        }
        min={0}
        max={200}
        step={5}
        unit="%"
        near={20}
        actual={pairs && 100 * pairs[1].apart}
        afterwards={
          <p>
            Look at the border, where no digit has ink and the loss wants nothing of the weights. What does
            Adam do with a gradient that is small, but always points the same way?
          </p>
        }
      >
        {pairs && <Pairs pairs={pairs} />}
      </Prediction>
    </>
  );
}

function Pairs({ pairs }: { pairs: readonly DecayPair[] }) {
  const unit = useSignal(0);
  const full = 0.3;
  return (
    <>
      <Slider
        label="Unit"
        min={0}
        max={pairs[0].units - 1}
        step={1}
        value={unit.value}
        onChange={(next) => {
          unit.value = next;
        }}
      />
      <div class="decay-pairs">
        {pairs.map((pair) => (
          <section key={pair.name} aria-label={pair.name}>
            <p role="status" class="run-sentence">
              {describePair(pair)}
            </p>
            <div class="decay-pictures">
              {(['penalty', 'decay'] as const).map((which) => (
                <div key={which}>
                  <HeatImage
                    values={Array.prototype.slice.call(pair[which], unit.value * 784, (unit.value + 1) * 784)}
                    rows={28}
                    columns={28}
                    scale="weight"
                    full={full}
                    label={`${pair.name}, ${WORDS[which]}: weights of unit ${unit.value}`}
                  />
                  <span>{WORDS[which]}</span>
                </div>
              ))}
            </div>
            <PairChart pair={pair} />
          </section>
        ))}
      </div>
    </>
  );
}

const WORDS = { penalty: 'penalty in the gradient', decay: 'weight decay' } as const;

function PairChart({ pair }: { pair: DecayPair }) {
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const points = pairPoints(pair);
      const end = Math.max(...points.flat().map(Math.abs));
      return {
        marginLeft: 50,
        x: { label: 'penalty in the gradient', domain: [-end, end], grid: true, ticks: 5 },
        y: { label: 'weight decay', domain: [-end, end], grid: true, ticks: 5 },
        marks: [
          plot.line(
            [
              [-end, -end],
              [end, end],
            ],
            { stroke: 'var(--ink-faint)' },
          ),
          plot.dot(points, { fill: curveColour(0), fillOpacity: 0.5, r: 2 }),
        ],
      };
    },
    [pair],
  );
  return (
    <Chart
      draw={draw}
      height={260}
      label={`Each weight with the penalty in the gradient, against the same weight with weight decay. ${describePair(pair)}`}
    />
  );
}
