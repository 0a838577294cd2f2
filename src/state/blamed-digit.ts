import { computed, signal } from '@preact/signals';
import { type Dataset, imageOf } from '../lib/data/dataset.ts';
import { referenceKernels } from '../lib/nn/kernels/reference-kernels.ts';
import { Network } from '../lib/nn/network.ts';
import { type Trace, trace } from '../lib/nn/trace.ts';
import { loadDataset } from './datasets.ts';
import { loadNetwork } from './networks.ts';

/** The same weights in float64: for figures that claim two computations to be equal to many places. */
export function inDoublePrecision(network: Network): Network {
  return Network.fromModel(network.toModel(), {
    loss: network.loss,
    kernels: referenceKernels('float64'),
  });
}

/**
 * A test digit with its own label in the original network, in float64: what the experiments with gradients begin with.
 *
 * @param first which of the sample's test images
 */
export function createBlamedDigit(first: number) {
  const digits = signal<Dataset | undefined>(undefined);
  const network = signal<Network | undefined>(undefined);
  const digit = signal(first);
  const failure = signal<string | undefined>(undefined);
  const pass = computed((): Trace | undefined =>
    network.value && digits.value ? trace(network.value, digits.value, digit.value) : undefined,
  );
  return {
    digits: computed(() => digits.value),
    digit: computed(() => digit.value),
    /** Nothing until `load` is through. */
    pass,
    model: computed(() => network.value?.toModel()),
    failure: computed(() => failure.value),
    label: computed(() => digits.value?.labels[digit.value]),
    image: computed(() => digits.value && imageOf(digits.value, digit.value)),
    async load(): Promise<void> {
      try {
        const [opened, dataset] = await Promise.all([loadNetwork('original'), loadDataset('sample-test')]);
        digits.value = dataset;
        network.value = inDoublePrecision(opened.network);
        failure.value = undefined;
      } catch (error) {
        failure.value = `The digit cannot be shown: ${(error as Error).message}`;
      }
    },
    /** Another of the test images; a number beyond the last is the last. */
    choose(wanted: number): void {
      const last = (digits.peek()?.count ?? 1) - 1;
      digit.value = Math.max(0, Math.min(last, Math.floor(wanted) || 0));
    },
  };
}

export type BlamedDigit = ReturnType<typeof createBlamedDigit>;
