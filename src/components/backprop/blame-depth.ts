import { computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import { createDigitPick } from '../../state/digits/digit-pick.ts';
import {
  type DeepNetwork,
  type LayerBlame,
  blameByLayer,
  deadUnits,
} from '../../lib/experiments/blame-depth.ts';
import { formatRatio } from '../../explain/numbers.ts';
import { createRequirement } from '../../state/site/requirement.ts';

/** Draws of the first weights that the band is made of, and digits by which a unit is called dead. */
export const DRAWS = 10;
const DIGITS = 100;

/** ‖δ‖ of one layer: the least, the median and the largest over the draws. */
export interface BlameBand {
  readonly layer: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface DepthPicture {
  /** Of the first draw, first layer first. */
  readonly layers: readonly LayerBlame[];
  readonly band: readonly BlameBand[];
  /** ReLU units of each layer that no digit opens. */
  readonly dead: readonly number[];
}

const firstDepth: DeepNetwork = { depth: 10, activation: 'sigmoid', initializer: 'xavier' };

/** How far blame comes back through networks of any depth. */
export function createBlameDepth() {
  const network = signal<DeepNetwork>(firstDepth);
  const digitPick = createDigitPick(0);
  const requirement = createRequirement('No digit to be blamed for', () => digitPick.load());
  return {
    ...requirement,
    digitPick,
    network,
    picture: computed(() => {
      const [digits, example] = [digitPick.digits.value, digitPick.example.value];
      return digits && example && depthPicture(network.value, example, digits);
    }),
    choose(change: Partial<DeepNetwork>): void {
      network.value = { ...network.peek(), ...change };
    },
  };
}

/**
 * @param example the digit that is blamed for, alone
 * @param digits those that may open a unit
 */
export function depthPicture(network: DeepNetwork, example: Dataset, digits: Dataset): DepthPicture {
  const draws = Array.from({ length: DRAWS }, (_, seed) => blameByLayer(network, example, 0, seed + 1));
  const rows = Uint32Array.from({ length: Math.min(DIGITS, digits.count) }, (_, row) => row);
  return {
    layers: draws[0],
    band: draws[0].map((_, l) => {
      const lengths = draws.map((layers) => Math.hypot(...Array.from(layers[l].delta)));
      return {
        layer: l + 1,
        low: Math.min(...lengths),
        middle: median(lengths),
        high: Math.max(...lengths),
      };
    }),
    dead: deadUnits(network, digits, rows, 1),
  };
}

/** What a logarithmic axis can show of the band, and the layers whose median is exactly 0, which has no place on it. */
export function drawableBand(band: readonly BlameBand[]): {
  readonly points: readonly BlameBand[];
  readonly zeros: readonly number[];
} {
  const positive = band.flatMap(({ low, middle, high }) => [low, middle, high]).filter((each) => each > 0);
  const floor = Math.min(...positive);
  return {
    // A draw that ended at 0 reaches below anything that is drawn: to the lower edge.
    points: band
      .filter(({ middle }) => middle > 0)
      .map((each) => (each.low > 0 ? each : { ...each, low: floor })),
    zeros: band.filter(({ middle }) => middle === 0).map(({ layer }) => layer),
  };
}

/** What became of the blame between the last hidden layer and the first, in a sentence about the curve that is drawn. */
export function describeDepth({ band, dead }: DepthPicture): string {
  const [first, last] = [band[0], band.at(-1)!];
  if (first.high === 0) {
    return `Nothing at all comes back to layer 1: its blame is exactly 0.${deadWords(dead)}`;
  }
  if (first.middle === 0) {
    return `In most of the ${DRAWS} draws nothing at all comes back to layer 1: its blame is exactly 0.${deadWords(dead)}`;
  }
  const ratio = last.middle / first.middle;
  const change =
    ratio > 3
      ? `${formatRatio(ratio)} times smaller in layer 1 than in layer ${last.layer}: it vanishes on its way back`
      : ratio < 1 / 3
        ? `${formatRatio(1 / ratio)} times larger in layer 1 than in layer ${last.layer}: it explodes on its way back`
        : `about as large in layer 1 as in layer ${last.layer}: it holds`;
  return `The length of the blame δ is ${change}.${deadWords(dead)}`;
}

function deadWords(dead: readonly number[]): string {
  const count = dead.reduce((sum, each) => sum + each, 0);
  return count > 0 ? ` ${count} ReLU units are dead: not one of a hundred digits opens them.` : '';
}

/** The middle one of some numbers in their order; of an even number of them, halfway between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
