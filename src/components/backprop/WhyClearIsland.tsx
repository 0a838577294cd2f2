import '../figures/controls.css';
import { useEffect, useMemo } from 'preact/hooks';
import { largestSize } from '../../explain/contributions.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { Slider } from '../figures/Slider.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import { createWhyClear } from './why-clear.ts';

/** What is left of one digit in the gradient of the next, where nobody clears in between. */
export function WhyClearIsland({ before, now }: { before: number; now: number }) {
  const clear = useMemo(() => createWhyClear(before, now), [before, now]);
  useEffect(() => void clear.load(), [clear]);
  const { first, second, found, unit, learningRate } = clear;
  const known = found.value;
  const full = known
    ? Math.max(
        largestSize(pictureOf(known.notCleared, unit.value)),
        largestSize(pictureOf(known.second, unit.value)),
      )
    : 1;
  const picture = (values: ArrayLike<number> | undefined, label: string) => (
    <HeatImage
      values={values && pictureOf(values, unit.value)}
      rows={28}
      columns={28}
      scale="gradient"
      full={full}
      label={label}
    />
  );
  return (
    <div class="why-clear">
      <DigitPicker pick={second} />
      <ol class="why-clear-row">
        <li>
          <DigitImage image={first.image.value} label={`The digit before, a ${first.label.value ?? ''}`} />
          <span>before: a {first.label.value ?? '…'}</span>
        </li>
        <li>
          {picture(known?.first, `Its gradient for unit ${unit.value}`)}
          <span>leaves this in unit {unit.value}</span>
        </li>
        <li>
          <DigitImage image={second.image.value} label={`The digit now, a ${second.label.value ?? ''}`} />
          <span>now: a {second.label.value ?? '…'}</span>
        </li>
        <li>
          {picture(known?.second, 'Its own gradient')}
          <span>cleared: its own gradient</span>
        </li>
        <li>
          {picture(known?.notCleared, 'The sum of both')}
          <span>not cleared: the sum of both</span>
        </li>
      </ol>
      <Slider
        label="Learning rate"
        min={-3}
        max={0}
        step={0.1}
        value={Math.log10(learningRate.value)}
        text={formatNumber(learningRate.value)}
        onChange={(power) => clear.chooseRate(10 ** power)}
      />
      <p class="run-sentence" role="status">
        {known
          ? `The loss of the ${second.label.value} is ${formatNumber(known.before)}. One step with its own gradient makes it ${formatNumber(known.afterCleared)}; with the ${first.label.value}'s still in it, ${formatNumber(known.afterNotCleared)}.`
          : (clear.failure.value ?? 'Two digits are on their way…')}
      </p>
      <TryAgain failure={clear.failure.value} again={clear.load} />
    </div>
  );
}

function pictureOf(values: ArrayLike<number>, unit: number): ArrayLike<number> {
  return Array.prototype.slice.call(values, unit * 784, (unit + 1) * 784);
}
