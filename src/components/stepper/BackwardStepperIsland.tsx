import { useEffect, useMemo } from 'preact/hooks';
import { notation } from '../../lib/notation.ts';
import type { Quantity } from '../../lib/nn/origin.ts';
import { quantityName } from '../../state/pass-formulas.ts';
import { describeStep } from '../../state/pass-sentences.ts';
import { type PassStepper, createPassStepper } from '../../state/pass-stepper.ts';
import { Cells } from './Cells.tsx';
import { OwnDigitChoice } from './OwnDigitChoice.tsx';
import { FirstGuesses } from './FirstGuesses.tsx';
import { StepChoice } from './StepChoice.tsx';
import { StepControls } from './StepControls.tsx';
import { type Regions, StepExplanation } from './StepExplanation.tsx';
import { StepWorksheet } from './StepWorksheet.tsx';

/** The blame's way back through the network, one step at a time, from the outputs to every weight, and the update. */
export function BackwardStepperIsland({ regions }: { regions: Regions }) {
  const stepper = useMemo(() => createPassStepper(['backward', 'update']), []);
  useEffect(() => stepper.begin(), [stepper]);
  const trace = stepper.pass.value;
  const current = stepper.current.value;
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
      </StepChoice>
      <OwnDigitChoice stepper={stepper} />
      <StepControls stepper={stepper} />
      <p class="step-sentence" role="status">
        {stepper.failure.value ??
          (!trace
            ? 'Digit and network are on their way…'
            : current
              ? describeStep(trace, current)
              : 'Forward is done, and the loss is known. Nobody has been blamed for it yet.')}
      </p>
      <FirstGuesses stepper={stepper} />
      <div class="stepper-body">
        <div class="layers">
          <Layers stepper={stepper} />
        </div>
        <StepExplanation stepper={stepper} regions={regions} />
      </div>
      <StepWorksheet stepper={stepper} />
    </div>
  );
}

/** The layers from the last to the first: those that the step, or the number looked at, has to do with are unfolded. */
function Layers({ stepper }: { stepper: PassStepper }) {
  const trace = stepper.pass.value;
  const depth = trace?.depth ?? 3;
  const step = stepper.current.value;
  const shown = stepper.shown.value;
  const layers = Array.from({ length: depth }, (_, l) => depth - l);
  return (
    <>
      {layers.map((layer) => {
        const here = step?.layer ?? depth;
        const takesFromAbove = step?.quantity === 'activationGradient' && layer === here + 1;
        const isOpen = layer === here || takesFromAbove || layer === stepper.opened.value?.layer;
        return (
          <details key={`${layer} ${stepper.place.value.step}`} class="layer" open={isOpen}>
            <summary>
              Layer {layer}
              {trace ? `: ${trace.shape('bias', layer)[0]} units` : ''}
              {shown?.layer === layer && !isOpen ? ', with the number looked at' : ''}
            </summary>
            <div class="layer-sides">
              <div>
                <h3>Forward left here</h3>
                {forwardQuantities(layer, depth).map(([quantity, at]) => (
                  <Named key={`${quantity} ${at}`} stepper={stepper} quantity={quantity} layer={at} />
                ))}
              </div>
              <div>
                <h3>The blame</h3>
                {backwardQuantities(layer, depth).map((quantity) => (
                  <Named key={quantity} stepper={stepper} quantity={quantity} layer={layer} />
                ))}
              </div>
            </div>
            <div class={layer === 1 ? 'layer-pictures' : 'layer-sides'}>
              {MATRICES.map((quantity) => (
                <Named key={quantity} stepper={stepper} quantity={quantity} layer={layer} />
              ))}
            </div>
          </details>
        );
      })}
    </>
  );
}

/** Of layer 1 they are 32 pictures each, and have the whole width. */
const MATRICES = ['weight', 'weightGradient', 'updatedWeight'] as const;

function forwardQuantities(layer: number, depth: number): [Quantity, number][] {
  const own: [Quantity, number][] = [
    ['activation', layer - 1],
    ['bias', layer],
    ['preActivation', layer],
  ];
  return layer === depth ? [...own, ['activation', layer], ['target', layer]] : own;
}

function backwardQuantities(layer: number, depth: number): Quantity[] {
  const arriving: Quantity[] = layer === depth ? [] : ['activationGradient', 'activationSlope'];
  return [...arriving, 'delta', 'biasGradient', 'updatedBias'];
}

function Named({ stepper, quantity, layer }: { stepper: PassStepper; quantity: Quantity; layer: number }) {
  const trace = stepper.pass.value;
  const { spoken, layered } = notation[trace ? quantityName(trace, quantity, layer) : quantity];
  const name = `${spoken.charAt(0).toUpperCase()}${spoken.slice(1)}${layered ? ` of layer ${layer}` : ''}`;
  return <Cells stepper={stepper} quantity={quantity} layer={layer} name={name} />;
}
