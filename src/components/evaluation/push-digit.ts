import { computed, signal } from '@preact/signals';
import { formatDecimals, formatShare, formatSignificant } from '../../explain/numbers.ts';
import { type PushSize, type PushedImage, noisyImage, pushUntil } from '../../lib/experiments/push.ts';
import { Network } from '../../lib/nn/network.ts';
import { type Trace, traceToInput } from '../../lib/nn/trace.ts';
import { Random } from '../../lib/nn/random.ts';
import { createDigitPick } from '../../state/digits/digit-pick.ts';
import { pageKernels } from '../../state/site/kernels.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { candidate } from './examination.ts';

/** One step of each measure: a hundredth of full ink or less for each pixel, a twentieth of length. */
const STEP: Readonly<Record<PushSize, number>> = { each: 0.004, length: 0.05 };
const MOST = 150;

export interface Pushed {
  readonly way: readonly PushedImage[];
  /** Random noise as long as the whole push. */
  readonly noisy: PushedImage;
  readonly wanted: number;
  /** √Σx² of the digit itself. */
  readonly length: number;
}

/**
 * A digit pushed until it is read as another.
 *
 * @param image (784) bytes
 */
export function pushDigit(network: Network, image: Uint8Array, wanted: number, size: PushSize): Pushed {
  const values = Float64Array.from(image, (byte) => byte / 255);
  const way = pushUntil(network, values, wanted, { size, step: STEP[size], most: MOST });
  return {
    way,
    noisy: noisyImage(network, values, way.at(-1)!.length, new Random(1)),
    wanted,
    length: Math.hypot(...values),
  };
}

/**
 * A picture's pass through a network and back to its pixels.
 *
 * @param image (784) in [0, 1]
 * @param label whose loss the blame is for
 */
export function passToPixels(network: Network, image: Float64Array, label: number): Trace {
  return traceToInput(
    network,
    { count: 1, width: image.length, values: image, labels: Uint8Array.of(label) },
    0,
  );
}

/** Whose loss the gradient belongs to: that of the digit that is wanted, or of the label. */
export type Blamed = 'wanted' | 'label';

export function describePush({ way, noisy, wanted, length }: Pushed): string {
  const [first, last] = [way[0], way.at(-1)!];
  if (way.length === 1) return `It is read as ${wanted} already: nothing has to be pushed.`;
  const size = `no pixel changed by more than ${formatShare(last.largest)} of full ink, the whole push ${formatDecimals(last.length, 2)} long where the digit itself is ${formatDecimals(length, 2)}`;
  if (last.read !== wanted)
    return `After ${way.length - 1} steps it is still not read as ${wanted}: ${size}. It is read as ${last.read}.`;
  return `Read as ${first.read}, ${formatShare(first.probabilities[first.read])} sure, and after ${way.length - 1} steps as ${wanted}: ${size}. With random noise of that length it is read as ${noisy.read}, ${formatShare(noisy.probabilities[noisy.read])} sure.`;
}

/** What the push has come to after some steps. */
export function describeStep({ way, wanted }: Pushed, step: number): string {
  const { probabilities, length, largest } = way[step];
  return `step ${step}: ${formatSignificant(length)} long, ${formatShare(largest)} a pixel; ${wanted}: ${formatShare(probabilities[wanted])}`;
}

export type PushFigure = ReturnType<typeof createPushFigure>;

/** The digit, the network and the wish of the figure. */
export function createPushFigure(first: { readonly digit: number; readonly wanted: number }) {
  const pick = createDigitPick(first.digit);
  const name = signal<NetworkName>('original');
  const wanted = signal(first.wanted);
  const size = signal<PushSize>('each');
  const blamed = signal<Blamed>('wanted');
  /** How far along the push the reader looks; its end where they have not said. */
  const chosen = signal<number | undefined>(undefined);
  const network = signal<Network | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);

  async function open(next: NetworkName): Promise<void> {
    name.value = next;
    chosen.value = undefined;
    try {
      const [{ model, loss }, kernels] = await Promise.all([candidate(next), pageKernels()]);
      if (name.peek() === next) network.value = Network.fromModel(model, { loss, kernels });
      failure.value = undefined;
    } catch (error) {
      if (name.peek() === next) failure.value = `The digit cannot be pushed: ${(error as Error).message}`;
    }
  }

  const pushed = computed(() =>
    network.value && pick.image.value
      ? pushDigit(network.value, pick.image.value, wanted.value, size.value)
      : undefined,
  );
  const step = computed(() => {
    const last = (pushed.value?.way.length ?? 1) - 1;
    return Math.min(chosen.value ?? last, last);
  });
  const blamedDigit = computed(() => (blamed.value === 'wanted' ? wanted.value : pick.label.value));

  return {
    pick,
    name: computed(() => name.value),
    wanted: computed(() => wanted.value),
    size: computed(() => size.value),
    failure,
    open,
    pushed,
    step,
    blamed: computed(() => blamed.value),
    /** The digit whose loss the gradient belongs to: one that the reader has chosen, or the label. */
    blamedDigit,
    /** The picture at the step that is looked at, forward and back to its pixels. */
    pass: computed(() => {
      const [way, digit] = [pushed.value?.way, blamedDigit.value];
      return way && digit !== undefined && network.value
        ? passToPixels(network.value, way[step.value].image, digit)
        : undefined;
    }),
    want(digit: number): void {
      wanted.value = digit;
      chosen.value = undefined;
    },
    measureBy(next: PushSize): void {
      size.value = next;
      chosen.value = undefined;
    },
    goTo(next: number): void {
      chosen.value = next;
    },
    /** Another digit: its push is looked at from its end again. */
    lookAtEnd(): void {
      chosen.value = undefined;
    },
    blame(next: Blamed): void {
      blamed.value = next;
    },
    async load(): Promise<void> {
      await Promise.all([
        open(name.peek()),
        pick.load().catch((error: Error) => {
          failure.value = `No test images: ${error.message}`;
        }),
      ]);
    },
  };
}
