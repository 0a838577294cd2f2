import '../figures/curve.css';
import '../figures/products.css';
import '../figures/running-sum.css';
import '../figures/segments.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { largestSize } from '../../explain/contributions.ts';
import { type UnitView, createDigitNeuron } from './digit-neuron.ts';
import { formatCoordinate, formatNumber, printEquation } from '../../explain/numbers.ts';
import { ExerciseFrame } from '../exercises/ExerciseFrame.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';
import { Slider } from '../figures/Slider.tsx';
import { BarTrack } from '../figures/BarTrack.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';

interface Props {
  /** The digit and the unit to begin with, and what the sentence says of them, computed while the site was built. */
  start: { digit: number; unit: number };
  said: string;
}

const UNITS = 32;

/** A neuron with 784 inputs: its weights are a picture, and so are its products. */
export function DigitNeuronIsland({ start, said }: Props) {
  const neuron = useMemo(() => createDigitNeuron(start), [start]);
  useEffect(() => void neuron.load(), [neuron]);
  const view = neuron.view.value;
  const pixel = neuron.pixel.value;
  const picture = (values: ArrayLike<number> | undefined, label: string, isInk = false) => (
    <HeatImage
      values={values}
      rows={28}
      columns={28}
      scale={isInk ? 'ink' : 'weight'}
      full={isInk ? 1 : largestSize(values ?? [])}
      label={label}
      pointed={pixel}
      onPoint={neuron.point}
    />
  );
  return (
    <div class="digit-neuron">
      <DigitPicker pick={neuron.digitPick} />
      <div class="digit-neuron-sum">
        <div class="products">
          {picture(view?.weights, `The 784 weights into unit ${neuron.unit.value}`)}
          <span aria-hidden="true">⊙</span>
          {picture(view?.pixels, 'The digit', true)}
          <span aria-hidden="true">=</span>
          {picture(view?.products, 'Their products, pixel by pixel')}
        </div>
        <p role="status" class="digit-neuron-text">
          {neuron.failure.value ?? (view ? describe(view, pixel) : said)}
        </p>
        <TryAgain failure={neuron.failure.value} again={neuron.load} />
        <RunningSum view={view} pixel={pixel} />
      </div>
      <div>
        <div class="needs-script">
          <Slider
            label="Unit"
            value={neuron.unit.value}
            min={0}
            max={UNITS - 1}
            step={1}
            onChange={neuron.chooseUnit}
          />
        </div>
        <Preference key={neuron.unit.value} unit={neuron.unit.value} means={neuron.means.value} />
      </div>
    </div>
  );
}

/** The unit as a whole, or what one pixel has to do with it. */
export function describe(
  { products, weights, pixels, running, bias, sum, output }: UnitView,
  pixel?: number,
): string {
  if (pixel !== undefined) {
    const { inputs, sign, result } = printEquation(
      [weights[pixel], pixels[pixel]],
      ([weight, ink]) => weight * ink,
      products[pixel],
    );
    return `Pixel ${pixel}: ${inputs[0]} · ${inputs[1]} ${sign} ${result}. Up to here the products come to ${formatNumber(running[pixel])}.`;
  }
  const { inputs, sign, result } = printEquation([running.at(-1)!, bias], ([all, b]) => all + b, sum);
  return `All 784 products come to ${inputs[0]}. With the bias, ${inputs[1]}, that is z\u00a0${sign}\u00a0${result}, and after ReLU a\u00a0=\u00a0${formatNumber(output)}.`;
}

const WIDTH = 784;
const HEIGHT = 120;

/** The sum as it grows from pixel to pixel. */
function RunningSum({ view, pixel }: { view: UnitView | undefined; pixel: number | undefined }) {
  const full = largestSize(view?.running ?? []);
  const y = (value: number) => HEIGHT / 2 - (value / full) * (HEIGHT / 2 - 4);
  const points =
    view && Array.from(view.running, (value, k) => `${k},${formatCoordinate(y(value))}`).join(' ');
  return (
    <svg
      class="running-sum"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label="The sum of the products as it grows from pixel to pixel"
    >
      <path class="axis" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
      {points && <polyline class="curve" points={points} />}
      {view && pixel !== undefined && <path class="here" d={`M${pixel} 0V${HEIGHT}`} />}
    </svg>
  );
}

/** Guess first: which digit does the unit like best? Then its mean output for each. */
function Preference({ unit, means }: { unit: number; means: Float64Array | undefined }) {
  const [guess, setGuess] = useState<number | undefined>(undefined);
  const best = means ? means.indexOf(Math.max(...means)) : undefined;
  const full = means ? largestSize(means) : 1;
  return (
    <ExerciseFrame
      kind="Guess first"
      standing="open"
      question={
        <p>Look at the weights of unit {unit}. For which digit, do you think, is its output largest?</p>
      }
      verdict={
        guess === undefined || best === undefined
          ? undefined
          : {
              isRight: guess === best,
              text: `Over the sample's test images it is largest for the ${best}s, ${formatNumber(means![best])} in the mean; for the ${guess}s it is ${formatNumber(means![guess])}.`,
            }
      }
    >
      <div class="exercise-fields needs-script">
        <div class="segments">
          {Array.from({ length: 10 }, (_, digit) => (
            <button
              key={digit}
              type="button"
              class="on-paper"
              aria-label={`Digit ${digit}`}
              aria-pressed={guess === digit}
              aria-disabled={!means}
              onClick={() => setGuess(digit)}
            >
              {digit}
            </button>
          ))}
        </div>
      </div>
      {guess !== undefined && means && (
        <ul class="preference" aria-label="Mean output for each digit">
          {Array.from(means, (mean, digit) => (
            <li key={digit}>
              <span>{digit}</span>
              <BarTrack share={mean / full} />
              <span>{formatNumber(mean)}</span>
            </li>
          ))}
        </ul>
      )}
    </ExerciseFrame>
  );
}
