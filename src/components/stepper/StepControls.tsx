import type { PassStepper } from '../../state/pass-stepper.ts';

/** Back, on, and a slider to any step; the arrow keys work on the slider. */
export function StepControls({ stepper }: { stepper: PassStepper }) {
  const { step } = stepper.place.value;
  const last = stepper.steps.value.length;
  return (
    <div class="step-controls">
      <button type="button" onClick={() => stepper.goTo(step - 1)} disabled={step === 0}>
        Back
      </button>
      <button type="button" onClick={() => stepper.goTo(step + 1)} disabled={step >= last}>
        Next step
      </button>
      <label>
        Step {step} of {last}
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
