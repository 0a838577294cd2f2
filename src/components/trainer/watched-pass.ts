import { computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import { Network } from '../../lib/nn/network.ts';
import { type Trace, trace } from '../../lib/nn/trace.ts';
import { loadDataset } from '../../state/site/datasets.ts';
import type { Run } from '../../state/run/run.ts';

/**
 * One digit in the network as the run has it at the moment, forward and back: how the same picture is read, and who is blamed
 * for it, while the weights change.
 *
 * @param row which of the sample's test images
 */
export function createWatchedPass(run: Pick<Run, 'look' | 'model' | 'setup'>, row: number) {
  const digits = signal<Dataset | undefined>(undefined);
  const model = computed(() => run.look.value?.model ?? run.model.value);
  const pass = computed((): Trace | undefined => {
    if (!digits.value || !model.value) return undefined;
    try {
      return trace(Network.fromModel(model.value, { loss: run.setup.peek().loss }), digits.value, row);
    } catch {
      // A network whose numbers are lost has no pass to show; the run itself says what became of it.
      return undefined;
    }
  });
  return {
    pass,
    model,
    /** Fetches the digit; without it the map stays empty. */
    async begin(): Promise<void> {
      digits.value = await loadDataset('sample-test').catch(() => undefined);
    },
  };
}
