import { computed, effect, signal } from '@preact/signals';
import { type Dataset, imageOf } from '../../lib/data/dataset.ts';
import { type MnistPrepared, type Prepared, blockMeans, mnistStyle } from '../../lib/ink/prepare.ts';
import { Raster } from '../../lib/ink/raster.ts';
import { type InkPoint, PAD, type Stroke, isTouched } from '../../lib/ink/stroke.ts';
import { cannotTell } from '../../lib/experiments/refusal.ts';
import { predictedClass } from '../../lib/nn/losses.ts';
import type { Network } from '../../lib/nn/network.ts';
import { loadDataset } from '../site/datasets.ts';
import { type OpenedNetwork, type NetworkName, loadNetwork } from '../site/networks.ts';
import { formatShare } from '../../explain/numbers.ts';

/** A digit of the test images, put on the pad in place of a drawing. */
export interface Sample {
  readonly image: Uint8Array;
  readonly label: number;
}

/** What is on the pad: strokes, or a sample. */
interface Sheet {
  readonly strokes: readonly Stroke[];
  readonly sample: Sample | undefined;
}

export type Way = 'mnist' | 'blocks';

/** What a network makes of one picture. */
export interface Reading {
  readonly image: Uint8Array;
  /** The picture as the network's first layer has it: 784 numbers from 0 to 1. */
  readonly input: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
  readonly digit: number;
}

export interface Preparation {
  readonly mnist: Prepared & Partial<MnistPrepared>;
  readonly blocks: Prepared;
}

const EMPTY: Sheet = { strokes: [], sample: undefined };

export type Drawing = ReturnType<typeof createDrawing>;

/**
 * A drawing pad's state: what is on it, how it becomes 784 numbers, and what a network reads in them; with the actions
 * that change it. The picture is computed from the strokes, never from the screen.
 */
