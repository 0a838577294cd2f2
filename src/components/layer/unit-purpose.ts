import { computed, signal } from '@preact/signals';
import { DIGITS, type Dataset } from '../../lib/data/dataset.ts';
import { type Favourites, favouritesOfUnits } from '../../lib/experiments/favourites.ts';
import type { Network } from '../../lib/nn/network.ts';
import { formatCount, formatNumber, formatShare, printEquation } from '../../explain/numbers.ts';
import { loadDataset } from '../../state/site/datasets.ts';
import { loadNetwork } from '../../state/site/networks.ts';
import { createRequirement } from '../../state/site/requirement.ts';

/** Digits shown of each unit. */
export const SHOWN = 10;

/** The first layer's units of the original network, and for each the digits of the sample that excite it most. */
export function createUnitPurpose(firstUnit: number) {
  const unit = signal(firstUnit);
  const pixel = signal<number | undefined>(undefined);
  const found = signal<{ network: Network; digits: Dataset; all: Favourites[] } | undefined>(undefined);
  const weights = computed(() => found.value?.network.layers[0].read('weights'));
  const ofUnit = computed(() => found.value?.all[unit.value]);
  const requirement = createRequirement('The units cannot be shown', async () => {
    const [{ network }, digits] = await Promise.all([loadNetwork('original'), loadDataset('sample-train')]);
    found.value = { network, digits, all: favouritesOfUnits(network, digits, SHOWN) };
  });
  return {
    ...requirement,
    unit,
    pixel,
    digits: computed(() => found.value?.digits),
    weights,
    unitWeights: computed(() => weights.value?.slice(784 * unit.value, 784 * (unit.value + 1))),
    favourites: ofUnit,
    said: computed(() => {
      const [of, digits, all] = [ofUnit.value, found.value?.digits, weights.value];
      if (!of || !digits || !all) return undefined;
      return pixel.value === undefined
        ? describeUnit(unit.value, of, digits)
        : describePixel(pixel.value, all[784 * unit.value + pixel.value], of.mean[pixel.value]);
    }),
    choose(next: number): void {
      unit.value = next;
    },
    /** At one of the 784 pixels, or at none. */
    point(index: number | undefined): void {
      pixel.value = index;
    },
  };
}

/** What a unit answers to, from its favourites. */
export function describeUnit(unit: number, of: Favourites, digits: Dataset): string {
  const [strongest, weakest] = [of.outputs[0], of.outputs[of.outputs.length - 1]];
  return (
    `Unit ${unit}: of its ten, ${countDigits(of, digits)}. They bring it to a\u00a0=\u00a0${formatNumber(strongest)} … ${formatNumber(weakest)}; ` +
    `over all ${formatCount(digits.count)} digits of the sample it puts out ${formatNumber(of.meanOutput)} in the mean, ` +
    `and is silent on ${formatShare(of.silent, 0)}. Their mean picture alone would bring it to z\u00a0=\u00a0${formatNumber(of.meanSum)}.`
  );
}

function countDigits(of: Favourites, digits: Dataset): string {
  const counts = new Array<number>(DIGITS).fill(0);
  for (const row of of.rows) counts[digits.labels[row]]++;
  return [...counts.keys()]
    .filter((digit) => counts[digit] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .map((digit) =>
      counts[digit] > 1 ? `${counts[digit]} are ${digit}s` : `1 is ${digit === 8 ? 'an' : 'a'} ${digit}`,
    )
    .join(', ');
}

/** What one pixel of the favourites brings the unit, in the mean. */
export function describePixel(pixel: number, weight: number, ink: number): string {
  const { inputs, sign, result } = printEquation([weight, ink], ([w, x]) => w * x, weight * ink);
  return `Pixel ${pixel}: its weight times its ink in the mean of the ten, ${inputs.join(' · ')} ${sign} ${result}. So much it brings the unit.`;
}
