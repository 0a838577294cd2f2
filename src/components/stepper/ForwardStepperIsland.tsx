import { useEffect, useMemo } from 'preact/hooks';
import { describeStep, formatNumber } from '../../state/pass-sentences.ts';
import { type PassStepper, createPassStepper } from '../../state/pass-stepper.ts';
import { Cells } from './Cells.tsx';
import { StepChoice } from './StepChoice.tsx';
import { StepControls } from './StepControls.tsx';
import { type Regions, StepExplanation } from './StepExplanation.tsx';

/** A digit's way through the network, one step at a time; every number opens to where it comes from. */
export function ForwardStepperIsland({ regions }: { regions: Regions }) {
  const stepper = useMemo(() => createPassStepper(['forward']), []);
  useEffect(() => stepper.begin(), [stepper]);
  const trace = stepper.pass.value;
  const current = stepper.current.value;
  return (
    <div class="stepper">
      <StepChoice stepper={stepper} />
      <StepControls stepper={stepper} />
      <p class="step-sentence" role="status">
        {stepper.failure.value ??
          (!trace
            ? 'Digit and network are on their way…'
            : current
              ? describeStep(trace, current)
              : 'Nothing is computed yet: there are 784 pixels, from 0 to 1.')}
      </p>
      <div class="stepper-body">
        <div class="strips">
          <Strips stepper={stepper} />
        </div>
        <StepExplanation stepper={stepper} regions={regions} />
      </div>
    </div>
  );
}

function Strips({ stepper }: { stepper: PassStepper }) {
  const trace = stepper.pass.value;
  const layers = trace ? Array.from({ length: trace.depth }, (_, l) => l + 1) : [1, 2, 3];
  return (
    <>
      <Cells stepper={stepper} quantity="activation" layer={0} name="The digit, from 0 to 1" />
      {layers.map((layer) => [
        <Cells
          key={`z${layer}`}
          stepper={stepper}
          quantity="preActivation"
          layer={layer}
          name={`Weighted sums of layer ${layer}`}
        />,
        <Cells
          key={`a${layer}`}
          stepper={stepper}
          quantity="activation"
          layer={layer}
          name={layer === layers.length ? 'Ten probabilities' : `Activations of layer ${layer}`}
        />,
      ])}
      <div class="cells">
        <span class="cells-symbol" aria-hidden="true">
          ℒ
        </span>
        <span class="strip-loss">
          {trace && stepper.isKnown('loss', trace.depth)
            ? `loss ${formatNumber(trace.values('loss', trace.depth)[0]!)}`
            : 'not yet computed'}
        </span>
      </div>
    </>
  );
}
