import '../figures/controls.css';
import '../figures/race-key.css';
import '../figures/race-table.css';
import type { PlotOptions } from '@observablehq/plot';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  HELD_BACK,
  type Lane,
  type RaceName,
  type RunnersRace,
  type Standing,
  createRace,
  races,
} from '../../state/run/race.ts';
import { readNumber } from '../../lib/written-number.ts';
import {
  formatCount,
  formatDecimals,
  formatDuration,
  formatShare,
  formatSignificant,
} from '../../explain/numbers.ts';
import { type CurvePoint, pointAt } from '../../explain/run-curves.ts';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { CurveReader, useEpochCursor } from '../figures/CurveReader.tsx';
import { RaceGuess } from './RaceGuess.tsx';
import { OpenRuns } from '../figures/OpenRuns.tsx';
import { useSlowed } from '../figures/useSlowed.ts';

type Plot = typeof import('@observablehq/plot');

/** Of the scale: a loss that explodes is not to squeeze all the others into a line. */
const HIGHEST = 100;

/** Images that each runner learns from. */
const LEARNT = 60_000 - HELD_BACK;

interface Props {
  name: RaceName;
  question?: ComponentChildren;
  afterwards?: ComponentChildren;
}

/** Runs side by side that differ in one thing. */
export function RaceIsland({ name, question, afterwards }: Props) {
  const race = useMemo(() => createRace(races[name]), [name]);
  const lanes = race.lanes.value;
  const standings = useSlowed(race.standings.value, 350);
  const curves = useMemo(() => draw(lanes, standings), [lanes, standings]);
  const cursor = useEpochCursor(Math.max(...standings.map(({ epoch }) => epoch)));
  const hasBegun = standings.some(({ points }) => points.length > 0);
  return (
    <div class="race">
      <RaceGuess id={`training/race-${name}`} race={race} question={question} afterwards={afterwards} />
      <RaceControls race={race} />
      {hasBegun ? (
        <>
          <Chart
            draw={curves}
            cursor={cursor}
            height={260}
            label={`Loss of ${lanes.length} runs over the epochs; the table has their figures`}
          />
          <CurveReader
            cursor={cursor}
            readings={lanes.map(({ label }, n) => ({
              label,
              colour: curveColour(n),
              value: lossOf(pointAt(standings[n].points, cursor.at)),
            }))}
          />
        </>
      ) : (
        <p class="race-none quiet">The curves begin with the race.</p>
      )}
      <RaceTable race={race} hasRates={name !== 'rates'} />
    </div>
  );
}

function RaceControls({ race }: { race: RunnersRace }) {
  const status = race.status.value;
  const isOn = status === 'running' || status === 'opening';
  return (
    <>
      <div class="run-controls needs-script">
        {isOn ? (
          <button type="button" class="primary" aria-disabled={status === 'opening'} onClick={race.pause}>
            Pause
          </button>
        ) : (
          <button type="button" class="primary" onClick={() => void race.run()}>
            {status === 'paused' ? 'Go on' : status === 'finished' ? 'Race again' : 'Start the race'}
          </button>
        )}
        <button
          type="button"
          aria-disabled={status === 'idle' || status === 'finished'}
          onClick={race.cancel}
        >
          Cancel
        </button>
        <OpenRuns
          runs={() => race.lanes.peek().map(({ label, setup }) => ({ name: label, setup, images: LEARNT }))}
        />
        <span class="quiet" role="status">
          {describeRace(race)}
        </span>
      </div>
      {race.described.value && <p class="quiet">{race.described.value}</p>}
      {race.failure.value && (
        <p class="run-trouble" role="alert">
          {race.failure.value}
        </p>
      )}
    </>
  );
}

function describeRace({ status, loading, secondsLeft }: RunnersRace): string {
  if (loading.value !== undefined) return `Fetching 60,000 digits: ${formatShare(loading.value, 0)}`;
  if (status.value === 'opening') return 'To the starting line…';
  if (status.value === 'paused') return 'Paused.';
  if (status.value === 'finished') return 'All have arrived.';
  return status.value === 'running' && secondsLeft.value !== undefined
    ? `${formatDuration(secondsLeft.value)} left`
    : '';
}

function RaceTable({ race, hasRates }: { race: RunnersRace; hasRates: boolean }) {
  const lanes = race.lanes.value;
  const change = (n: number, text: string) => {
    const learningRate = readNumber(text);
    if (!(learningRate > 0 && learningRate <= 1000)) return;
    race.choose(
      lanes.map((lane, m) => (m === n ? { ...lane, setup: { ...lane.setup, learningRate } } : lane)),
    );
  };
  return (
    <ScrollBox label={`The runs with ${lanes.map(({ label }) => label).join(', ')}`}>
      <table class="race-table">
        <thead>
          <tr>
            <th scope="col">run</th>
            {hasRates && <th scope="col">learning rate</th>}
            <th scope="col">epoch</th>
            <th scope="col">loss</th>
            <th scope="col">of {formatCount(HELD_BACK)} held back, right</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map(({ label, setup }, n) => {
            const { epoch, points, evaluation } = race.standings.value[n];
            return (
              <tr key={label}>
                <th scope="row">
                  <span class="race-key" style={{ background: curveColour(n) }} aria-hidden="true" /> {label}
                </th>
                {hasRates && (
                  <td>
                    <input
                      type="number"
                      min={1e-8}
                      max={1000}
                      step="any"
                      value={setup.learningRate}
                      aria-label={`Learning rate of ${label}`}
                      onChange={(event) => change(n, event.currentTarget.value)}
                    />
                  </td>
                )}
                <td>{formatDecimals(epoch, 1)}</td>
                <td>{lossOf(points.at(-1)) ?? '–'}</td>
                <td>{evaluation ? formatShare(evaluation.accuracy, 2) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}

const lossOf = (point: CurvePoint | undefined) => point && formatSignificant(point.loss);

function draw(lanes: readonly Lane[], standings: readonly Standing[]) {
  const all = lanes.flatMap(({ label }, n) =>
    standings[n].points.flatMap(({ epoch, loss }) =>
      loss > 0 ? [{ epoch, loss: Math.min(loss, HIGHEST), label }] : [],
    ),
  );
  return (plot: Plot): PlotOptions => ({
    marginLeft: 48,
    x: { label: 'epoch', grid: true, domain: [0, Math.max(...lanes.map(({ setup }) => setup.epochs))] },
    y: { label: 'loss (nats)', type: 'log', grid: true, tickFormat: '~g' },
    color: { domain: lanes.map(({ label }) => label), range: lanes.map((_, n) => curveColour(n)) },
    marks: [plot.lineY(all, { x: 'epoch', y: 'loss', stroke: 'label', strokeWidth: 1.6 })],
  });
}
