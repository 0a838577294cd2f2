import { computed, signal } from '@preact/signals';
import { formatCount, formatShare, formatSignificant } from '../../explain/numbers.ts';
import {
  type ManyMasks,
  type MaskedReading,
  type MeanGap,
  meanGap,
  readManyMasks,
  readMasked,
  rootMeanSquare,
} from '../../lib/experiments/dropout.ts';
import type { Examples } from '../../lib/nn/examples.ts';
import { predictedClass } from '../../lib/nn/losses.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';
import { type Trace, traceReading } from '../../lib/nn/trace.ts';
import { createDigitPick } from '../../state/digits/digit-pick.ts';
import { classSeed } from '../../state/page/embedded.ts';
import { pageKernels } from '../../state/site/kernels.ts';
import { nextTask } from '../../state/remote/next-task.ts';
import { loadNetwork } from '../../state/site/networks.ts';
import { createRequirement } from '../../state/site/requirement.ts';

/** Masks that are drawn at once, and those that the first guess is about. */
export const AT_ONCE = 100;
export const GUESSED = 1000;
const MASKS_SEED = classSeed();

/** One digit in the network of the chapters, with units dropped as in training. */
export function createDropoutMask(first: number) {
  const pick = createDigitPick(first);
  const rate = signal(0.5);
  const seed = signal(MASKS_SEED);
  const isTraining = signal(true);
  const opened = signal<Network | undefined>(undefined);
  const many = signal<ManyMasks | undefined>(undefined);
  const guessed = signal<number | undefined>(undefined);
  let random = new Random(MASKS_SEED);

  const network = computed(() => {
    const from = opened.value;
    return from && withDropout(from, rate.value);
  });
  const masked = computed(() =>
    network.value && pick.example.value
      ? readMasked(network.value, pick.example.value, 0, seed.value)
      : undefined,
  );
  const whole = computed(() =>
    network.value && pick.example.value ? traceReading(network.value, pick.example.value, 0) : undefined,
  );

  /** What was drawn for another digit, or with another p, says nothing of this one. */
  function forget(): void {
    many.value = undefined;
    random = new Random(MASKS_SEED);
  }

  const requirement = createRequirement('The digit cannot be shown', async () => {
    const [{ network: shipped }, kernels] = await Promise.all([
      loadNetwork('original'),
      pageKernels(),
      pick.load(),
    ]);
    await nextTask();
    opened.value = Network.fromModel(shipped.toModel(), { loss: shipped.loss, kernels });
    await nextTask();
    guessed.value ??= percentRead(network.value!, pick.example.value!);
  });
  return {
    ...requirement,
    pick,
    rate: computed(() => rate.value),
    isTraining: computed(() => isTraining.value),
    masked,
    whole,
    many: computed(() => many.value),
    gap: computed(() =>
      network.value && pick.example.value && many.value
        ? meanGap(network.value, pick.example.value, 0, many.value, rate.value)
        : undefined,
    ),
    /** With how many of so many masks the first digit is read right, in percent: known once it is there. */
    guessed: computed(() => guessed.value),
    drawAnother(): void {
      isTraining.value = true;
      seed.value++;
    },
    drawMore(): void {
      if (!network.value || !pick.example.value) return;
      const before = many.peek();
      const drawn = { count: AT_ONCE, random, ...(before && { before }) };
      many.value = readManyMasks(network.value, pick.example.value, 0, drawn);
    },
    chooseRate(next: number): void {
      rate.value = next;
      forget();
    },
    chooseMode(next: 'training' | 'reading'): void {
      isTraining.value = next === 'training';
    },
    takeDigit: forget,
  };
}

export type DropoutMask = ReturnType<typeof createDropoutMask>;

/** With how many of so many masks a digit is read as its label says, in percent. */
function percentRead(network: Network, digit: Examples): number {
  const { reads } = readManyMasks(network, digit, 0, { count: GUESSED, random: new Random(MASKS_SEED + 1) });
  return (100 * reads[digit.labels[0]]) / GUESSED;
}

/** The same network, with this share of its hidden units dropped at each step. */
export function withDropout(network: Network, dropout: number): Network {
  const { loss, kernels } = network;
  return Network.fromModel(network.toModel(), { loss, kernels, dropout });
}

function readingOf(pass: Trace): { read: number; probability: number } {
  const outputs = pass.values('activation', pass.depth);
  const read = predictedClass(outputs, outputs.length);
  return { read, probability: outputs[read] };
}

/** What a mask leaves of the network, and what that reads; or what all of it reads. */
export function describeMask(whole: Trace, masked: MaskedReading | undefined): string {
  const plain = readingOf(whole);
  if (!masked) {
    return `It reads: nothing is dropped, and nothing multiplied. All units together read ${plain.read}, ${formatShare(plain.probability)} sure, however often they are asked.`;
  }
  const dropped = masked.masks.map((mask) => {
    const zeros = Array.from(mask).filter((kept) => kept === 0).length;
    return `${zeros} of ${mask.length}`;
  });
  const { read, probability } = readingOf(masked.pass);
  return `This mask drops ${dropped.join(' and ')} hidden units. What is left reads ${read}, ${formatShare(probability)} sure; all units together read ${plain.read}, ${formatShare(plain.probability)} sure.`;
}

/** What the masks come to, on average. */
export function describeMeans(
  { count, reads }: ManyMasks,
  { whole, mean, undivided }: MeanGap,
  rate: number,
  label: number,
): string {
  const most = reads.indexOf(Math.max(...reads));
  const others =
    most === label ? '' : `, and most often as ${most}, with ${formatShare(reads[most] / count)} of them`;
  return `After ${formatCount(count)} masks the mean of each sum of layer 2 is ${formatSignificant(rootMeanSquare(mean, whole))} from what it is without dropout (root mean square). Not divided by 1 − p = ${formatSignificant(1 - rate, 2)}, it would be ${formatSignificant(rootMeanSquare(undivided, whole))} away. With ${formatShare(reads[label] / count)} of the masks the digit is read as ${label}, its label${others}.`;
}
