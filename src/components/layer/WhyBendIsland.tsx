import { useMemo } from 'preact/hooks';
import { createLinearStack } from '../../state/linear-stack.ts';
import { formatNumber } from '../../state/pass-sentences.ts';
import { ActivationChoice } from './ActivationChoice.tsx';
import { Slider } from './Slider.tsx';

/** Two layers, and the one that could stand in for them if there were no bend. */
export function WhyBendIsland() {
  const stack = useMemo(createLinearStack, []);
  const [first, second] = stack.inputs.value;
  const gap = Math.abs(stack.both.value - stack.single.value);
  return (
    <div class="why-bend">
      <ActivationChoice
        names={['linear', 'relu', 'tanh']}
        value={stack.activation.value}
        onChange={(name) => {
          stack.activation.value = name;
        }}
      />
      <div class="sliders needs-script">
        <Slider
          label="First input"
          min={-3}
          max={3}
          step={0.1}
          value={first}
          onChange={(value) => {
            stack.inputs.value = [value, second];
          }}
        />
        <Slider
          label="Second input"
          min={-3}
          max={3}
          step={0.1}
          value={second}
          onChange={(value) => {
            stack.inputs.value = [first, value];
          }}
        />
        <button
          type="button"
          onClick={() => {
            stack.seed.value++;
          }}
        >
          New seed
        </button>
      </div>
      <p role="status">
        Two layers answer {formatNumber(stack.both.value)}; the single layer answers{' '}
        {formatNumber(stack.single.value)}.{' '}
        {gap < 1e-9 ? 'The same.' : `They are ${formatNumber(gap)} apart.`}
      </p>
    </div>
  );
}
