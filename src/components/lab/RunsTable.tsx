import '../figures/controls.css';
import '../figures/race-table.css';
import './RunsTable.css';
import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { type SetupName, setupOptions } from '../../lib/training/setup.ts';
import { handOver } from '../../state/page/hand-over.ts';
import { type Lab, networkFile, runsAsCsv, runsAsJson, sizesOf } from '../../state/run/lab.ts';
import { pointAt } from '../../explain/run-curves.ts';
import type { LabRun } from '../../state/store/lab-store.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { CurveReader, useEpochCursor } from '../figures/CurveReader.tsx';
import { formatShare, formatSignificant } from '../../explain/numbers.ts';

type Plot = typeof import('@observablehq/plot');

/** All runs that were made: their set-ups and results; those that are compared have their curves laid over each other. */
export function RunsTable({ lab, isAlive }: { lab: Lab; isAlive: boolean }) {
  const runs = isAlive ? lab.runs.value : [];
  const compared = runs.filter(({ id }) => lab.compared.value.includes(id));
  const ids = compared.map(({ id, name }) => `${id} ${name}`).join();
  const lines = useMemo(() => linesOf(compared), [ids]);
  const curves = useMemo(() => draw(lines), [lines]);
  const cursor = useEpochCursor(Math.max(0, ...lines.map(({ points }) => points.at(-1)?.epoch ?? 0)));
  const differing = [...lab.differing.value];
  if (runs.length === 0)
    return <p class="lab-none quiet">A run that has come to its end stands here, with its figures.</p>;
  return (
    <>
      <ScrollBox label="Table of runs">
        <table class="race-table runs-table">
          <thead>
            <tr>
              <th scope="col">compare</th>
              <th scope="col">name</th>
              <th scope="col">layers</th>
              <th scope="col">epochs</th>
              <th scope="col">test, right</th>
              <th scope="col">test loss</th>
              {differing.map((name) => (
                <th key={name} scope="col" class="lab-differs">
                  {setupOptions[name].label}
                </th>
              ))}
              <th scope="col">file</th>
              <th scope="col">
                <span class="visually-hidden">Delete</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Row key={run.id} run={run} lab={lab} differing={differing} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p class="run-controls">
        <button
          type="button"
          onClick={() => handOver(new Blob([runsAsCsv(runs)], { type: 'text/csv' }), 'runs.csv')}
        >
          The table as CSV
        </button>
        <button
          type="button"
          onClick={() => handOver(new Blob([runsAsJson(runs)], { type: 'application/json' }), 'runs.json')}
        >
          With all curves, as JSON
        </button>
      </p>
      {lines.some(({ points }) => points.length > 0) && (
        <>
          <Chart
            draw={curves}
            cursor={cursor}
            height={260}
            label={`Share read right over the epochs, of ${compared.length} runs`}
          />
          <CurveReader
            cursor={cursor}
            readings={lines.map(({ label, colour, points }) => {
              const point = pointAt(points, cursor.at);
              return { label, colour, value: point && formatShare(point.accuracy / 100, 2) };
            })}
          />
        </>
      )}
    </>
  );
}

function Row({ run, lab, differing }: { run: LabRun; lab: Lab; differing: readonly SetupName[] }) {
  const { id, name, file } = run;
  const { metrics, epochs, training } = file.metadata;
  const save = async (format: 'safetensors' | 'npz') => {
    const { name: fileName, bytes } = await networkFile(run, format);
    handOver(new Blob([bytes]), fileName);
  };
  const isCompared = lab.compared.value.includes(id);
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={isCompared}
          aria-label={`Compare ${name}`}
          onChange={(event) => lab.compare(id, event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        <input
          class="lab-name"
          type="text"
          value={name}
          maxLength={80}
          aria-label="Name of the run"
          onChange={(event) => lab.rename(id, event.currentTarget.value || name)}
        />
      </th>
      <td>{sizesOf(file.model)}</td>
      <td>{epochs ?? '–'}</td>
      <td>{metrics?.['testAccuracy'] === undefined ? '…' : formatShare(metrics['testAccuracy'], 2)}</td>
      <td>{metrics?.['testLoss'] === undefined ? '…' : formatSignificant(metrics['testLoss'])}</td>
      {differing.map((option) => (
        <td key={option} class={isCompared ? 'lab-differs' : undefined}>
          {training ? (training[option] ?? 'as usual') : '–'}
        </td>
      ))}
      <td>
        <button
          type="button"
          aria-label={`Save ${name} as safetensors`}
          onClick={() => void save('safetensors')}
        >
          safetensors
        </button>{' '}
        <button type="button" aria-label={`Save ${name} as npz`} onClick={() => void save('npz')}>
          npz
        </button>
      </td>
      <td>
        <button type="button" aria-label={`Delete ${name}`} onClick={() => lab.remove(id)}>
          Delete
        </button>
      </td>
    </tr>
  );
}

interface RunLine {
  readonly label: string;
  readonly colour: string;
  /** Accuracy in percent. */
  readonly points: readonly { readonly epoch: number; readonly accuracy: number }[];
}

/** Where a run has images held back, those are what counts; else those that it learnt from. */
function linesOf(runs: readonly LabRun[]): RunLine[] {
  return runs.map(({ name, points, epochs }, n) => {
    const held = epochs.flatMap(({ epoch, validation }) =>
      validation ? [{ epoch, accuracy: validation.accuracy }] : [],
    );
    const counted = held.length > 0 ? held : points;
    // Two runs may have one name, and are two lines all the same.
    const isFirst = runs.findIndex((other) => other.name === name) === n;
    return {
      label: isFirst ? name : `${name} (${n + 1})`,
      colour: curveColour(n),
      points: counted.map(({ epoch, accuracy }) => ({ epoch, accuracy: 100 * accuracy })),
    };
  });
}

function draw(lines: readonly RunLine[]) {
  const all = lines.flatMap(({ label, points }) => points.map((point) => ({ ...point, run: label })));
  const labels = lines.map(({ label }) => label);
  return (plot: Plot): PlotOptions => ({
    marginLeft: 48,
    x: { label: 'epoch', grid: true },
    y: { label: 'read right, %', grid: true },
    color: { domain: labels, range: lines.map(({ colour }) => colour) },
    marks: [
      plot.lineY(all, { x: 'epoch', y: 'accuracy', stroke: 'run', strokeWidth: 1.8 }),
      plot.text(
        all.filter(({ run }, n) => all[n + 1]?.run !== run),
        {
          x: 'epoch',
          y: 'accuracy',
          text: 'run',
          fill: 'run',
          textAnchor: 'end',
          dy: -8,
          stroke: 'var(--paper)',
          strokeWidth: 4,
        },
      ),
    ],
  });
}
