import { signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import type { MeasuredSpeed, Speed } from '../lib/training/speed.ts';
import type { Setup } from '../lib/training/setup.ts';
import { kernelBytes } from './kernels.ts';
import { type Remote, connect } from './worker-client.ts';

/** Milliseconds for each kind of kernels: long enough to be repeatable, short enough to wait for. */
const MEASURED = 1500;
const SILENCE = 60_000;

/** How fast this machine trains a network, by plain loops and by the fast kernels, one after the other. */
export function createMachineSpeed() {
  const results = signal<readonly MeasuredSpeed[]>([]);
  const isBusy = signal(false);
  const failure = signal<string | undefined>(undefined);
  let worker: Remote<Speed> | undefined;

  function cancel(): void {
    worker?.end();
    worker = undefined;
    isBusy.value = false;
  }

  return {
    results,
    isBusy,
    failure,
    cancel,
    async measure(setup: Setup, dataset: Dataset): Promise<void> {
      cancel();
      [isBusy.value, failure.value, results.value] = [true, undefined, []];
      const own = connect<Speed>(
        new Worker(new URL('../workers/speed.ts', import.meta.url), { type: 'module' }),
        SILENCE,
      );
      worker = own;
      try {
        const bytes = await kernelBytes();
        for (const kernels of [undefined, bytes]) {
          const measured = await own.measure({ setup, dataset, kernels, milliseconds: MEASURED });
          if (worker !== own) return;
          results.value = [...results.peek(), measured];
        }
      } catch (error) {
        if (worker === own) failure.value = `It could not be measured: ${(error as Error).message}`;
      } finally {
        if (worker === own) cancel();
      }
    },
  };
}
