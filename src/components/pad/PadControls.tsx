import { useEffect } from 'preact/hooks';
import type { Drawing } from '../../state/drawing.ts';
import { type NetworkName, findOwnNetworks, networkChoices } from '../../state/networks.ts';

/** Undo, redo, clear and the width of the line. */
export function PadControls({ drawing }: { drawing: Drawing }) {
  const { canUndo, canRedo, lineWidth, sheet } = drawing;
  const isEmpty = sheet.value.strokes.length === 0 && !sheet.value.sample;
  return (
    <div class="pad-controls">
      <button type="button" onClick={drawing.undo} disabled={!canUndo.value}>
        Undo
      </button>
      <button type="button" onClick={drawing.redo} disabled={!canRedo.value}>
        Redo
      </button>
      <button type="button" onClick={drawing.clear} disabled={isEmpty}>
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
          onInput={(event) => {
            lineWidth.value = event.currentTarget.valueAsNumber;
          }}
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

export function NetworkChoice({ drawing }: { drawing: Drawing }) {
  const { networkName, opened } = drawing;
  const network = opened.value?.network;
  useEffect(() => void findOwnNetworks(), []);
  const accuracy = opened.value?.metadata.metrics?.['testAccuracy'];
  const sizes = network && [network.inputs, ...network.layers.map(({ units }) => units)].join('-');
  return (
    <div class="network-choice">
      <label>
        Read by
        <select
          value={networkName.value}
          onChange={(event) => drawing.chooseNetwork(event.currentTarget.value as NetworkName)}
        >
          {networkChoices.value.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{describe(sizes, accuracy)}</p>
    </div>
  );
}

function describe(sizes: string | undefined, accuracy: number | undefined): string {
  if (sizes === undefined) return 'Its file is being fetched.';
  if (accuracy === undefined) return `${sizes}, trained by you.`;
  return `${sizes}. It reads ${(accuracy * 100).toFixed(2)} % of MNIST's test images right, says its file.`;
}

/** How to draw without a pointer. */
export function PadHelp({ id }: { id: string }) {
  return (
    <p id={id} class="quiet pad-help">
      By keyboard: the arrow keys move the pen (further with Shift), Space puts it down and lifts it, Ctrl Z
      takes a stroke back.
    </p>
  );
}

/** What the network says, and a way to try again when it could not be had. */
export function Status({ drawing }: { drawing: Drawing }) {
  return (
    <div class="status">
      <p role="status">{drawing.sentence.value}</p>
      {drawing.failure.value && (
        <button type="button" onClick={() => drawing.chooseNetwork(drawing.networkName.value)}>
          Try again
        </button>
      )}
    </div>
  );
}
