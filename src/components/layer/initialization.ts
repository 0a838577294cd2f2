import { computed, signal } from '@preact/signals';
import { type Dataset, subset } from '../../lib/data/dataset.ts';
import type { ElementwiseName } from '../../lib/nn/activations.ts';
import type { InitializerName } from '../../lib/nn/initializers.ts';
import { referenceKernels } from '../../lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';
import { type Spread, spreadBetween, spreadOf } from '../../lib/experiments/spread.ts';
import { loadDataset } from '../../state/site/datasets.ts';
import { formatSignificant } from '../../explain/numbers.ts';
import { createRequirement } from '../../state/site/requirement.ts';

/** Ways to draw the first weights: one of the library's, times a factor. */
export const beginnings = [
  { name: 'zeros', label: 'all zero', initializer: 'zeros', scale: 1 },
  { name: 'small', label: 'too small: a quarter of He', initializer: 'he', scale: 0.25 },
  { name: 'large', label: 'too large: four times He', initializer: 'he', scale: 4 },
  { name: 'xavier', label: 'Xavier', initializer: 'xavier', scale: 1 },
  { name: 'he', label: 'He', initializer: 'he', scale: 1 },
] as const satisfies readonly { name: string; label: string; initializer: InitializerName; scale: number }[];

export type BeginningName = (typeof beginnings)[number]['name'];

export interface DeepStack {
  readonly beginning: BeginningName;
  readonly activation: ElementwiseName;
  readonly seed: number;
}

const DEPTH = 10;
const UNITS = 100;
const IMAGES = 100;
const BINS = 24;
/** The histograms go from −RANGE to RANGE. */
export const RANGE = 3;

/** The activations of one layer over some digits. */
export interface LayerSpread extends Spread {
  /** How far a unit's activation varies from digit to digit. */
  readonly between: number;
}

/** The activations of each layer of a deep, freshly drawn network over some digits. */
export function activationSpreads(
  { beginning, activation, seed }: DeepStack,
  digits: Dataset,
): LayerSpread[] {
  const { initializer, scale } = beginnings.find(({ name }) => name === beginning)!;
  const hidden = Array.from({ length: DEPTH }, () => ({ units: UNITS, activation }));
  const network = Network.initialize(
    { inputs: digits.width, layers: [...hidden, { units: 10, activation: 'softmax' }] },
    initializer,
    new Random(seed),
    // What is left between digits may be far below float32's step at a sigmoid's ½.
    { kernels: referenceKernels('float64') },
  );
  for (const layer of network.layers) {
    layer.write(
      'weights',
      layer.read('weights').map((weight) => weight * scale),
    );
  }
  const rows = Array.from({ length: IMAGES }, (_, row) => row);
  network.forward(subset(digits, rows), Uint32Array.from(rows));
  return network.layers.slice(0, DEPTH).map((layer) => {
    const activations = layer.read('activation');
    return { ...spreadOf(activations, BINS, -RANGE, RANGE), between: spreadBetween(activations, UNITS) };
  });
}

/** What became of the digits on their way up, in a sentence. */
export function describeSpreads(spreads: readonly LayerSpread[]): string {
  const [first, last] = [spreads[0].between, spreads.at(-1)!.between];
  const numbers = `From digit to digit a unit's activation varies by ${formatSignificant(first, 2)} in the first layer and ${formatSignificant(last, 2)} in layer ${spreads.length}.`;
  if (last === 0)
    return `${numbers} Every digit looks the same up there: nothing is left to tell them apart by.`;
  const factor = last / first;
  if (factor < 0.1)
    return `${numbers} The signal dies on its way up: to the last layers all digits look nearly alike.`;
  if (factor > 10)
    return `${numbers} The signal grows from layer to layer, and with more of them it would overflow.`;
  return `${numbers} It arrives, neither lost nor out of bounds.`;
}

export function createInitialization(start: DeepStack) {
  const digits = signal<Dataset | undefined>(undefined);
  const stack = signal(start);
  const requirement = createRequirement('No digits to send through', async () => {
    digits.value = await loadDataset('sample-test');
  });
  return {
    ...requirement,
    stack,
    /** Nothing while it is what it began with: that is known since the site was built. */
    spreads: computed(() =>
      digits.value && stack.value !== start ? activationSpreads(stack.value, digits.value) : undefined,
    ),
    choose(change: Partial<DeepStack>): void {
      stack.value = { ...stack.peek(), ...change };
    },
  };
}
