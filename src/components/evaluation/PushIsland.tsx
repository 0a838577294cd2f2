import '../figures/controls.css';
import '../figures/segments.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { describeCell } from '../../explain/names.ts';
import { largestSize } from '../../explain/contributions.ts';
import { formatShare } from '../../explain/numbers.ts';
import type { PushSize, PushedImage } from '../../lib/experiments/push.ts';
import type { Cell } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';
import { OnDemand } from '../figures/OnDemand.tsx';
import { Slider } from '../figures/Slider.tsx';
import { NetworkSelect } from '../figures/NetworkSelect.tsx';
import {
  type Blamed,
  type PushFigure,
  type Pushed,
  createPushFigure,
  describePush,
  describeStep,
} from './push-digit.ts';
import { useFirst } from './useFirst.ts';

const loadMap = () => import('../map/NetworkMap.tsx').then(({ NetworkMap }) => NetworkMap);

const SIZES: readonly { readonly name: PushSize; readonly label: string }[] = [
  { name: 'each', label: 'every pixel alike' },
  { name: 'length', label: 'along the gradient' },
];

/** Pixels pushed until a digit is read as another, beside noise of the same size. */
export function PushIsland({ digit, wanted }: { digit: number; wanted: number }) {
  const figure = useMemo(() => createPushFigure({ digit, wanted }), [digit, wanted]);
  useEffect(() => void figure.load(), [figure]);
  const pushed = figure.pushed.value;
  const asked = useFirst(pushed && 100 * pushed.way.at(-1)!.largest);
  return (
    <>
      <Prediction
        id="evaluation/push-to-three"
        question={
          <p>
            Here is an 8. Each pixel may be changed a little, all by the same amount, lighter or darker. How
            much of full ink does it take until the network of these chapters reads a 3?
          </p>
        }
        min={0}
        max={50}
        step={0.5}
        unit="%"
        near={1}
        actual={asked}
        afterwards={<p>What does the network look at, that you do not?</p>}
      >
        <div class="run-controls">
          <NetworkSelect
            label="Network"
            value={figure.name.value}
            onChange={(name) => void figure.open(name)}
          />
          <span class="network-select">
            <label for="push-wanted">Until it is read as</label>
            <select
              id="push-wanted"
              value={figure.wanted.value}
              onChange={(event) => figure.want(Number(event.currentTarget.value))}
            >
              {Array.from({ length: 10 }, (_, k) => (
                <option key={k} value={k}>
                  {k}
                </option>
              ))}
            </select>
          </span>
          <fieldset class="segments">
            <legend>Push</legend>
            {SIZES.map(({ name, label }) => (
              <button
                key={name}
                type="button"
                aria-pressed={figure.size.value === name}
                onClick={() => figure.measureBy(name)}
              >
                {label}
              </button>
            ))}
          </fieldset>
        </div>
        <DigitPicker pick={figure.pick} onChange={figure.lookAtEnd} />
        {pushed && <Result figure={figure} pushed={pushed} />}
      </Prediction>
      {figure.failure.value && (
        <p class="run-trouble" role="alert">
          {figure.failure.value}
        </p>
      )}
    </>
  );
}

const BLAMED: readonly { readonly name: Blamed; readonly say: (digit: number) => string }[] = [
  { name: 'wanted', say: (digit) => `if it were to be a ${digit}` },
  { name: 'label', say: (digit) => `for its label, ${digit}` },
];

/** The push, and the network that it is made for, at the step that is looked at. */
function Result({ figure, pushed }: { figure: PushFigure; pushed: Pushed }) {
  const step = figure.step.value;
  const pass = figure.pass.value;
  const { way, wanted } = pushed;
  const digit = figure.blamedDigit.value;
  return (
    <>
      <Slider
        label="Pushed as far as"
        min={0}
        max={Math.max(1, way.length - 1)}
        step={1}
        value={step}
        text={describeStep(pushed, step)}
        onChange={figure.goTo}
      />
      <fieldset class="segments">
        <legend>The gradient of the loss</legend>
        {BLAMED.map(({ name, say }) => (
          <button
            key={name}
            type="button"
            aria-pressed={figure.blamed.value === name}
            onClick={() => figure.blame(name)}
          >
            {say(name === 'wanted' ? wanted : (figure.pick.label.value ?? wanted))}
          </button>
        ))}
      </fieldset>
      {pass && digit !== undefined && (
        <>
          <Pictures pushed={pushed} step={step} pass={pass} label={digit} />
          <PassMap pass={pass} label={digit} />
        </>
      )}
      <p role="status" class="run-sentence">
        {describePush(pushed)}
      </p>
    </>
  );
}

/** The whole network on the way back to the pixels; any number of it can be pointed at. */
function PassMap({ pass, label }: { pass: Trace; label: number }) {
  const shown = useSignal<Cell | undefined>(undefined);
  const cell = shown.value;
  return (
    <>
      <div class="push-map">
        <OnDemand load={loadMap}>
          {(NetworkMap) => (
            <NetworkMap
              pass={pass}
              scope="backward"
              shown={cell}
              onPoint={(next) => {
                shown.value = next;
              }}
              label={`The pushed digit in the network, and back to its pixels: the loss of the label ${label}`}
            />
          )}
        </OnDemand>
      </div>
      <p class="quiet push-cell">
        {cell
          ? describeCell(pass, cell)
          : 'Below the picture, on the left, stands ∂x: what is left of the blame when it has gone back through all layers. Point at any number.'}
      </p>
    </>
  );
}

interface PicturesProps {
  pushed: Pushed;
  step: number;
  pass: Trace;
  /** Whose loss the gradient belongs to. */
  label: number;
}

function Pictures({ pushed: { way, noisy }, step, pass, label }: PicturesProps) {
  const [start, now] = [way[0], way[step]];
  const gradient = pass.values('activationGradient', 0);
  const read = ({ read: digit, probabilities }: PushedImage) =>
    `read as ${digit}, ${formatShare(probabilities[digit])} sure`;
  return (
    <ul class="push-pictures">
      <Picture values={start.image} name="The digit">
        the digit, {read(start)}
      </Picture>
      <Picture
        values={now.image.map((x, n) => x - start.image[n])}
        full={way.at(-1)!.largest || 1}
        name="The push"
      >
        the push, its largest change in full colour
      </Picture>
      <Picture values={now.image} name="The pushed digit">
        pushed, {read(now)}
      </Picture>
      <Picture
        values={gradient}
        full={largestSize(gradient)}
        name={`Gradient of the loss for the label ${label}, pixel by pixel`}
      >
        the gradient at its pixels, of the loss for the label {label}
      </Picture>
      <Picture values={noisy.image} name="The digit with noise">
        noise as long as the whole push, {read(noisy)}
      </Picture>
    </ul>
  );
}

interface PictureProps {
  values: ArrayLike<number>;
  /** Of a picture of gradients, the value in full colour; what has none is ink. */
  full?: number;
  name: string;
  children: ComponentChildren;
}

function Picture({ values, full, name, children }: PictureProps) {
  const scale = full === undefined ? 'ink' : 'gradient';
  return (
    <li>
      <HeatImage values={values} rows={28} columns={28} scale={scale} full={full ?? 1} label={name} />
      <span>{children}</span>
    </li>
  );
}
