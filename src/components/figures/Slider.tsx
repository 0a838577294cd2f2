import './Slider.css';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number | 'any';
  /** The value as it is shown and said, where it is not just the number. */
  text?: string;
  onChange: (value: number) => void;
}

/** A number to move, with its value beside its name. */
export function Slider({ label, value, min, max, step, text, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current && wasMoved(field.current)) onChange(field.current.valueAsNumber);
  }, []);
  return (
    <label class="slider">
      <span>
        {label} <span class="slider-value">{text ?? String(value).replace('-', '−')}</span>
      </span>
      <input
        ref={field}
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

/** Whether a slider that was built with the page has been moved before the page was alive. */
function wasMoved(slider: HTMLInputElement): boolean {
  if (!slider.hasAttribute('value')) return false;
  // The browser rounds what it is given to the slider's steps: so does this one.
  const still = slider.cloneNode() as HTMLInputElement;
  still.valueAsNumber = Number(slider.defaultValue);
  return slider.value !== still.value;
}
