import '../figures/controls.css';
import { useEffect } from 'preact/hooks';
import { firstSetup } from '../../state/run/run-history.ts';
import { timeTravel as travel } from '../../state/run/time-travel.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { Slider } from '../figures/Slider.tsx';
import { Bars } from '../figures/Bars.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { ConfusionTable } from '../figures/ConfusionTable.tsx';
import { formatShare, formatSignificant } from '../../explain/numbers.ts';
import { useAlive } from '../figures/useAlive.ts';

/** Every epoch of the reader's run, to go back to. */
export function TimeTravelIsland() {
  const isAlive = useAlive();
  useEffect(() => {
    travel.begin();
    void travel.run.restore();
  }, []);
  const snapshots = isAlive ? travel.run.snapshots.value : [];
  const setup = isAlive ? travel.run.setup.value : firstSetup;
  const epoch = isAlive ? travel.snapshot.value?.epoch : undefined;
  const evaluation =
    travel.evaluation.value?.of === travel.snapshot.value ? travel.evaluation.value?.result : undefined;
  return (
    <div class="travel">
      <div class="travel-slider">
        <Slider
          label="Epoch"
          min={0}
          max={Math.max(1, snapshots.length - 1)}
          step={1}
          value={isAlive ? travel.place.value : 0}
          text={epoch === undefined ? 'none yet: train in the console above' : String(epoch)}
          onChange={travel.travel}
        />
        <LearntMark />
      </div>
      <p role="status" class="run-sentence">
        {epoch === undefined
          ? 'As soon as the console above has begun, its network can be seen as it was before the first step, and after each epoch.'
          : evaluation
            ? `After epoch ${epoch} it reads ${formatShare(evaluation.accuracy, 2)} of the 10,000 test images right, at a loss of ${formatSignificant(evaluation.loss)}.`
            : `After epoch ${epoch}: the test images are being read…`}
      </p>
      {travel.failure.value && (
        <p class="run-trouble" role="alert">
          {travel.failure.value}
        </p>
      )}
      <div class="travel-parts">
        <div>
          <h3>First-layer weights after this epoch</h3>
          <UnitPictures
            values={isAlive ? travel.model.value?.layers[0]?.weights : undefined}
            units={setup.layers[1]}
            scale="weight"
            label="Weights then of unit"
          />
        </div>
        <div>
          <h3>What it takes for what</h3>
          <ConfusionTable evaluation={evaluation} />
        </div>
      </div>
      <h3>One digit through all epochs</h3>
      <OneDigit isAlive={isAlive} />
    </div>
  );
}

/** The epoch since which the chosen digit has been read right, marked under the slider. */
function LearntMark() {
  const learnt = travel.learntAt.value;
  const all = travel.run.snapshots.value;
  const at = all.findIndex(({ epoch }) => epoch === learnt);
  return (
    <span class="travel-mark" aria-hidden="true">
      {at >= 0 && <span style={{ left: `${(100 * at) / Math.max(1, all.length - 1)}%` }}>▲</span>}
    </span>
  );
}

function OneDigit({ isAlive }: { isAlive: boolean }) {
  const reading = isAlive ? travel.reading.value : undefined;
  return (
    <>
      <DigitPicker pick={travel.pick} isPictured />
      <Bars probabilities={reading?.probabilities} digit={reading?.digit} />
      <p role="status" class="run-sentence">
        {describeDigit()}
      </p>
    </>
  );
}

function describeDigit(): string {
  const [reading, label, learnt] = [travel.reading.value, travel.pick.label.value, travel.learntAt.value];
  if (!reading) return 'No network has read it yet.';
  const sure = `Prediction: ${reading.digit}, ${formatShare(reading.probabilities[reading.digit] ?? 0)} sure, after epoch ${reading.epoch}.`;
  if (label === undefined) return sure;
  if (learnt === undefined)
    return `${sure} It is a ${label}, and not one epoch up to the last has learnt it for good.`;
  return `${sure} It is a ${label}: read right ever since epoch ${learnt}.`;
}
