import './stepper.css';
import { useEffect, useMemo } from 'preact/hooks';
import { createPassStepper } from '../../state/pass/pass-stepper.ts';
import type { Penalty } from '../../lib/nn/regularizers.ts';
import { FirstGuesses } from './FirstGuesses.tsx';
import { PassStage } from './PassStage.tsx';
import { StepChoice } from './StepChoice.tsx';
import type { Regions } from './StepCode.tsx';
import { StepWorksheet } from './StepWorksheet.tsx';

interface Props {
  regions: Regions;
  /** Which of the sample's test images it begins with. */
  digit: number;
  /** What the weights are charged, as steps of their own; no such steps where it is left out. */
  penalty?: Penalty;
}

const prices = [
  { name: 'l2', label: 'Price of squares λ₂' },
  { name: 'l1', label: 'Price of sizes λ₁' },
] as const;

/** The blame's way back through the network, one step at a time, from the outputs to every weight, and the update. */
export function BackwardStepperIsland({ regions, digit, penalty }: Props) {
  const stepper = useMemo(() => createPassStepper(['backward', 'update'], digit, penalty), [digit]);
  const charged = stepper.penalty.value;
  useEffect(() => stepper.begin(), [stepper]);
  return (
    <div class="stepper">
      <StepChoice stepper={stepper}>
        <label>
          Learning rate η
          <input
            type="number"
            min={0.001}
            max={10}
            step="any"
            value={stepper.learningRate.value}
            onChange={(event) => stepper.chooseLearningRate(event.currentTarget.valueAsNumber)}
          />
        </label>
        {charged &&
          prices.map(({ name, label }) => (
            <label key={name}>
              {label}
              <input
                type="number"
                min={0}
                max={10}
                step="any"
                value={charged[name]}
                onChange={(event) => {
                  const { valueAsNumber } = event.currentTarget;
                  if (valueAsNumber >= 0) stepper.choosePenalty({ [name]: valueAsNumber });
                }}
              />
            </label>
          ))}
      </StepChoice>
      <PassStage
        stepper={stepper}
        regions={regions}
        scope={charged ? 'charged' : 'backward'}
        label="The network: values above, and below them the blame for each"
        beginning="Forward is done, and the loss is known. Nobody has been blamed for it yet."
      >
        {!charged && <FirstGuesses stepper={stepper} />}
      </PassStage>
      <StepWorksheet stepper={stepper} />
    </div>
  );
}
