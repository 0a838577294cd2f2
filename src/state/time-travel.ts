import { computed, effect, signal } from '@preact/signals';
import { type Dataset, imageOf } from '../lib/data/dataset.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import type { NetworkModel } from '../lib/nn/model.ts';
import { type Evaluation, Network } from '../lib/nn/network.ts';
import { architectureOf } from '../lib/training/setup.ts';
import { type Snapshot, unpackSnapshot } from '../lib/training/snapshot.ts';
import { loadDataset } from './datasets.ts';
import { reviewFailure, reviewOf } from './review.ts';
import { type Run, readersRun } from './run.ts';

/** How one image was read after one epoch. */
export interface ReadThen {
  readonly epoch: number;
  readonly probabilities: readonly number[];
  readonly digit: number;
}

/** Milliseconds of reading between two breaths of the page. */
const BREATH = 8;

export type TimeTravel = ReturnType<typeof createTimeTravel>;

/** The epochs of a run to go back to: its networks as they were, and what they made of a digit. */
export function createTimeTravel(run: Run = readersRun) {
  /** The epoch looked at; the last that there is, until the reader chooses one. */
  const chosen = signal<number | undefined>(undefined);
  const place = computed(() => {
    const { value: all } = run.snapshots;
    const at = all.findLastIndex(({ epoch }) => epoch <= (chosen.value ?? Number.POSITIVE_INFINITY));
    return Math.max(0, at);
  });
  const snapshot = computed(() => run.snapshots.value[place.value]);
  const model = computed((): NetworkModel | undefined => {
    const packed = snapshot.value;
    return packed && unpackSnapshot(packed, architectureOf(run.setup.peek()));
  });

  const evaluations = new WeakMap<Snapshot, Evaluation>();
  /** Of the 10,000 test images, by the network of some snapshot. */
  const evaluation = signal<{ readonly of: Snapshot; readonly result: Evaluation } | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  /** Of the download of the test images, from 0 to 1. */
  const loading = signal<number | undefined>(undefined);
  const isWanted = signal(false);
  let isEvaluating = false;

  /** Measures the network that is looked at; where the reader has gone on meanwhile, the next one after it. */
  async function evaluate(): Promise<void> {
    if (isEvaluating) return;
    isEvaluating = true;
    try {
      const review = await reviewOf('test', (share) => {
        loading.value = share < 1 ? share : undefined;
      });
      loading.value = undefined;
      for (let now = snapshot.peek(); now && evaluation.peek()?.of !== now; now = snapshot.peek()) {
        const known = evaluations.get(now);
        const setup = run.setup.peek();
        const asked = {
          dataset: 'test',
          model: unpackSnapshot(now, architectureOf(setup)),
          loss: setup.loss,
        };
        const result = known ?? (await review.evaluate(asked));
        evaluations.set(now, result);
        evaluation.value = { of: now, result };
      }
      failure.value = undefined;
    } catch (error) {
      failure.value = `The test images could not be read by it: ${reviewFailure(error)}`;
    } finally {
      isEvaluating = false;
    }
  }

  const digits = signal<Dataset | undefined>(undefined);
  const row = signal(0);
  /** A drawing in place of a test image. */
  const drawn = signal<Uint8Array | undefined>(undefined);
  const image = computed(() => drawn.value ?? (digits.value && imageOf(digits.value, row.value)));
  const label = computed(() => (drawn.value ? undefined : digits.value?.labels[row.value]));
  const readings = signal<readonly ReadThen[]>([]);
  let readGeneration = 0;
  /** What is known of the image read last: a run adds epochs to it, one by one. */
  let known:
    { readonly image: Uint8Array; readonly readings: WeakMap<Snapshot, Omit<ReadThen, 'epoch'>> } | undefined;

  /** Reads the image by the networks of all epochs, with a breath for the page in between. */
  async function readAll(): Promise<void> {
    const own = ++readGeneration;
    const [pixels, all, setup] = [image.peek(), run.snapshots.peek(), run.setup.peek()];
    if (!pixels || !isWanted.peek()) {
      readings.value = [];
      return;
    }
    if (known?.image !== pixels) known = { image: pixels, readings: new WeakMap() };
    const readThen = known.readings;
    const found: ReadThen[] = [];
    let breathed = performance.now();
    for (const packed of all) {
      const read = readThen.get(packed) ?? readWith(packed, setup, pixels);
      readThen.set(packed, read);
      found.push({ epoch: packed.epoch, ...read });
      if (performance.now() - breathed > BREATH) {
        await new Promise((resolve) => setTimeout(resolve));
        if (own !== readGeneration) return;
        breathed = performance.now();
      }
    }
    readings.value = found;
  }

  const reading = computed(() => readings.value.find(({ epoch }) => epoch === snapshot.value?.epoch));
  /** The first epoch since which the digit has been read right, without a lapse. */
  const learntAt = computed(() => {
    if (label.value === undefined || readings.value.length === 0) return undefined;
    const wrong = readings.value.findLastIndex(({ digit }) => digit !== label.value);
    return readings.value[wrong + 1]?.epoch;
  });

  return {
    run,
    place,
    snapshot,
    model,
    evaluation,
    failure,
    loading,
    digits,
    row,
    image,
    label,
    reading,
    readings,
    learntAt,
    travel(to: number): void {
      const all = run.snapshots.peek();
      const at = Math.min(all.length - 1, Math.max(0, to));
      chosen.value = at === all.length - 1 ? undefined : all[at]?.epoch;
    },
    chooseRow(next: number): void {
      drawn.value = undefined;
      row.value = next;
    },
    chooseDrawing(pixels: Uint8Array | undefined): void {
      drawn.value = pixels;
    },
    /** Begins to follow the run, for as long as the page is open. */
    begin(): void {
      if (isWanted.peek()) return;
      isWanted.value = true;
      loadDataset('sample-test').then(
        (dataset) => {
          digits.value = dataset;
        },
        (error: Error) => {
          failure.value = `No test digits: ${error.message}`;
        },
      );
      effect(() => {
        if (snapshot.value) void evaluate();
      });
      effect(() => {
        image.value;
        run.snapshots.value;
        void readAll();
      });
    },
  };
}

function readWith(
  packed: Snapshot,
  setup: Run['setup']['value'],
  pixels: Uint8Array,
): Omit<ReadThen, 'epoch'> {
  const network = Network.fromModel(unpackSnapshot(packed, architectureOf(setup)), { loss: setup.loss });
  const one = { count: 1, width: pixels.length, values: pixels, labels: new Uint8Array(1) };
  const probabilities = Array.from(network.predict(one));
  return { probabilities, digit: predictedClass(probabilities, network.classes) };
}

/** The reader's run, as all figures of a page travel through it. */
export const timeTravel = createTimeTravel();
