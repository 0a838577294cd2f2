interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** The value as it is shown and said, where it is not just the number. */
  text?: string;
  onChange: (value: number) => void;
}

/** A number to move, with its value beside its name. */
export function Slider({ label, value, min, max, step, text, onChange }: Props) {
  return (
    <label class="slider">
      <span>
        {label} <span class="slider-value">{text ?? String(value).replace('-', '−')}</span>
      </span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
