import '../exercises/exercise.css';
import '../figures/controls.css';
import '../figures/race-key.css';
import '../figures/race-table.css';
import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useMemo } from 'preact/hooks';
import type { CodeRegion } from '../../build/code-regions.ts';
import { faults } from '../../lib/clinic/faults.ts';
import { toolNames } from '../../lib/clinic/tools.ts';
import {
  type ClinicState,
  type Diagnosis,
  type PatientState,
  createClinic,
  judgeDiagnosis,
  letterOf,
  toolLabels,
} from '../../state/run/clinic.ts';
import { pointAt } from '../../explain/run-curves.ts';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { CodeView } from '../figures/CodeView.tsx';
import { CurveReader, useEpochCursor } from '../figures/CurveReader.tsx';
import { useSlowed } from '../figures/useSlowed.ts';
import { formatDuration, formatMagnitude, formatShare } from '../../explain/numbers.ts';

/** Units of the first layer that a patient is looked at by. */
const SHOWN = 8;

type Plot = typeof import('@observablehq/plot');

interface Props {
  /** The faulty lines, and the right ones, by the names of their regions. */
  regions: Readonly<Record<string, CodeRegion>>;
}

/** Eight networks, of which one is well. */
export function ClinicIsland({ regions }: Props) {
  const clinic = useMemo(() => createClinic(), []);
  const patients = clinic.patients.value;
  const slow = useSlowed(patients, 400);
  const curves = useMemo(() => draw(slow), [slow]);
  const cursor = useEpochCursor(Math.max(...slow.map(({ epoch }) => epoch)));
  const hasBegun = patients.some(({ points }) => points.length > 0);
  return (
    <div class="clinic">
      <Controls clinic={clinic} />
      {hasBegun ? (
        <>
          <Chart
            draw={curves}
            cursor={cursor}
            height={260}
            label="Share of the training digits read right by the eight patients; the table has their figures"
          />
          <CurveReader
            cursor={cursor}
            readings={slow.map(({ points }, n) => {
              const point = pointAt(points, cursor.at);
              return {
                label: letterOf(n),
                colour: curveColour(n),
                value: point && formatShare(point.accuracy),
              };
            })}
          />
        </>
      ) : (
        <p class="race-none quiet">The curves begin with the training.</p>
      )}
      <PatientTable clinic={clinic} />
      <Tools clinic={clinic} />
      <Bedside clinic={clinic} regions={regions} />
      <Summary clinic={clinic} />
    </div>
  );
}

function Controls({ clinic }: { clinic: ClinicState }) {
  const status = clinic.status.value;
  const says = {
    idle: '',
    opening:
      clinic.loading.value === undefined
        ? 'The patients come in…'
        : `Fetching 70,000 digits: ${formatShare(clinic.loading.value, 0)}`,
    running: 'They train.',
    paused: 'Paused.',
    finished: `Two epochs of all 60,000 digits, eight times, took ${formatDuration(clinic.seconds.value)}.`,
  }[status];
  return (
    <>
      <div class="run-controls needs-script">
        {status === 'running' || status === 'opening' ? (
          <button type="button" class="primary" aria-disabled={status === 'opening'} onClick={clinic.pause}>
            Pause
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            onClick={() => void (status === 'finished' ? clinic.again() : clinic.run())}
          >
            {status === 'paused' ? 'Go on' : status === 'finished' ? 'Train them again' : 'Let them train'}
          </button>
        )}
        <button
          type="button"
          aria-disabled={status === 'idle' || status === 'finished'}
          onClick={clinic.cancel}
        >
          Cancel
        </button>
        <button type="button" onClick={clinic.newPatients}>
          Eight others
        </button>
        <span class="quiet" role="status">
          {says}
        </span>
        {/* Not spoken: it changes with every second. */}
        {status === 'running' && clinic.secondsLeft.value !== undefined && (
          <span class="quiet">{formatDuration(clinic.secondsLeft.value)} left</span>
        )}
      </div>
      {clinic.described.value && <p class="quiet">{clinic.described.value}</p>}
      {clinic.failure.value && (
        <p class="run-trouble" role="alert">
          {clinic.failure.value}
        </p>
      )}
    </>
  );
}

