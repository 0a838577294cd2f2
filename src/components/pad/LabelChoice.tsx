import './LabelChoice.css';
import { useId } from 'preact/hooks';

interface Props {
  label: number | undefined;
  onChange: (label: number) => void;
}

/** Which digit a drawing is meant to be: only who drew it knows. */
export function LabelChoice({ label, onChange }: Props) {
  const name = useId();
  return (
    <fieldset class="own-digit-label">
      <legend>It is meant to be</legend>
      {Array.from({ length: 10 }, (_, digit) => (
        <label key={digit}>
          <input type="radio" name={name} checked={label === digit} onChange={() => onChange(digit)} />
          {digit}
        </label>
      ))}
    </fieldset>
  );
}
