import './CureTrial.css';
import '../figures/segments.css';
import '../figures/race-table.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import {
  cureLabel,
  cureStrength,
  describeGap,
  describeTrial,
  nameCures,
  nameLesson,
} from '../../explain/cure-words.ts';
import { formatCount, formatDecimals, formatShare } from '../../explain/numbers.ts';
import {
  type CureName,
  type Lesson,
  cureNames,
  curedRun,
  lessons,
  looksOver,
} from '../../lib/training/cures.ts';
import { classSeed } from '../../state/page/embedded.ts';
import { createRunQueue } from '../../state/run/run-queue.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { GapChart, GapKey } from './GapChart.tsx';
import { QueueControls } from './QueueControls.tsx';
import { WrongLabelsSlider } from './WrongLabelsSlider.tsx';

const SEED = classSeed();
const SIZES = [500, 2000];

interface Trial {
  readonly lesson: Lesson;
  readonly cures: readonly CureName[];
}

/** A trial that was revealed. */
interface Tried extends Trial {
  readonly training: number;
  readonly test: number;
}

const keyOf = ({ lesson, cures }: Trial) => [lesson.images, lesson.wrongLabels, ...cures].join('-');

/** The same run without a cure and with some: in any combination, with a guess before each. */
export function CureTrialIsland() {
  const queue = useMemo(() => createRunQueue(), []);
  const chosen = useSignal<Trial>({ lesson: lessons.clean, cures: ['l2'] });
  const asked = useSignal<Trial | undefined>(undefined);
  const tried = useSignal<readonly Tried[]>([]);
  const { lesson, cures } = chosen.value;
  const choose = (change: Partial<Trial>) => {
    chosen.value = { ...chosen.value, ...change };
  };
  const isAsked = asked.value && keyOf(asked.value) === keyOf(chosen.value);
  const [without, cured] = isAsked ? queue.runs.value : [];
  const ends = without?.end && cured?.end ? [without.end.last, cured.end.last] : undefined;
  const { epochs, layers } = curedRun(lesson, cures, SEED).setup;
  const begin = () => {
    asked.value = chosen.value;
    void queue.run([[], cures].map((each) => curedRun(lesson, each, SEED, looksOver(epochs))));
  };
  const reveal = () => {
    if (!ends) return;
    const { training, test } = ends[1];
    const others = tried.value.filter((each) => keyOf(each) !== keyOf(chosen.value));
    tried.value = [...others, { ...chosen.value, training, test }];
  };
  return (
    <>
      <CureChoice trial={chosen.value} onChoose={choose} />
      <QueueControls
        queue={queue}
        action="Train both"
        onBegin={begin}
        runs={() => [[], cures].map((each) => ({ name: nameCures(each), ...curedRun(lesson, each, SEED) }))}
      />
      <Prediction
        key={keyOf(chosen.value)}
        id={`regularization/cured-${keyOf(chosen.value)}`}
        question={
          <p>
            Two networks {layers.join('-')} learn the same {nameLesson(lesson)}, from the same first weights
            {cures.includes('early-stopping') ? '' : ' in the same batches'}: one with nothing, one with{' '}
            <strong>{nameCures(cures)}</strong>. How many of the test images will the second one read right?
          </p>
        }
        min={50}
        max={100}
        step={0.5}
        unit="%"
        near={1}
        actual={ends && 100 * ends[1].test}
        onReveal={reveal}
        afterwards={
          <p>Did it close the gap from above, by knowing less by heart, or from below, by reading more?</p>
        }
      >
        {without && cured && ends && (
          <>
            <div class="gap-pair">
              <GapChart title="with nothing" looks={without.looks} epochs={epochs} from={50} />
              <GapChart
                title={`with ${nameCures(cures)}`}
                looks={cured.looks}
                epochs={epochs}
                from={50}
                kept={cures.includes('early-stopping') ? ends[1].epoch : undefined}
              />
            </div>
            <GapKey />
            <p role="status" class="run-sentence">
              {describeTrial(ends[0], ends[1], cures)} {describeGap(ends[1])}
            </p>
          </>
        )}
      </Prediction>
      {tried.value.length > 0 && <TriedTable tried={tried.value} />}
    </>
  );
}

interface ChoiceProps {
  trial: Trial;
  onChoose: (change: Partial<Trial>) => void;
}

function CureChoice({ trial: { lesson, cures }, onChoose }: ChoiceProps) {
  const toggle = (cure: CureName) =>
    onChoose({
      // In the order of the table, whatever the order of the choice.
      cures: cureNames.filter((each) => (each === cure ? !cures.includes(cure) : cures.includes(each))),
    });
  return (
    <div class="cure-choice needs-script">
      <fieldset class="cure-boxes">
        <legend>Cures of the second network</legend>
        {cureNames.map((cure) => (
          <label key={cure}>
            <input type="checkbox" checked={cures.includes(cure)} onChange={() => toggle(cure)} />{' '}
            {cureLabel(cure)} <span class="quiet">{cureStrength(cure, lesson)}</span>
          </label>
        ))}
      </fieldset>
      <div>
        <fieldset class="segments">
          <legend>Images to learn from</legend>
          {SIZES.map((images) => (
            <button
              key={images}
              type="button"
              aria-pressed={lesson.images === images}
              onClick={() => onChoose({ lesson: { ...lesson, images } })}
            >
              {formatCount(images)}
            </button>
          ))}
        </fieldset>
        <WrongLabelsSlider
          share={lesson.wrongLabels}
          onChange={(wrongLabels) => onChoose({ lesson: { ...lesson, wrongLabels } })}
        />
      </div>
    </div>
  );
}

function TriedTable({ tried }: { tried: readonly Tried[] }) {
  return (
    <ScrollBox label="What you have tried">
      <table class="race-table">
        <thead>
          <tr>
            <th scope="col">tried</th>
            <th scope="col">images</th>
            <th scope="col">learnt</th>
            <th scope="col">test</th>
            <th scope="col">gap</th>
          </tr>
        </thead>
        <tbody>
          {tried.map((each) => (
            <tr key={keyOf(each)}>
              <th scope="row">{nameCures(each.cures)}</th>
              <td>{nameLesson(each.lesson)}</td>
              <td>{formatShare(each.training)}</td>
              <td>{formatShare(each.test)}</td>
              <td>{formatDecimals(100 * (each.training - each.test), 1)} points</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
