import { useEffect, useMemo } from 'preact/hooks';
import { createPassStepper } from '../../state/pass/pass-stepper.ts';
import { PassStage } from './PassStage.tsx';
import { StepChoice } from './StepChoice.tsx';
import type { Regions } from './StepCode.tsx';

/** A digit's way through the network, one step at a time; every number opens to where it comes from. */
export function ForwardStepperIsland({ regions, digit }: { regions: Regions; digit: number }) {
  const stepper = useMemo(() => createPassStepper(['forward'], digit), [digit]);
  useEffect(() => stepper.begin(), [stepper]);
  return (
    <div class="stepper">
      <StepChoice stepper={stepper} />
      <PassStage
        stepper={stepper}
        regions={regions}
        scope="forward"
        label="The network, from the picture to the loss"
        beginning="Nothing is computed yet: there are 784 pixels, from 0 to 1."
      />
    </div>
  );
}