export function createDrawing() {
  const sheet = signal<Sheet>(EMPTY);
  const past = signal<readonly Sheet[]>([]);
  const future = signal<readonly Sheet[]>([]);
  const lineWidth = signal(26);
  const way = signal<Way>('mnist');
  const networkName = signal<NetworkName>('original');
  const opened = signal<OpenedNetwork | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  /** Whether the reader, or a figure on their behalf, has chosen which network reads. */
  const isChosen = signal(false);
  const chosenThreshold = signal<number | undefined>(undefined);
  /** The probability below which the network cannot tell; undefined where it has never been shown what is no digit. */
  const refusesBelow = computed(() => {
    const refusal = opened.value?.metadata.refusal;
    return refusal && (chosenThreshold.value ?? refusal.threshold);
  });
  /** Which of the 784 numbers is being pointed at. */
  const pixel = signal<number | undefined>(undefined);

  // The raster holds the ink of `sheet`'s strokes. It grows in place while a stroke does, so a count of its changes
  // stands for it among the signals.
  const raster = new Raster();
  const inkChanges = signal(0);
  /** Whether the last stroke is still being drawn: one that was drawn before is not to grow again. */
  let isGrowing = false;

  const preparation = computed((): Preparation | undefined => {
    inkChanges.value;
    const { sample, strokes } = sheet.value;
    if (sample) return { mnist: { image: sample.image }, blocks: { image: sample.image } };
    const mnist = strokes.length > 0 ? mnistStyle(raster) : undefined;
    return mnist && { mnist, blocks: blockMeans(raster) };
  });

  const hasInk = computed(() => preparation.value !== undefined);

  const readings = computed((): Record<Way, Reading> | undefined => {
    const network = opened.value?.network;
    const prepared = preparation.value;
    if (!network || !prepared) return undefined;
    const { mnist, blocks } = prepared;
    return { mnist: readImage(network, mnist.image), blocks: readImage(network, blocks.image) };
  });

  const reading = computed(() => readings.value?.[way.value]);

  /** The sentence beside the pad, also for screen readers. */
  const sentence = computed(() => {
    if (failure.value) return failure.value;
    if (!opened.value) return 'The network is on its way…';
    if (!reading.value) return 'Draw a digit: the pad is empty.';
    return describe(reading.value, refusesBelow.value);
  });

  /** Puts another sheet on the pad; the one before can be had back. */
  function turnTo(next: Sheet): void {
    past.value = [...past.value, sheet.value];
    future.value = [];
    show(next);
  }

  function show(next: Sheet): void {
    isGrowing = false;
    sheet.value = next;
    raster.clear();
    for (const stroke of next.strokes) raster.add(stroke);
    inkChanges.value++;
  }

  async function open(name: NetworkName): Promise<void> {
    networkName.value = name;
    failure.value = undefined;
    try {
      const network = await loadNetwork(name);
      if (networkName.peek() === name) opened.value = network;
    } catch (error) {
      failure.value = `No network to read with: ${(error as Error).message}`;
    }
  }

  const actions = {
    /** Puts the pen down. A sample on the pad makes room for the drawing. */
    beginStroke(point: InkPoint): void {
      const strokes = sheet.value.sample ? [] : sheet.value.strokes;
      turnTo({ strokes: [...strokes, { points: [point], width: lineWidth.value }], sample: undefined });
      isGrowing = true;
    },

    /** Moves the pen on; nothing, when its stroke has been taken back or cleared in the meantime. */
    extendStroke(points: readonly InkPoint[]): void {
      const { strokes } = sheet.value;
      const last = strokes.at(-1);
      if (!isGrowing || !last || points.length === 0) return;
      const longer = { ...last, points: [...last.points, ...points] };
      sheet.value = { strokes: [...strokes.slice(0, -1), longer], sample: undefined };
      raster.add(longer, last.points.length);
      inkChanges.value++;
    },

    /** Takes the stroke under way back as if it had never been: the hand that made it was only resting. */
    dropStroke(): void {
      const before = past.value.at(-1);
      if (!isGrowing || !before) return;
      past.value = past.value.slice(0, -1);
      show(before);
    },

    /** Takes away every stroke that an eraser meets on its straight way from one place to another. */
    erase(from: InkPoint, to: InkPoint): void {
      const { strokes, sample } = sheet.value;
      const left = strokes.filter((stroke) => !isTouched(stroke, from, to));
      if (left.length < strokes.length) turnTo({ strokes: left, sample });
    },

    undo(): void {
      const before = past.value.at(-1);
      if (!before) return;
      future.value = [sheet.value, ...future.value];
      past.value = past.value.slice(0, -1);
      show(before);
    },

    redo(): void {
      const [next, ...rest] = future.value;
      if (!next) return;
      past.value = [...past.value, sheet.value];
      future.value = rest;
      show(next);
    },

    setLineWidth(width: number): void {
      lineWidth.value = width;
    },

    /** Has the network say that it cannot tell where no digit is as likely as this. */
    refuseBelow(threshold: number): void {
      chosenThreshold.value = threshold;
    },

    chooseWay(next: Way): void {
      way.value = next;
    },

    /** Points at one of the 784 numbers, in the picture that this way makes or in the way's that is chosen; or at none. */
    point(index: number | undefined, at?: Way): void {
      if (index !== undefined && at) way.value = at;
      pixel.value = index;
    },

    clear(): void {
      if (sheet.value.strokes.length > 0 || sheet.value.sample) turnTo(EMPTY);
    },

    /** Puts a drawing from another day on the pad. */
    putOn(strokes: readonly Stroke[]): void {
      turnTo({ strokes, sample: undefined });
    },

    showSample(dataset: Dataset, index: number): void {
      turnTo({ strokes: [], sample: { image: imageOf(dataset, index), label: dataset.labels[index] } });
    },

    /** The next test image with this label. */
    async pickSample(label: number): Promise<void> {
      try {
        const dataset = await loadDataset('sample-test');
        const shown = sheet.peek().sample?.image;
        const images = Array.from(dataset.labels.keys()).filter((i) => dataset.labels[i] === label);
        const current = images.findIndex((i) => sameImage(imageOf(dataset, i), shown));
        actions.showSample(dataset, images[(current + 1) % images.length]);
        failure.value = undefined;
      } catch (error) {
        failure.value = `No sample digit: ${(error as Error).message}`;
      }
    },

    /**
     * Begins with the small network of the chapters; where nobody chooses another, the large one, a megabyte, is fetched when there
     * is something to read. Where it does not come, the small one goes on.
     */
    async begin(): Promise<void> {
      if (!isChosen.peek()) await open('original');
      const stop = effect(() => {
        if (!isChosen.value && !hasInk.value) return;
        queueMicrotask(() => stop());
        void actions.improve();
      });
    },

    /** Once a network could not be had. */
    async tryAgain(): Promise<void> {
      await (isChosen.peek() ? open(networkName.peek()) : actions.begin());
    },

    /** Reads with the large network from when it has come, where nobody has chosen. */
    async improve(): Promise<void> {
      if (isChosen.peek()) return;
      const better = await loadNetwork('shipped').catch(() => undefined);
      if (!better || isChosen.peek()) return;
      networkName.value = 'shipped';
      failure.value = undefined;
      opened.value = better;
    },

    /** Fetches the network and reads with it from then on; until then the one before goes on. */
    async chooseNetwork(name: NetworkName): Promise<void> {
      isChosen.value = true;
      await open(name);
    },

    /** Reads from now on with a network that is here already, and goes by this name. */
    readWith(name: NetworkName, network: OpenedNetwork): void {
      isChosen.value = true;
      networkName.value = name;
      failure.value = undefined;
      opened.value = network;
    },
  };

  return {
    sheet,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    lineWidth,
    way,
    networkName,
    isChosen: computed(() => isChosen.value),
    opened,
    failure,
    refusesBelow,
    pixel,
    preparation,
    hasInk,
    readings,
    reading,
    sentence,
    ...actions,
  };
}

/** @param image (784) bytes */
export function readImage(network: Network, image: Uint8Array): Reading {
  const one = { count: 1, width: image.length, values: image, labels: new Uint8Array(1) };
  const probabilities = network.predict(one);
  const digit = predictedClass(probabilities, network.classes);
  return { image, input: network.readInput(), probabilities, digit };
}

/** Whether this network says of a reading that it cannot tell. */
export function isRefused({ probabilities, digit }: Reading, refusesBelow: number | undefined): boolean {
  return digit >= 0 && refusesBelow !== undefined && cannotTell(probabilities, refusesBelow);
}

/** The sentence for a reading: the digit, and how sure the network is. */
function describe(reading: Reading, refusesBelow: number | undefined): string {
  const { digit, probabilities } = reading;
  if (digit < 0) return 'The network has no answer: its outputs are not numbers.';
  const sure = formatShare(probabilities[digit] ?? 0);
  if (isRefused(reading, refusesBelow)) return `I can’t tell: the likeliest is a ${digit}, with ${sure}`;
  return `Prediction: ${digit}, ${sure} sure`;
}

function sameImage(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && a.every((byte, n) => byte === b[n]);
}

/** A place on the pad, kept within an arm's length of it. */
export function padPoint(x: number, y: number, pressure: number): InkPoint {
  const within = (value: number) => Math.min(2 * PAD, Math.max(-PAD, value));
  return { x: within(x), y: within(y), pressure: Math.min(1, Math.max(0, pressure)) };
}
