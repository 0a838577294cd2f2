import './WrongLabels.css';
import '../figures/NetworkLook.css';
import '../figures/race-key.css';
import '../figures/segments.css';
import type { PlotOptions } from '@observablehq/plot';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatCount, formatShare } from '../../explain/numbers.ts';
import {
  describeBest,
  describeLengths,
  describeOrder,
  describeWrong,
  halfLearnt,
} from '../../explain/wrong-label-words.ts';
import type { Examined, WrongLabel } from '../../lib/training/examined-runs.ts';
import { curedRun, lessons } from '../../lib/training/cures.ts';
import { classSeed } from '../../state/page/embedded.ts';
import { createRunQueue } from '../../state/run/run-queue.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Chart, curveColour } from '../figures/Chart.tsx';
import { DigitImage } from '../figures/HeatImage.tsx';
import { useSlowed } from '../figures/useSlowed.ts';
import { QueueControls } from './QueueControls.tsx';

type Plot = typeof import('@observablehq/plot');

const SEED = classSeed();
const lesson = lessons.noisy;
const { epochs } = curedRun(lesson, [], SEED).setup;
const everyEpoch = Array.from({ length: epochs + 1 }, (_, epoch) => epoch);

/** With wrong labels, with the same images labelled right, and with wrong labels and the penalty. */
const RUNS = [
  curedRun(lesson, [], SEED, everyEpoch),
  curedRun({ ...lesson, wrongLabels: 0 }, [], SEED),
  curedRun(lesson, ['l2'], SEED),
];

const NAMES = ['wrong labels', 'right labels', 'wrong labels, with L2'];

const LINES = [
  { name: 'rightLabels', label: 'right labels, learnt', dash: 'none' },
  { name: 'wrongLabels', label: 'wrong labels, learnt', dash: '6 3' },
  { name: 'test', label: 'test images, read right', dash: '2 3' },
] as const;

/** When wrong labels are learnt, beside the right ones; which they are, and what they cost. */
export function WrongLabelsIsland() {
  const queue = useMemo(() => createRunQueue(), []);
  const [wrong, right, penalised] = queue.runs.value;
  const looks = useSlowed(wrong?.looks ?? [], 300);
  const end = wrong?.end;
  const draw = useMemo(() => drawShares(looks), [looks]);
  const lengths = wrong?.end &&
    right?.end &&
    penalised?.end && { wrong: wrong.end.last, right: right.end.last, penalised: penalised.end.last };
  const many = formatCount(lesson.images);
  return (
    <>
      <QueueControls
        queue={queue}
        action={end ? 'Learn them again' : `Learn ${many} images`}
        onBegin={() => void queue.run(RUNS)}
        runs={() => RUNS.map((run, n) => ({ name: NAMES[n], ...run }))}
      />
      <Prediction
        id="regularization/wrong-labels-last"
        question={
          <p>
            Of {many} images {formatShare(lesson.wrongLabels, 0)} are called by the name of another digit.
            Half of the right labels are learnt within the first few epochs. After how many epochs are half of
            the wrong ones?
          </p>
        }
        min={1}
        max={epochs}
        step={1}
        unit="epochs"
        decimals={0}
        near={5}
        actual={end && (halfLearnt(wrong.looks, 'wrongLabels') ?? epochs)}
        afterwards={
          <p>
            What the right labels have in common, all of them push for together. Who pushes for a label that
            is wrong?
          </p>
        }
      >
        {wrong && looks.length > 0 && (
          <>
            <Chart draw={draw} height={260} label={`Share learnt over the epochs. ${describeOrder(looks)}`} />
            <p class="quiet">
              {LINES.map(({ label }, n) => (
                <span key={label} class="wrong-key">
                  <span class="race-key" style={{ background: curveColour(n) }} aria-hidden="true" />{' '}
                  {label}{' '}
                </span>
              ))}
            </p>
            <p role="status" class="run-sentence">
              {end && `${describeOrder(wrong.looks)} ${describeBest(wrong.looks)}`}
            </p>
            {end && <WrongList wrong={end.wrong} said={describeWrong(end)} />}
            <p role="status" class="run-sentence">
              {lengths && describeLengths(lengths)}
            </p>
          </>
        )}
      </Prediction>
    </>
  );
}

const SHOWN = 24;

/** Some of the images with a wrong label: those that were learnt first, last, or not at all. */
function WrongList({ wrong, said }: { wrong: readonly WrongLabel[]; said: string }) {
  const learnt = wrong.filter(({ learntAt }) => learntAt !== undefined);
  const groups = [
    { name: 'learnt first', images: learnt.slice(0, SHOWN) },
    { name: 'learnt last', images: learnt.slice(-SHOWN).reverse() },
    { name: 'never learnt', images: wrong.slice(learnt.length, learnt.length + SHOWN) },
  ].filter(({ images }) => images.length > 0);
  const shown = useSignal(0);
  const { name, images } = groups[Math.min(shown.value, groups.length - 1)];
  return (
    <>
      <fieldset class="segments wrong-groups">
        <legend>{said} Those that were</legend>
        {groups.map((group, n) => (
          <button
            key={group.name}
            type="button"
            aria-pressed={group.name === name}
            onClick={() => {
              shown.value = n;
            }}
          >
            {group.name}
          </button>
        ))}
      </fieldset>
      <ul class="misread wrong-digits" aria-label={`Wrong labels ${name}`}>
        {images.map(({ image, truth, label, learntAt }, n) => (
          <li key={n}>
            <DigitImage image={image} label={`A ${truth}, labelled ${label}`} />
            <span>
              a {truth}, called {label}
              {learntAt !== undefined && `: epoch ${learntAt}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function drawShares(looks: readonly Examined[]) {
  return (plot: Plot): PlotOptions => ({
    marginLeft: 44,
    x: { label: 'epoch', domain: [0, epochs] },
    y: { label: '%', domain: [0, 100], grid: true },
    marks: LINES.map(({ name, dash }, n) =>
      plot.lineY(
        looks.map((look) => ({ epoch: look.epoch, share: 100 * look[name] })),
        { x: 'epoch', y: 'share', stroke: curveColour(n), strokeWidth: 2, strokeDasharray: dash },
      ),
    ),
  });
}
