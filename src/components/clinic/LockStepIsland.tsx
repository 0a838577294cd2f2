import '../figures/controls.css';
import { useEffect, useMemo } from 'preact/hooks';
import type { Trace, TraceStep } from '../../lib/nn/trace.ts';
import { indexOfLargestSize, largestSize } from '../../explain/contributions.ts';
import {
  type Pair,
  type PairName,
  createLockStep,
  describeLossShares,
  pairHints,
  pairLabels,
  pairNames,
} from './lock-step.ts';
import { labelOf } from '../../explain/equations.ts';
import { formatNumber, formatRatio } from '../../explain/numbers.ts';
import { describeStep } from '../../explain/pass-sentences.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { Slider } from '../figures/Slider.tsx';
import { Failure } from '../figures/Failure.tsx';

/** Units of the first layer that are shown: each has a picture of 784 weights. */
const PICTURES = 8;

/** Two backward passes at once, equal in all but one thing. */
export function LockStepIsland({ digit }: { digit: number }) {
  const lock = useMemo(() => createLockStep(digit), [digit]);
  useEffect(() => void lock.load(), [lock]);
  const { name, pair, steps, step, current } = lock;
  const shown = pair.value;
  return (
    <div class="lock-step">
      <DigitPicker pick={lock.digitPick} />
      <div class="run-controls needs-script">
        <label class="run-speed">
          All equal but
          <select value={name.value} onChange={(event) => lock.choose(event.currentTarget.value as PairName)}>
            {pairNames.map((each) => (
              <option key={each} value={each}>
                {pairLabels[each]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" aria-disabled={step.value === 0} onClick={() => lock.go(step.value - 1)}>
          Back
        </button>
        <button
          type="button"
          class="primary"
          aria-disabled={step.value >= steps.value.length - 1}
          onClick={() => lock.go(step.value + 1)}
        >
          Next step of both
        </button>
      </div>
      <Slider
        label="Step"
        min={0}
        max={Math.max(1, steps.value.length - 1)}
        step={1}
        value={step.value}
        text={`${step.value + 1} of ${steps.value.length || '…'}`}
        onChange={lock.go}
      />
      <p class="run-sentence">{pairHints[name.value]}</p>
      <Failure failure={lock.failure.value} again={lock.load} />
      <div class="lock-sides" role="status">
        {shown &&
          current.value &&
          ([shown.left, shown.right] as const).map((pass, side) => (
            <section key={side} aria-label={shown.names[side]}>
              <h3>{shown.names[side]}</h3>
              <div class="lock-digit">
                <DigitImage image={shown.images[side]} label={`The digit, a ${labelOf(pass).label}`} />
              </div>
              <Values
                values={pass.values(current.value!.quantity, current.value!.layer)}
                shape={pass.shape(current.value!.quantity, current.value!.layer)}
                full={fullOf(shown.left, shown.right, current.value!)}
              />
              <p class="quiet">{describeStep(pass, stepOf(pass, current.value!))}</p>
            </section>
          ))}
      </div>
      <section class="lock-difference" aria-label="The difference">
        <h3>{shown ? `${shown.names[0]} minus ${shown.names[1]}` : 'The difference'}</h3>
        {shown && current.value && (
          <Values
            values={difference(shown, current.value)}
            shape={shown.left.shape(current.value.quantity, current.value.layer)}
            full={fullOf(shown.left, shown.right, current.value)}
          />
        )}
      </section>
      <p class="run-sentence">
        {shown && current.value ? compare(shown, current.value) : ' '}
        {shown &&
          current.value &&
          isWhereLossesPart(name.value, shown, current.value) &&
          ` ${describeLossShares(shown)}`}
      </p>
    </div>
  );
}

/** At the outputs' δ the two losses part. */
function isWhereLossesPart(name: PairName, { left }: Pair, { quantity, layer }: TraceStep): boolean {
  return name === 'loss' && quantity === 'delta' && layer === left.depth;
}

/** The step of a pass with the same quantity: its shape, and the code that computes it, are its own. */
function stepOf(pass: Trace, { quantity, layer }: TraceStep): TraceStep {
  return pass.steps.find(
    (each) => each.direction === 'backward' && each.quantity === quantity && each.layer === layer,
  )!;
}

function fullOf(left: Trace, right: Trace, { quantity, layer }: TraceStep): number {
  return Math.max(largestSize(left.values(quantity, layer)), largestSize(right.values(quantity, layer)));
}

/** Numbers of one quantity, (rows × columns): a matrix as it is, the first units' pictures of pixels, a vector on its side. */
function Values({ values, shape: [rows, columns], full }: ValuesProps) {
  if (columns === 784) {
    return <UnitPictures values={values} units={PICTURES} scale="gradient" label="Unit" full={full} />;
  }
  const [high, wide] = columns === 1 ? [1, rows] : [rows, columns];
  return (
    <HeatImage
      values={values}
      rows={high}
      columns={wide}
      scale="gradient"
      full={full}
      label={`${rows} × ${columns} numbers, the largest ${formatNumber(Math.abs(values[indexOfLargestSize(values)]))}`}
    />
  );
}

interface ValuesProps {
  values: ReturnType<Trace['values']>;
  shape: readonly [number, number];
  full: number;
}

function difference({ left, right }: Pair, { quantity, layer }: TraceStep): Float64Array {
  const other = right.values(quantity, layer);
  return Float64Array.from(left.values(quantity, layer), (value, n) => value - other[n]);
}

/** How much larger the one is than the other. */
function compare(
  { left, right, names }: { left: Trace; right: Trace; names: readonly [string, string] },
  { quantity, layer }: TraceStep,
): string {
  const [a, b] = [left, right].map((pass) => Math.hypot(...pass.values(quantity, layer))) as [number, number];
  if (a === 0 || b === 0)
    return `Length: ${formatNumber(a)} (${names[0]}) and ${formatNumber(b)} (${names[1]}).`;
  const [large, small, which] = a > b ? [a, b, names[0]] : [b, a, names[1]];
  return `Length: ${formatNumber(a)} (${names[0]}) and ${formatNumber(b)} (${names[1]}), so ${which} has about ${formatRatio(large / small)} times as much.`;
}