function PatientTable({ clinic }: { clinic: ClinicState }) {
  return (
    <ScrollBox label="The patients">
      <table class="race-table clinic-table">
        <thead>
          <tr>
            <th scope="col">patient</th>
            <th scope="col">test, right</th>
            <th scope="col">looks</th>
            {toolNames.map((tool, n) => (
              <th key={tool} scope="col">
                <abbr title={toolLabels[tool]}>tool {n + 1}</abbr>
              </th>
            ))}
            <th scope="col">your diagnosis</th>
          </tr>
        </thead>
        <tbody>
          {clinic.patients.value.map((patient, n) => (
            <PatientRow key={n} clinic={clinic} patient={patient} n={n} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function PatientRow({ clinic, patient, n }: { clinic: ClinicState; patient: PatientState; n: number }) {
  const letter = letterOf(n);
  const isRight = judgeDiagnosis(clinic.truth.value[n], patient);
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          class="on-paper"
          aria-pressed={clinic.chosen.value === n}
          aria-label={`Look at patient ${letter}`}
          onClick={() => clinic.choose(n)}
        >
          <span class="race-key" style={{ background: curveColour(n) }} aria-hidden="true" /> {letter}
        </button>
      </th>
      <td>{patient.testAccuracy === undefined ? '–' : formatShare(patient.testAccuracy)}</td>
      <td>
        <select
          value={patient.guess ?? ''}
          aria-label={`Patient ${letter} looks`}
          onChange={(event) => clinic.guess(n, event.currentTarget.value as 'ill' | 'well')}
        >
          <option value="" disabled>
            …
          </option>
          <option value="well">well</option>
          <option value="ill">ill</option>
        </select>
      </td>
      {toolNames.map((tool) => {
        const finding = patient.findings[tool];
        return (
          <td key={tool} class={finding?.isFound ? 'clinic-ill' : undefined}>
            {finding ? `${finding.isFound ? '✗' : '✓'} ${formatMagnitude(finding.relativeError)}` : '–'}
          </td>
        );
      })}
      <td>
        <select
          value={patient.diagnosis ?? ''}
          aria-label={`Diagnosis of patient ${letter}`}
          onChange={(event) => {
            clinic.diagnose(n, event.currentTarget.value as Diagnosis);
            clinic.choose(n);
          }}
        >
          <option value="" disabled>
            …
          </option>
          <option value="well">it is well</option>
          {faults.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>{' '}
        {isRight === undefined ? '' : isRight ? '✓' : 'not that'}
      </td>
    </tr>
  );
}

function Tools({ clinic }: { clinic: ClinicState }) {
  return (
    <>
      <ol class="clinic-tools needs-script" aria-label="Tools">
        {toolNames.map((tool) => (
          <li key={tool}>
            <button
              type="button"
              aria-label={`Examine: ${toolLabels[tool]}`}
              aria-disabled={clinic.examining.value !== undefined}
              onClick={() => void clinic.examine(tool)}
            >
              Examine
            </button>{' '}
            {toolLabels[tool]}
          </li>
        ))}
      </ol>
      <p role="status" class="run-sentence needs-script">
        {describeExamination(clinic)}
      </p>
    </>
  );
}

/** What the tools are at: the first one has to wait for the digits, and says so. */
function describeExamination({ examining, loading, patients }: ClinicState): string {
  const at = examining.value;
  if (!at) {
    const used = toolNames.flatMap((tool, n) =>
      patients.value.every(({ findings }) => findings[tool]) ? [n + 1] : [],
    );
    if (used.length === 0) return 'No tool has looked at the patients yet.';
    return `${used.length === 1 ? 'Tool' : 'Tools'} ${used.join(', ')}: what was found stands in the table.`;
  }
  const tool = `Tool ${toolNames.indexOf(at) + 1}`;
  if (loading.value !== undefined)
    return `${tool} waits for the 70,000 digits: ${formatShare(loading.value, 0)}`;
  const seen = patients.value.filter(({ findings }) => findings[at]).length;
  return `${tool} has looked at ${seen} of ${patients.value.length} patients…`;
}

/** The patient that is looked at: its weights, where its gradients are wrong, and what it has, once that is known. */
function Bedside({ clinic, regions }: { clinic: ClinicState; regions: Props['regions'] }) {
  const n = clinic.chosen.value;
  const patient = clinic.patients.value[n];
  const fault = faults.find(({ name }) => name === clinic.truth.value[n]);
  const isRight = judgeDiagnosis(clinic.truth.value[n], patient);
  const { difference, largest } = patient.findings.all ?? {};
  return (
    <section class="bedside" aria-label={`Patient ${letterOf(n)}`}>
      <h3>Patient {letterOf(n)}: first-layer weights after training</h3>
      <UnitPictures values={patient.weights} units={SHOWN} scale="weight" label="Weights of unit" />
      <h3>Backward minus nudges, where tool 4 has looked</h3>
      <p class="quiet">
        The same scale for every patient: the full colour is
        {largest === undefined ? '' : ` ${formatMagnitude(largest)},`} the largest gradient that nudges find
        there.
      </p>
      <UnitPictures
        values={difference}
        units={SHOWN}
        scale="gradient"
        label="Difference of unit"
        full={largest ?? 1}
      />
      <div role="status">
        {isRight === true && (
          <p class="verdict verdict-right">
            <strong>Right.</strong>{' '}
            {fault
              ? fault.says
              : 'It has nothing. Every tool passes, and its curve is the best or nearly so.'}
          </p>
        )}
        {isRight === false && (
          <p class="verdict">
            <strong>Not yet.</strong> {hint(clinic, n)}
          </p>
        )}
      </div>
      {isRight && fault && (
        <div class="clinic-code">
          <div>
            <h3>The patient's line</h3>
            <CodeView region={regions[fault.wrong]} />
          </div>
          <div>
            <h3>The library's</h3>
            <CodeView region={regions[fault.right]} />
          </div>
        </div>
      )}
    </section>
  );
}

/** What the tools have to say against a wrong diagnosis. */
function hint(clinic: ClinicState, n: number): string {
  const { findings, diagnosis } = clinic.patients.value[n];
  const used = toolNames.filter((tool) => findings[tool]);
  if (used.length === 0) return 'A curve alone does not tell. Put some tools to it first.';
  const found = used.filter((tool) => findings[tool]?.isFound);
  if (found.length > 0 && diagnosis === 'well')
    return `It cannot be well: tool ${toolNames.indexOf(found[0]) + 1} finds something.`;
  if (found.length === 0)
    return 'None of the tools that you have used finds anything. Which have you not used?';
  const spared = used.filter((tool) => !findings[tool]?.isFound);
  if (spared.length === 0)
    return 'Every tool that you used finds something. What kind of mistake reaches every weight, or its sign?';
  return `Mind what passes: ${spared.map((tool) => toolLabels[tool]).join('; ')}. Your diagnosis would have to pass there, too.`;
}

/** When all have been diagnosed: guesses against the truth. */
function Summary({ clinic }: { clinic: ClinicState }) {
  const { keep } = useKeptAnswer('backprop/clinic-looks');
  const patients = clinic.patients.value;
  const right = patients.filter((patient, n) => judgeDiagnosis(clinic.truth.value[n], patient)).length;
  const guessed = patients.filter(({ guess }) => guess !== undefined).length;
  const looks = (n: number) => (clinic.truth.value[n] === undefined ? 'well' : 'ill');
  const seen = patients.filter(({ guess }, n) => guess === looks(n)).length;
  const isDone = right === patients.length;
  const lettersOf = (isOne: (n: number) => boolean) =>
    patients.flatMap((_, n) => (isOne(n) ? [letterOf(n)] : [])).join(' ') || 'none';
  useEffect(() => {
    if (!isDone || guessed === 0) return;
    keep({
      given: seen,
      isRight: seen === patients.length,
      said: `ill: ${lettersOf((n) => patients[n].guess === 'ill')}`,
      truth: `ill: ${lettersOf((n) => looks(n) === 'ill')}`,
    });
  }, [isDone]);
  const gap =
    guessed > 0 && seen < guessed
      ? ': the others looked like what they were not. What would have told you, without a tool?'
      : '.';
  return (
    <p role="status" class="run-sentence">
      {isDone
        ? `All eight are diagnosed. By their curves alone you had ${seen} of ${guessed} right${gap}`
        : `${right} of 8 diagnosed.`}
    </p>
  );
}

function draw(patients: readonly PatientState[]) {
  const all = patients.flatMap(({ points }, n) =>
    points.map(({ epoch, accuracy }) => ({ epoch, accuracy: 100 * accuracy, patient: letterOf(n) })),
  );
  const letters = patients.map((_, n) => letterOf(n));
  return (plot: Plot): PlotOptions => ({
    marginLeft: 48,
    x: { label: 'epoch', grid: true, domain: [0, 2] },
    y: { label: 'read right, %', grid: true, domain: [0, 100] },
    color: { domain: letters, range: letters.map((_, n) => curveColour(n)) },
    marks: [
      plot.lineY(all, { x: 'epoch', y: 'accuracy', stroke: 'patient', strokeWidth: 1.4 }),
      plot.text(
        all.filter(({ patient }, n) => all[n + 1]?.patient !== patient),
        {
          x: 'epoch',
          y: 'accuracy',
          text: 'patient',
          fill: 'patient',
          dx: 8,
          stroke: 'var(--paper)',
          strokeWidth: 3,
        },
      ),
    ],
  });
}
