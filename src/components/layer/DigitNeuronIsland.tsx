import { useEffect, useMemo, useState } from 'preact/hooks';
import { largestSize } from '../../state/contributions.ts';
import { type UnitView, createDigitNeuron } from '../../state/digit-neuron.ts';
import { formatNumber } from '../../state/pass-sentences.ts';
import { ExerciseFrame } from '../exercises/ExerciseFrame.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';
import { Slider } from './Slider.tsx';

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
  const point = (index: number | undefined) => {
    neuron.pixel.value = index;
  };
  const picture = (values: ArrayLike<number> | undefined, label: string, isInk = false) => (
    <HeatImage
      values={values}
      rows={28}
      columns={28}
      scale={isInk ? 'ink' : 'weight'}
      full={isInk ? 1 : largestSize(values ?? [])}
      label={label}
      pointed={pixel}
      onPoint={point}
    />
  );
  return (
    <div class="digit-neuron">
      <div class="sliders needs-script">
        <Slider
          label="Test image"
          value={neuron.digit.value}
          min={0}
          max={(neuron.digits.value?.count ?? start.digit + 1) - 1}
          step={1}
          onChange={neuron.chooseDigit}
        />
        <Slider
          label="Unit"
          value={neuron.unit.value}
          min={0}
          max={UNITS - 1}
          step={1}
          onChange={(unit) => {
            neuron.unit.value = unit;
          }}
        />
      </div>
      <div class="products">
        {picture(view?.weights, `The 784 weights into unit ${neuron.unit.value}`)}
        <span aria-hidden="true">⊙</span>
        {picture(view?.pixels, 'The digit', true)}
        <span aria-hidden="true">=</span>
        {picture(view?.products, 'Their products, pixel by pixel')}
      </div>
      <p role="status">{neuron.failure.value ?? (view ? describe(view, pixel) : said)}</p>
      <RunningSum view={view} pixel={pixel} />
      <Preference key={neuron.unit.value} unit={neuron.unit.value} means={neuron.means.value} />
    </div>
  );
}

/** The unit as a whole, or what one pixel has to do with it. */
export function describe(
  { products, weights, pixels, running, bias, sum, output }: UnitView,
  pixel?: number,
): string {
  if (pixel !== undefined) {
    return `Pixel ${pixel}: ${formatNumber(weights[pixel]!)} · ${formatNumber(pixels[pixel]!)} = ${formatNumber(products[pixel]!)}. Up to here the products come to ${formatNumber(running[pixel]!)}.`;
  }
  return `All 784 products come to ${formatNumber(running.at(-1)!)}. With the bias, ${formatNumber(bias)}, that is z = ${formatNumber(sum)}, and after ReLU a = ${formatNumber(output)}.`;
}

const WIDTH = 784;
const HEIGHT = 120;

/** The sum as it grows from pixel to pixel. */
function RunningSum({ view, pixel }: { view: UnitView | undefined; pixel: number | undefined }) {
  const full = largestSize(view?.running ?? []);
  const y = (value: number) => HEIGHT / 2 - (value / full) * (HEIGHT / 2 - 4);
  const points = view && Array.from(view.running, (value, k) => `${k},${y(value).toFixed(1)}`).join(' ');
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
      isSolved={false}
      question={
        <p>Look at the weights of unit {unit}. For which digit, do you think, is its output largest?</p>
      }
      verdict={
        guess === undefined || best === undefined
          ? undefined
          : {
              isRight: guess === best,
              text: `Over the sample's test images it is largest for the ${best}s, ${formatNumber(means![best]!)} in the mean; for the ${guess}s it is ${formatNumber(means![guess]!)}.`,
            }
      }
    >
      <div class="segments needs-script">
        {Array.from({ length: 10 }, (_, digit) => (
          <button
            key={digit}
            type="button"
            aria-label={`Digit ${digit}`}
            aria-pressed={guess === digit}
            disabled={!means}
            onClick={() => setGuess(digit)}
          >
            {digit}
          </button>
        ))}
      </div>
      {guess !== undefined && means && (
        <ul class="preference" aria-label="Mean output for each digit">
          {Array.from(means, (mean, digit) => (
            <li key={digit}>
              <span>{digit}</span>
              <span class="bar-track">
                <span class="bar-fill" style={{ transform: `scaleX(${mean / full})` }} />
              </span>
              <span>{formatNumber(mean)}</span>
            </li>
          ))}
        </ul>
      )}
    </ExerciseFrame>
  );
}
