import { computed, signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import { type DeepNetwork, type LayerBlame, blameByLayer, deadUnits } from '../lib/nn/blame-depth.ts';
import { loadDataset } from './datasets.ts';

/** Draws of the first weights that the band is made of, and digits by which a unit is called dead. */
const SEEDS = 10;
const DIGITS = 100;

export interface DepthPicture {
  /** Of the first seed, first layer first. */
  readonly layers: readonly LayerBlame[];
  /** ‖∂W‖ of each layer: the least, the median and the largest over the seeds. */
  readonly band: readonly {
    readonly layer: number;
    readonly low: number;
    readonly middle: number;
    readonly high: number;
  }[];
  /** ‖δ‖ of each layer, the median over the seeds. */
  readonly blame: readonly number[];
  /** ReLU units of each layer that no digit opens. */
  readonly dead: readonly number[];
}

export const firstDepth: DeepNetwork = { depth: 10, activation: 'sigmoid', initializer: 'xavier' };

/** How far blame comes back through networks of any depth. */
export function createBlameDepth() {
  const network = signal<DeepNetwork>(firstDepth);
  const digits = signal<Dataset | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  return {
    network,
    failure,
    picture: computed(() => digits.value && depthPicture(network.value, digits.value)),
    choose(change: Partial<DeepNetwork>): void {
      network.value = { ...network.peek(), ...change };
    },
    async load(): Promise<void> {
      try {
        digits.value = await loadDataset('sample-test');
      } catch (error) {
        failure.value = `No digit to be blamed for: ${(error as Error).message}`;
      }
    },
  };
}

export function depthPicture(network: DeepNetwork, digits: Dataset): DepthPicture {
  const draws = Array.from({ length: SEEDS }, (_, seed) => blameByLayer(network, digits, 0, seed + 1));
  const rows = Uint32Array.from({ length: Math.min(DIGITS, digits.count) }, (_, row) => row);
  return {
    layers: draws[0]!,
    blame: draws[0]!.map(
      (_, l) => sorted(draws.map((layers) => Math.hypot(...Array.from(layers[l]!.delta))))[SEEDS >> 1]!,
    ),
    band: draws[0]!.map((_, l) => {
      const norms = sorted(draws.map((layers) => layers[l]!.gradientNorm));
      return { layer: l + 1, low: norms[0]!, middle: norms[SEEDS >> 1]!, high: norms.at(-1)! };
    }),
    dead: deadUnits(network, digits, rows, 1),
  };
}

/** What became of the blame between the last hidden layer and the first, in a sentence. */
export function describeDepth({ blame, dead }: DepthPicture): string {
  const [first, last] = [blame[0]!, blame.at(-1)!];
  if (first === 0) return `Nothing at all comes back to layer 1: its blame is exactly 0.${deadWords(dead)}`;
  const ratio = last / first;
  const change =
    ratio > 3
      ? `${formatRatio(ratio)} times smaller in layer 1 than in layer ${blame.length}: it vanishes on its way back`
      : ratio < 1 / 3
        ? `${formatRatio(1 / ratio)} times larger in layer 1 than in layer ${blame.length}: it explodes on its way back`
        : `about as large in layer 1 as in layer ${blame.length}: it holds`;
  return `The blame is ${change}.${deadWords(dead)}`;
}

function deadWords(dead: readonly number[]): string {
  const count = dead.reduce((sum, each) => sum + each, 0);
  return count > 0 ? ` ${count} ReLU units are dead: not one of a hundred digits opens them.` : '';
}

function formatRatio(ratio: number): string {
  return ratio < 1e6 ? Math.round(ratio).toLocaleString('en') : ratio.toExponential(1);
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
