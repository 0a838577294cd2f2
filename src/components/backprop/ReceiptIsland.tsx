import '../figures/controls.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createBlamedDigit } from '../../state/pass/blamed-digit.ts';
import { saveReceipt } from './receipt.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { Slider } from '../figures/Slider.tsx';
import { Failure } from '../figures/Failure.tsx';

/** One update as a file, every number of it, to be checked away from this page. */
export function ReceiptIsland({ digit, script }: { digit: number; script: string }) {
  const blamed = useMemo(() => createBlamedDigit(digit), [digit]);
  const [learningRate, setLearningRate] = useState(0.1);
  useEffect(() => void blamed.load(), [blamed]);
  const [model, digits] = [blamed.model.value, blamed.digitPick.example.value];
  return (
    <div>
      <DigitPicker pick={blamed.digitPick} isPictured>
        <Slider
          label="Learning rate"
          min={0.01}
          max={1}
          step={0.01}
          value={learningRate}
          onChange={setLearningRate}
        />
        <p class="run-controls needs-script">
          <button
            type="button"
            class="primary"
            aria-disabled={!model || !digits}
            onClick={() => saveReceipt(model!, digits!, 0, learningRate)}
          >
            The receipt, as JSON
          </button>
          <a href={script} download="check_receipt.py">
            The script, check_receipt.py
          </a>
        </p>
      </DigitPicker>
      <Failure failure={blamed.failure.value} again={blamed.load} />
    </div>
  );
}
