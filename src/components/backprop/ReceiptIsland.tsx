import { useEffect, useMemo, useState } from 'preact/hooks';
import { createBlamedDigit } from '../../state/blamed-digit.ts';
import { saveReceipt } from '../../state/receipt.ts';
import { Slider } from '../layer/Slider.tsx';
import { DigitChoice } from './DigitChoice.tsx';

/** One update as a file, every number of it, to be checked away from this page. */
export function ReceiptIsland({ digit, script }: { digit: number; script: string }) {
  const blamed = useMemo(() => createBlamedDigit(digit), [digit]);
  const [learningRate, setLearningRate] = useState(0.1);
  useEffect(() => void blamed.load(), [blamed]);
  const [model, digits] = [blamed.model.value, blamed.digits.value];
  return (
    <div class="experiment">
      <DigitChoice blamed={blamed}>
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
            disabled={!model || !digits}
            onClick={() => saveReceipt(model!, digits!, blamed.digit.peek(), learningRate)}
          >
            The receipt, as JSON
          </button>
          <a href={script} download="check_receipt.py">
            The script, check_receipt.py
          </a>
        </p>
      </DigitChoice>
    </div>
  );
}
