import '../figures/controls.css';
import './StepControls.css';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';

interface Props {
  stepper: PassStepper;
  /** Called after a step was taken by its button. */
  onMove: () => void;
}

/** Back, on, and a slider to any step. A button that leads nowhere keeps the focus, or the keyboard would lose its place. */
export function StepControls({ stepper, onMove }: Props) {
  const { step } = stepper.place.value;
  const last = stepper.steps.value.length;
  const go = (to: number) => {
    if (to < 0 || to > last) return;
    stepper.goTo(to);
    onMove();
  };
  return (
    <div class="step-controls">
      <button type="button" onClick={() => go(step - 1)} aria-disabled={step === 0}>
        Back
      </button>
      <button type="button" class="primary" onClick={() => go(step + 1)} aria-disabled={step >= last}>
        Next step
      </button>
      <label>
        <span>
          Step {step} of {last}
        </span>
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          onInput={(event) => stepper.goTo(event.currentTarget.valueAsNumber)}
        />
      </label>
    </div>
  );
}
