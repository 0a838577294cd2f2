import '../figures/controls.css';
import '../figures/race-key.css';
import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import { formatCount } from '../../explain/numbers.ts';
import { type NetworkName, networkChoices } from '../../state/site/networks.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { Slider } from '../figures/Slider.tsx';
import { NetworkSelect } from '../figures/NetworkSelect.tsx';
import { IMAGES, type Robust, type Trouble, describeRobust, measureRobust, troubles } from './robustness.ts';
import { TaskButton } from './TaskButton.tsx';
import { TaskRow } from './TaskRow.tsx';
import { createTask } from './task.ts';
import { useFirst } from './useFirst.ts';

/** How networks fare as images get worse. */
export function RobustnessIsland() {
  const names = useSignal<readonly [NetworkName, NetworkName]>(['original', 'shipped']);
  const trouble = useSignal<Trouble>('rotation');
  const task = useMemo(() => createTask(measureRobust, 'It could not be measured'), []);
  const found = task.result.value;
  /** What the guess is about stays what it is compared with. */
  const first = useFirst(found);
  const { strengths, say, asked } = troubles[first?.trouble ?? trouble.value];
  const begin = () => {
    const networks = names.value.map((name, n) => ({
      name,
      label: `${n === 0 ? 'First' : 'Second'} (${short(name)})`,
    }));
    void task.begin({ trouble: trouble.value, networks });
  };
  return (
    <>
      <TaskRow
        task={task}
        doing="The images are made worse and read"
        found={found && `Measured on ${formatCount(IMAGES)} images for each point.`}
      >
        <NetworkSelect
          label="First"
          value={names.value[0]}
          onChange={(name) => {
            names.value = [name, names.value[1]];
          }}
        />
        <NetworkSelect
          label="Second"
          value={names.value[1]}
          onChange={(name) => {
            names.value = [names.value[0], name];
          }}
        />
        <span class="network-select">
          <label for="robust-trouble">Made worse by</label>
          <select
            id="robust-trouble"
            value={trouble.value}
            onChange={(event) => {
              trouble.value = event.currentTarget.value as Trouble;
            }}
          >
            {Object.entries(troubles).map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </span>
        <TaskButton task={task} isPrimary onBegin={begin}>
          Measure
        </TaskButton>
      </TaskRow>
      <Prediction
        id="evaluation/turned"
        question={
          <p>
            With every digit {say(strengths[asked])}: how many does the first network read right? Would you
            still read them?
          </p>
        }
        min={0}
        max={100}
        step={1}
        unit="%"
        near={4}
        actual={first && (100 * first.curves[0].right[asked]) / IMAGES}
        afterwards={<p>One of the two has seen disturbed digits while it learnt. Which?</p>}
      >
        {found && <Curves key={found.trouble} robust={found} />}
      </Prediction>
    </>
  );
}

function Curves({ robust }: { robust: Robust }) {
  const { strengths, unit, say, asked } = troubles[robust.trouble];
  const at = useSignal(asked);
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => ({
      marginLeft: 45,
      x: { label: unit },
      y: { domain: [0, 1], label: 'right', tickFormat: '%', grid: true },
      marks: robust.curves.map(({ right }, n) =>
        plot.lineY(
          strengths.map((strength, s) => ({ strength, share: right[s] / IMAGES })),
          {
            x: 'strength',
            y: 'share',
            stroke: curveColour(n),
            strokeWidth: 2,
            marker: 'dot',
            strokeDasharray: DASHES[n],
          },
        ),
      ),
    }),
    [robust],
  );
  const sentence = describeRobust(robust, at.value);
  return (
    <>
      <Chart draw={draw} label={`Accuracy as images get worse. ${sentence}`} height={280} />
      <p class="quiet">
        {robust.curves.map(({ label }, n) => (
          <span key={label} class="robust-key">
            <span class="race-key" style={{ background: curveColour(n) }} aria-hidden="true" /> {label}{' '}
          </span>
        ))}
      </p>
      <Slider
        label="Read at"
        min={0}
        max={strengths.length - 1}
        step={1}
        value={at.value}
        text={say(strengths[at.value])}
        onChange={(next) => {
          at.value = next;
        }}
      />
      <p role="status" class="run-sentence">
        {sentence}
      </p>
    </>
  );
}

/** Told apart without colour too. */
const DASHES = ['none', '6 3', '2 3', '8 3 2 3'];

/** The name of a network before its colon. */
function short(name: NetworkName): string {
  return networkChoices.value.find((choice) => choice.name === name)?.label.split(':')[0] ?? name;
}
