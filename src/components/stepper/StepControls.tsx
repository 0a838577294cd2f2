import type { ForwardPass } from '../../state/forward-pass.ts';

/** Back, on, and a slider to any step; the arrow keys work on the slider. */
export function StepControls({ pass }: { pass: ForwardPass }) {
  const { step } = pass.place.value;
  const last = pass.steps.value.length;
  return (
    <div class="step-controls">
      <button type="button" onClick={() => pass.goTo(step - 1)} disabled={step === 0}>
        Back
      </button>
      <button type="button" onClick={() => pass.goTo(step + 1)} disabled={step >= last}>
        Next step
      </button>
      <label>
        Step {step} of {last}
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          onInput={(event) => pass.goTo(event.currentTarget.valueAsNumber)}
        />
      </label>
    </div>
  );
}
