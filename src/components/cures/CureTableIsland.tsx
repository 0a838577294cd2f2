import './CureTable.css';
import '../figures/race-table.css';
import '../figures/segments.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  type CuredRow,
  cureStrength,
  describeCures,
  formatOverSeeds,
  nameLesson,
} from '../../explain/cure-words.ts';
import { formatCoordinate, formatDecimals, formatShare } from '../../explain/numbers.ts';
import { type Lesson, lessons } from '../../lib/training/cures.ts';
import { createRunQueue } from '../../state/run/run-queue.ts';
import { WinnerGuess } from '../exercises/WinnerGuess.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { QueueControls } from './QueueControls.tsx';
import { MOST_SEEDS, SeedsSlider } from './SeedsSlider.tsx';
import { WrongLabelsSlider } from './WrongLabelsSlider.tsx';
import { codedTable, rowSoFar, tableRows, tableRuns } from './cure-table.ts';

const NETWORKS = [[128], [32, 32]];

interface Props {
  name: keyof typeof lessons;
  question?: ComponentChildren;
  afterwards?: ComponentChildren;
}

/** Every cure with several seeds, beside the same runs without. */
export function CureTableIsland({ name, question, afterwards }: Props) {
  const queue = useMemo(() => createRunQueue(), []);
  const lesson = useSignal<Lesson>(lessons[name]);
  const seeds = useSignal(MOST_SEEDS);
  const rows = tableRows.map((_, row) => rowSoFar(queue.runs.value, row));
  const isDone = queue.status.value === 'finished';
  const all = isDone ? rows.filter((row) => row !== undefined) : undefined;
  const choose = (change: Partial<Lesson>) => {
    lesson.value = { ...lesson.value, ...change };
    // What was measured was another lesson.
    queue.clear();
  };
  // In the second table everybody knows who wins: the question is who comes after.
  const racing = tableRows.flatMap(({ label, cures }, row) =>
    cures.length === 1 && (name === 'clean' || label !== 'augmentation') ? [row] : [],
  );
  const best = all && racing.reduce((a, b) => (all[b].test.mean > all[a].test.mean ? b : a));
  return (
    <>
      <WinnerGuess
        id={`regularization/table-${name}`}
        labels={racing.map((row) => tableRows[row].label)}
        isOpen={queue.status.value === 'idle'}
        winner={best === undefined ? undefined : racing.indexOf(best)}
        question={question}
        verdict={
          all &&
          best !== undefined &&
          `Of these, ${all[best].label} reads the most: ${formatOverSeeds(all[best].test)} of the test images, and ${formatOverSeeds(all[0].test)} were read without a cure.`
        }
        afterwards={afterwards}
      />
      {name === 'noisy' && <LessonChoice lesson={lesson.value} onChoose={choose} />}
      <QueueControls
        queue={queue}
        action={isDone ? 'Measure again' : 'Measure'}
        onBegin={() => void queue.run(tableRuns(lesson.value, seeds.value))}
        runs={() => codedTable(lesson.value)}
      >
        <SeedsSlider
          seeds={seeds.value}
          onChange={(next) => {
            seeds.value = next;
            queue.clear();
          }}
        />
      </QueueControls>
      <Table rows={rows} lesson={lesson.value} />
      <p role="status" class="run-sentence cure-sentence">
        {all && describeCures(all)}
      </p>
    </>
  );
}

function LessonChoice({ lesson, onChoose }: { lesson: Lesson; onChoose: (change: Partial<Lesson>) => void }) {
  return (
    <div class="run-controls needs-script">
      <WrongLabelsSlider share={lesson.wrongLabels} onChange={(wrongLabels) => onChoose({ wrongLabels })} />
      <fieldset class="segments">
        <legend>Network</legend>
        {NETWORKS.map((hidden) => (
          <button
            key={hidden.join('-')}
            type="button"
            aria-pressed={hidden.join('-') === lesson.hidden.join('-')}
            onClick={() => onChoose({ hidden })}
          >
            {[784, ...hidden, 10].join('-')}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

function Table({ rows, lesson }: { rows: readonly (CuredRow | undefined)[]; lesson: Lesson }) {
  const nothing = rows[0];
  const from = lowest(rows);
  return (
    <ScrollBox label={`The cures, ${nameLesson(lesson)}`}>
      <table class="race-table cure-table">
        <caption class="visually-hidden">
          {[784, ...lesson.hidden, 10].join('-')}, {nameLesson(lesson)}
        </caption>
        <thead>
          <tr>
            <th scope="col">cure</th>
            <th scope="col">learnt</th>
            <th scope="col">test</th>
            <th scope="col">beside nothing</th>
            <th scope="col">
              {rows.some(Boolean) ? `each seed, ${formatDecimals(from, 0)} to 100\u00a0%` : 'each seed'}
            </th>
          </tr>
        </thead>
        <tbody>
          {tableRows.map(({ label, cures }, n) => {
            const row = rows[n];
            return (
              <tr key={label}>
                <th scope="row">
                  {label} {cures.length === 1 && <span class="quiet">{cureStrength(cures[0], lesson)}</span>}
                </th>
                <td>{row ? formatOverSeeds(row.training) : '–'}</td>
                <td>{row ? formatOverSeeds(row.test) : '–'}</td>
                <td>{row && nothing && n > 0 ? beside(row, nothing) : '–'}</td>
                <td>
                  <Dots row={row} from={from} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function beside(row: CuredRow, nothing: CuredRow): string {
  const change = 100 * (row.test.mean - nothing.test.mean);
  return `${change > 0 ? '+' : ''}${formatDecimals(change, 1)}`;
}

/** Where the scale of the dots begins, in percent. */
function lowest(rows: readonly (CuredRow | undefined)[]): number {
  const all = rows.flatMap((row) => row?.test.values ?? []);
  return all.length === 0 ? 0 : Math.floor(10 * Math.min(...all)) * 10;
}

/** The seeds of a row, a line from what is learnt to what is read in the test: the gap. */
function Dots({ row, from }: { row: CuredRow | undefined; from: number }) {
  if (!row) return <svg class="cure-dots" viewBox="0 0 200 16" aria-hidden="true" />;
  const x = (share: number) => 4 + (192 * (100 * share - from)) / (100 - from);
  const at = (share: number) => formatCoordinate(x(share));
  const said = row.test.values.map((value) => formatShare(value)).join(', ');
  return (
    <svg class="cure-dots" viewBox="0 0 200 16" role="img" aria-label={`${row.label}: ${said}`}>
      <line
        class="cure-gap"
        x1={at(Math.max(from / 100, row.training.mean))}
        x2={at(row.test.mean)}
        y1={8}
        y2={8}
      />
      <line
        class="cure-learnt"
        x1={at(Math.max(from / 100, row.training.mean))}
        x2={at(Math.max(from / 100, row.training.mean))}
        y1={2}
        y2={14}
      />
      {row.test.values.map((value, n) => (
        <circle key={n} cx={at(value)} cy={8} r={3} />
      ))}
    </svg>
  );
}
