import type { ComponentChildren } from 'preact';
import './PadControls.css';
import type { Drawing } from '../../state/digits/drawing.ts';
import { TryAgain } from '../figures/TryAgain.tsx';

/** Undo, redo, clear and the width of the line. */
export function PadControls({ drawing }: { drawing: Drawing }) {
  const { canUndo, canRedo, lineWidth, sheet } = drawing;
  const isEmpty = sheet.value.strokes.length === 0 && !sheet.value.sample;
  return (
    <div class="pad-controls">
      <button type="button" onClick={drawing.undo} aria-disabled={!canUndo.value}>
        Undo
      </button>
      <button type="button" onClick={drawing.redo} aria-disabled={!canRedo.value}>
        Redo
      </button>
      <button type="button" onClick={drawing.clear} aria-disabled={isEmpty}>
        Clear
      </button>
      <label class="line-width">
        Line
        <input
          type="range"
          min={8}
          max={48}
          step={2}
          value={lineWidth.value}
          onInput={(event) => drawing.setLineWidth(event.currentTarget.valueAsNumber)}
        />
      </label>
    </div>
  );
}

/** A button for each digit: puts a test image with that label on the pad. */
export function SampleDigits({ drawing }: { drawing: Drawing }) {
  const { sample } = drawing.sheet.value;
  return (
    <fieldset class="samples">
      <legend>Or take one of MNIST's test digits</legend>
      {Array.from({ length: 10 }, (_, digit) => (
        <button
          key={digit}
          type="button"
          aria-label={`Sample digit ${digit}`}
          onClick={() => drawing.pickSample(digit)}
        >
          {digit}
        </button>
      ))}
      {sample && (
        <p class="quiet">On the pad: a test image with the label {sample.label}. Again for another.</p>
      )}
    </fieldset>
  );
}

/** How to draw without a pointer. */
export function PadHelp({ id }: { id: string }) {
  return (
    <p id={id} class="quiet pad-help">
      By keyboard: the arrow keys move the pen (further with Shift), Space puts it down and lifts it, Ctrl Z
      takes a stroke back, Ctrl Y brings it again.
    </p>
  );
}

interface StatusProps {
  drawing: Drawing;
  /** What is said of the pad, where it is not what the drawing as one digit is read as. */
  sentence?: string;
  children?: ComponentChildren;
}

/** What the network says, and a way to try again when it could not be had. */
export function Status({ drawing, sentence = drawing.sentence.value, children }: StatusProps) {
  return (
    <div class="status">
      <p role="status">{sentence}</p>
      <TryAgain failure={drawing.failure.value} again={drawing.tryAgain} />
      {children}
    </div>
  );
}
