import { computed, signal } from '@preact/signals';
import type { ElementwiseName } from '../../lib/nn/activations.ts';
import { referenceKernels } from '../../lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../lib/nn/network.ts';
import { type Trace, trace } from '../../lib/nn/trace.ts';

export interface NeuronNumbers {
  readonly inputs: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
  readonly activation: ElementwiseName;
}

export const FIRST_NEURON: NeuronNumbers = {
  inputs: [1, 0.5, 0.8],
  weights: [0.6, -1, 0.5],
  bias: 0.2,
  activation: 'relu',
};

/** One unit of the library's network, with the given numbers, and its pass. */
export function neuronPass({ inputs, weights, bias, activation }: NeuronNumbers): Trace {
  const network = new Network(
    { inputs: inputs.length, layers: [{ units: 1, activation }] },
    { loss: 'mean-squared-error', kernels: referenceKernels('float64') },
  );
  network.layers[0].write('weights', weights);
  network.layers[0].write('bias', [bias]);
  // Only the forward pass is shown, so that the label, which there must be, has no part in it.
  const values = Float64Array.from(inputs);
  return trace(network, { count: 1, width: inputs.length, values, labels: new Uint8Array(1) }, 0);
}

/** A neuron with three inputs whose numbers the reader sets. */
export function createSmallNeuron() {
  const numbers = signal<NeuronNumbers>(FIRST_NEURON);
  const replaced = (list: readonly number[], at: number, value: number) =>
    list.map((before, n) => (n === at ? value : before));
  return {
    numbers,
    pass: computed(() => neuronPass(numbers.value)),
    setInput(at: number, value: number): void {
      numbers.value = { ...numbers.peek(), inputs: replaced(numbers.peek().inputs, at, value) };
    },
    setWeight(at: number, value: number): void {
      numbers.value = { ...numbers.peek(), weights: replaced(numbers.peek().weights, at, value) };
    },
    setBias(bias: number): void {
      numbers.value = { ...numbers.peek(), bias };
    },
    setActivation(activation: ElementwiseName): void {
      numbers.value = { ...numbers.peek(), activation };
    },
    reset(): void {
      numbers.value = FIRST_NEURON;
    },
  };
}
