import './segments.css';
import { type ElementwiseName, elementwiseNames } from '../../lib/nn/activations.ts';

interface Props {
  value: ElementwiseName;
  onChange: (name: ElementwiseName) => void;
  names?: readonly ElementwiseName[];
}

export const activationLabels: Record<ElementwiseName, string> = {
  linear: 'none (linear)',
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
};

/** Which bend follows the sum. */
export function ActivationChoice({ value, onChange, names = elementwiseNames }: Props) {
  return (
    <fieldset class="segments">
      <legend>Activation g</legend>
      {names.map((name) => (
        <button key={name} type="button" aria-pressed={name === value} onClick={() => onChange(name)}>
          {activationLabels[name]}
        </button>
      ))}
    </fieldset>
  );
}
