import { computed, signal } from '@preact/signals';
import { referenceKernels } from '../../lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../lib/nn/network.ts';
import { type Trace, trace } from '../../lib/nn/trace.ts';
import { createDigitPick } from '../digits/digit-pick.ts';
import { loadNetwork } from '../site/networks.ts';
import { createRequirement } from '../site/requirement.ts';

/** The same weights in float64: for figures that claim two computations to be equal to many places. */
export function inDoublePrecision(network: Network): Network {
  return Network.fromModel(network.toModel(), {
    loss: network.loss,
    kernels: referenceKernels('float64'),
  });
}

/**
 * A digit with its own label in the original network, in float64: what the experiments with gradients begin with.
 *
 * @param first which of the sample's test images
 */
export function createBlamedDigit(first: number) {
  const digitPick = createDigitPick(first);
  const network = signal<Network | undefined>(undefined);
  const pass = computed((): Trace | undefined =>
    network.value && digitPick.example.value ? trace(network.value, digitPick.example.value, 0) : undefined,
  );
  const requirement = createRequirement('The digit cannot be shown', async () => {
    const [opened] = await Promise.all([loadNetwork('original'), digitPick.load()]);
    network.value = inDoublePrecision(opened.network);
  });
  return {
    ...requirement,
    digitPick,
    /** Nothing until `load` is through. */
    pass,
    network: computed(() => network.value),
    model: computed(() => network.value?.toModel()),
  };
}
