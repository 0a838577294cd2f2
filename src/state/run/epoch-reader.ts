import { nextTask } from '../remote/next-task.ts';
import { predictedClass } from '../../lib/nn/losses.ts';
import { Network } from '../../lib/nn/network.ts';
import { type Setup, architectureOf } from '../../lib/training/setup.ts';
import { type Snapshot, unpackSnapshot } from '../../lib/training/snapshot.ts';

/** How one image was read after one epoch. */
export interface ReadThen {
  readonly epoch: number;
  readonly probabilities: readonly number[];
  readonly digit: number;
}

/** Milliseconds of reading between two breaths of the page. */
const BREATH = 8;

/** Reads one image by the networks of all epochs of a run. */
export function createEpochReader() {
  /** What is known of the image read last: a run adds epochs to it, one by one. */
  let known:
    { readonly image: Uint8Array; readonly readings: WeakMap<Snapshot, Omit<ReadThen, 'epoch'>> } | undefined;
  return {
    /**
     * With a breath for the page in between.
     *
     * @param pixels (784) bytes
     * @param isStill whether it is still wanted
     * @returns nothing where it is not wanted any more
     */
    async read(
      all: readonly Snapshot[],
      setup: Setup,
      pixels: Uint8Array,
      isStill: () => boolean,
    ): Promise<ReadThen[] | undefined> {
      if (known?.image !== pixels) known = { image: pixels, readings: new WeakMap() };
      const readThen = known.readings;
      const found: ReadThen[] = [];
      let breathed = performance.now();
      for (const packed of all) {
        const read = readThen.get(packed) ?? readWith(packed, setup, pixels);
        readThen.set(packed, read);
        found.push({ epoch: packed.epoch, ...read });
        if (performance.now() - breathed > BREATH) {
          await nextTask();
          if (!isStill()) return undefined;
          breathed = performance.now();
        }
      }
      return found;
    },
  };
}

function readWith(packed: Snapshot, setup: Setup, pixels: Uint8Array): Omit<ReadThen, 'epoch'> {
  const network = Network.fromModel(unpackSnapshot(packed, architectureOf(setup)), { loss: setup.loss });
  const one = { count: 1, width: pixels.length, values: pixels, labels: new Uint8Array(1) };
  const probabilities = Array.from(network.predict(one));
  return { probabilities, digit: predictedClass(probabilities, network.classes) };
}
