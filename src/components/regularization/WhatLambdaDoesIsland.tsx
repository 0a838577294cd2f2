import '../figures/controls.css';
import '../figures/race-table.css';
import '../figures/segments.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatCount, formatExact, formatShare, formatSignificant } from '../../explain/numbers.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { Slider } from '../figures/Slider.tsx';
import { SpreadBars } from '../figures/SpreadBars.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { createFinishedRuns } from './finished-runs.ts';
import {
  LAMBDAS,
  type PenaltyName,
  RANGE,
  describeLambda,
  firstWeights,
  lambdaSetups,
  lambdaNames,
  nameLambda,
  runOf,
} from './lambda.ts';
import { RunsControls } from './RunsControls.tsx';

/** The price that is asked about, and shown first. */
const ASKED = 3;

const NAMES: readonly { readonly name: PenaltyName; readonly label: string }[] = [
  { name: 'l2', label: 'L2: squares' },
  { name: 'l1', label: 'L1: sizes' },
];

/** The first layer's weights of networks that differ in the price of large weights alone. */
export function WhatLambdaDoesIsland() {
  const runs = useMemo(() => createFinishedRuns(lambdaSetups), []);
  const name = useSignal<PenaltyName>('l1');
  const stop = useSignal(ASKED);
  const done = runs.runs.value;
  const inked = runs.inked.value;
  const seen = useMemo(() => done.map((run) => firstWeights(run, inked)), [done]);
  const asked = seen[runOf('l1', ASKED)];
  const shown = runOf(name.value, stop.value);
  return (
    <>
      <RunsControls runs={runs} action={`Train ${lambdaSetups.length} networks`} names={lambdaNames}>
        All networks have learnt.
      </RunsControls>
      <Prediction
        id="regularization/zeros-of-l1"
        question={
          <p>
            One of them pays for the sizes of its weights: {nameLambda('l1', ASKED)}. Of its{' '}
            {formatCount(784 * 32)} weights into the first layer, how many are exactly 0 in the end?
          </p>
        }
        min={0}
        max={100}
        step={1}
        unit="%"
        near={5}
        actual={asked && runs.isDone.value ? (100 * asked.zeros) / asked.weights.length : undefined}
        afterwards={
          <p>
            And with L2? Take the same λ there, and look at the bar in the middle. What is different about the
            slope of w² at 0?
          </p>
        }
      >
        {runs.isDone.value && (
          <>
            <div class="run-controls">
              <fieldset class="segments">
                <legend>Price</legend>
                {NAMES.map(({ name: each, label }) => (
                  <button
                    key={each}
                    type="button"
                    aria-pressed={name.value === each}
                    onClick={() => {
                      name.value = each;
                    }}
                  >
                    {label}
                  </button>
                ))}
              </fieldset>
              <Slider
                label="λ"
                min={0}
                max={LAMBDAS.length - 1}
                step={1}
                value={stop.value}
                text={formatExact(LAMBDAS[stop.value])}
                onChange={(next) => {
                  stop.value = next;
                }}
              />
            </div>
            <p role="status" class="run-sentence">
              {describeLambda(name.value, stop.value, seen[shown], done[shown])}
            </p>
            <SpreadBars
              counts={seen[shown].spread.counts}
              label={`Weights into the first layer, from −${RANGE} to ${RANGE}, ${nameLambda(name.value, stop.value)}`}
            />
            <UnitPictures
              values={seen[shown].weights}
              units={seen[shown].units}
              scale="weight"
              label="Weights of unit"
              full={RANGE}
            />
            <AllPrices name={name.value} seen={seen} done={done} />
          </>
        )}
      </Prediction>
    </>
  );
}

interface AllPricesProps {
  name: PenaltyName;
  seen: readonly ReturnType<typeof firstWeights>[];
  done: ReturnType<typeof createFinishedRuns>['runs']['value'];
}

function AllPrices({ name, seen, done }: AllPricesProps) {
  return (
    <ScrollBox label="All prices">
      <table class="race-table">
        <caption>{name === 'l2' ? 'L2' : 'L1'}: what each price does</caption>
        <thead>
          <tr>
            <th scope="col">λ</th>
            <th scope="col">exactly 0</th>
            <th scope="col">spread</th>
            <th scope="col">training images</th>
            <th scope="col">test images</th>
          </tr>
        </thead>
        <tbody>
          {LAMBDAS.map((lambda, stop) => {
            const run = runOf(name, stop);
            const { zeros, weights, spread } = seen[run];
            return (
              <tr key={lambda}>
                <th scope="row">{formatExact(lambda)}</th>
                <td>{formatShare(zeros / weights.length)}</td>
                <td>{formatSignificant(spread.deviation)}</td>
                <td>{formatShare(done[run].training)}</td>
                <td>{formatShare(done[run].test)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
