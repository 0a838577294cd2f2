import { computed, effect, signal } from '@preact/signals';
import { Network } from '../../lib/nn/network.ts';
import { architectureOf, formatSetup } from '../../lib/training/setup.ts';
import { unpackSnapshot } from '../../lib/training/snapshot.ts';
import { createGenerations } from '../../state/remote/generations.ts';
import { type ReadThen, createEpochReader } from '../../state/run/epoch-reader.ts';
import { type KeptRun, keptRun } from '../../state/store/run-store.ts';
import { drawing } from './draw-page.ts';

/** The reader's own network at each of its epochs, and what each makes of the drawing. */
export function createEpochReadings() {
  const run = signal<KeptRun | undefined>(undefined);
  const isLooked = signal(false);
  const place = signal<number | undefined>(undefined);
  const readings = signal<readonly ReadThen[]>([]);
  const failure = signal<string | undefined>(undefined);
  const generations = createGenerations();
  const reader = createEpochReader();

  const snapshots = computed(() => run.value?.snapshots ?? []);
  const at = computed(() => Math.min(place.value ?? Infinity, snapshots.value.length - 1));

  async function readAll(image: Uint8Array | undefined): Promise<void> {
    const isStill = generations.begin();
    const { value: from } = run;
    if (!from || !image) {
      readings.value = [];
      return;
    }
    // The pen may still be down: only what stays on the pad is read by all of them.
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (!isStill()) return;
    const found = await reader.read(from.snapshots, from.setup, image, isStill);
    if (found && isStill()) readings.value = found;
  }

  return {
    /** Whether it is known by now if there is a network of the reader's. */
    isLooked,
    snapshots,
    at,
    readings,
    failure,
    reading: computed(() => readings.value[at.value]),
    /** Looks for the reader's run, and reads by it whatever is on the pad. */
    async begin(): Promise<void> {
      try {
        run.value = await keptRun();
      } catch (error) {
        failure.value = `Your network could not be read from this browser's store: ${(error as Error).message}.`;
      }
      isLooked.value = true;
      effect(() => void readAll(drawing.reading.value?.image));
    },
    /** Goes to an epoch: the pad reads with the network as it was then. */
    travel(to: number): void {
      const { value: from } = run;
      const snapshot = snapshots.value[to];
      if (!from || !snapshot) return;
      place.value = to;
      const { setup } = from;
      const model = unpackSnapshot(snapshot, architectureOf(setup));
      const network = Network.fromModel(model, { loss: setup.loss });
      drawing.readWith(`yours-${snapshot.epoch}`, {
        network,
        metadata: { loss: setup.loss, training: formatSetup(setup) },
      });
    },
  };
}
