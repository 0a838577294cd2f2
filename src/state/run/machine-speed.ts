import { signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import type { MeasuredSpeed, Speed } from '../../lib/training/speed.ts';
import type { Setup } from '../../lib/training/setup.ts';
import { type Loading, createSession } from '../remote/session.ts';
import { type Remote, connect } from '../remote/worker-client.ts';
import { datasetFor } from '../site/datasets.ts';
import { kernelBytes } from '../site/kernels.ts';

/** What a measurement needs from outside. */
export interface SpeedWorld {
  readonly start: () => Remote<Speed>;
  readonly load: (loading: Loading) => Promise<Dataset>;
  readonly kernels: typeof kernelBytes;
}

/** Milliseconds for each kind of kernels: long enough to be repeatable, short enough to wait for. */
const MEASURED = 1500;
const SILENCE = 60_000;

const page: SpeedWorld = {
  start: () =>
    connect<Speed>(
      new Worker(new URL('../../workers/speed.ts', import.meta.url), { type: 'module' }),
      SILENCE,
    ),
  load: datasetFor('sample-train'),
  kernels: kernelBytes,
};

/** How fast this machine trains a network, by plain loops and by the fast kernels, one after the other. */
export function createMachineSpeed(world: SpeedWorld = page) {
  const results = signal<readonly MeasuredSpeed[]>([]);
  const isBusy = signal(false);
  const failure = signal<string | undefined>(undefined);

  const session = createSession({
    load: async (loading: Loading) => ({
      dataset: await world.load(loading),
      kernels: await world.kernels(),
    }),
    start: world.start,
    prepare: async (worker, loaded) => ({ worker, ...loaded }),
  });

  function cancel(): void {
    session.letGo();
    isBusy.value = false;
  }

  return {
    results,
    isBusy,
    failure,
    cancel,
    async measure(setup: Setup): Promise<void> {
      cancel();
      [isBusy.value, failure.value, results.value] = [true, undefined, []];
      await session.work(
        async ({ worker, dataset, kernels: bytes }) => {
          for (const kernels of [undefined, bytes]) {
            const measured = await worker.measure({ setup, dataset, kernels, milliseconds: MEASURED });
            results.value = [...results.peek(), measured];
          }
          cancel();
        },
        (error) => {
          cancel();
          failure.value = `It could not be measured: ${error.message}`;
        },
      );
    },
  };
}
