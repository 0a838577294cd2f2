import { computed, signal } from '@preact/signals';
import { formatDecimals, formatShare } from '../../explain/numbers.ts';
import { type AugmentationOptions, Augmenter, augmentationOfStrength } from '../../lib/data/augmentation.ts';
import { PIXELS } from '../../lib/data/dataset.ts';
import type { Examples } from '../../lib/nn/examples.ts';
import { predictedClass } from '../../lib/nn/losses.ts';
import type { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';
import { createDigitPick } from '../../state/digits/digit-pick.ts';
import { classSeed } from '../../state/page/embedded.ts';
import { loadNetwork } from '../../state/site/networks.ts';
import { createRequirement } from '../../state/site/requirement.ts';

export const DRAWS = 12;

/** What can be moved, how far, and how it is said. */
export const distortions: readonly {
  readonly name: keyof AugmentationOptions;
  readonly label: string;
  readonly most: number;
  readonly step: number;
  readonly say: (amount: number) => string;
}[] = [
  { name: 'shift', label: 'Shift', most: 6, step: 0.5, say: pixels },
  { name: 'rotation', label: 'Turn', most: 90, step: 3, say: (degrees) => `up to ${degrees}°` },
  {
    name: 'scaling',
    label: 'Scale',
    most: 0.48,
    step: 0.04,
    say: (share) => `up to ${formatShare(share, 0)}`,
  },
  { name: 'shear', label: 'Slant', most: 0.6, step: 0.05, say: (shear) => `up to ${formatShare(shear, 0)}` },
  { name: 'elastic', label: 'Elastic', most: 4, step: 0.1, say: pixels },
];

function pixels(amount: number): string {
  return `up to ${formatDecimals(amount, 1)} pixels`;
}

/** What training does to an image that it is shown with this strength. */
export const usual = augmentationOfStrength(1);
export const none = augmentationOfStrength(0);

/**
 * A digit as training would show it in so many epochs: by the very function that makes its batches.
 *
 * @param digit a data set of one image, as bytes
 */
export function distortedDigits(digit: Examples, options: AugmentationOptions, seed: number): Examples {
  const { count, width, values, labels } = new Augmenter(options).batch(
    digit,
    new Uint32Array(DRAWS),
    new Random(seed),
  );
  return { count, width, values: values.slice(), labels: labels.slice() };
}

/** One digit, distorted as training distorts it, each time anew. */
export function createAugmentationPreview(first: number) {
  const pick = createDigitPick(first);
  const options = signal<AugmentationOptions>(usual);
  const seed = signal(classSeed());
  const network = signal<Network | undefined>(undefined);
  const draws = computed(() =>
    pick.example.value ? distortedDigits(pick.example.value, options.value, seed.value) : undefined,
  );
  const requirement = createRequirement('The digit cannot be shown', async () => {
    const [opened] = await Promise.all([loadNetwork('original'), pick.load()]);
    network.value = opened.network;
  });
  return {
    ...requirement,
    pick,
    options: computed(() => options.value),
    seed: computed(() => seed.value),
    draws,
    reads: computed(() => (network.value && draws.value ? readsOf(network.value, draws.value) : undefined)),
    choose(change: Partial<AugmentationOptions>): void {
      options.value = { ...options.peek(), ...change };
    },
    drawOthers(): void {
      seed.value++;
    },
  };
}

/** What a network reads in each of some digits. */
export function readsOf(network: Network, digits: Examples): number[] {
  const outputs = network.predict(digits);
  return Array.from({ length: digits.count }, (_, i) => predictedClass(outputs, network.classes, i));
}

/** (784) bytes of one of the draws. */
export function drawnImage({ values }: Examples, n: number): Uint8Array {
  return values.slice(n * PIXELS, (n + 1) * PIXELS) as Uint8Array;
}

/** How a network that has never seen a distorted digit reads these. */
export function describeReads(reads: readonly number[], label: number): string {
  const right = reads.filter((read) => read === label).length;
  const others = [...new Set(reads.filter((read) => read !== label))].sort();
  const wrong = others.length === 0 ? '' : ` It also reads ${others.join(', ')}.`;
  return `The network of these chapters, which has learnt from undistorted digits alone, reads ${right} of these ${reads.length} as ${label}.${wrong}`;
}
