import { computed, signal } from '@preact/signals';
import type { ElementwiseName } from '../lib/nn/activations.ts';
import { referenceKernels } from '../lib/nn/kernels/reference-kernels.ts';
import { Network } from '../lib/nn/network.ts';
import { Random } from '../lib/nn/random.ts';

/** A small network of two layers, the same weights whatever its activation. */
function smallNetwork(hidden: ElementwiseName, seed: number): Network {
  return Network.initialize(
    {
      inputs: 2,
      layers: [
        { units: 4, activation: hidden },
        { units: 1, activation: 'linear' },
      ],
    },
    'he',
    new Random(seed),
    { loss: 'mean-squared-error', kernels: referenceKernels('float64') },
  );
}

/** What a network answers to two inputs. */
export function answer(network: Network, inputs: readonly [number, number]): number {
  const values = Float64Array.from(inputs);
  return network.predict({ count: 1, width: 2, values, labels: new Uint8Array(1) })[0]!;
}

/**
 * What a single layer would answer, known from three questions: its answer to (0, 0) is its bias, and what the answers
 * to (1, 0) and (0, 1) are more are its weights.
 */
export function singleLayerAnswer(network: Network, [first, second]: readonly [number, number]): number {
  const bias = answer(network, [0, 0]);
  return bias + first * (answer(network, [1, 0]) - bias) + second * (answer(network, [0, 1]) - bias);
}

/** Two layers, with a bend between them or without: can one layer stand in for both? */
export function createLinearStack() {
  const inputs = signal<readonly [number, number]>([0.5, -1]);
  const activation = signal<ElementwiseName>('linear');
  const seed = signal(2);
  const network = computed(() => smallNetwork(activation.value, seed.value));
  return {
    inputs,
    activation,
    seed,
    both: computed(() => answer(network.value, inputs.value)),
    single: computed(() => singleLayerAnswer(network.value, inputs.value)),
  };
}
