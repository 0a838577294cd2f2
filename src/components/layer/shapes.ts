import { computed, signal } from '@preact/signals';
import { referenceKernels } from '../../lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';

/** The sizes that the reader sets. A row of W has `weightsPerUnit` numbers, an example has `inputs`. */
export interface Sizes {
  readonly units: number;
  readonly weightsPerUnit: number;
  readonly inputs: number;
  readonly batch: number;
}

/** Small whole numbers in matrices, and their product, where there is one. */
export interface ShapedProduct {
  /** (units × weightsPerUnit), (units), (batch × inputs), each row-major. */
  readonly W: readonly number[];
  readonly b: readonly number[];
  readonly A: readonly number[];
  /** (batch × units), by the library's layer; nothing when the shapes do not go together. */
  readonly Z: readonly number[] | undefined;
  /** What does not fit, in words. */
  readonly mismatch: string | undefined;
}

export function shapedProduct({ units, weightsPerUnit, inputs, batch }: Sizes): ShapedProduct {
  const whole = (count: number, seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: count }, () => random.below(7) - 3);
  };
  const [W, b, A] = [whole(units * weightsPerUnit, 3), whole(units, 5), whole(batch * inputs, 7)];
  if (weightsPerUnit !== inputs) {
    const more = weightsPerUnit > inputs;
    const mismatch = `W has ${weightsPerUnit} columns and each example ${inputs} numbers: ${more ? `${weightsPerUnit - inputs} of a unit's weights find no input` : `${inputs - weightsPerUnit} inputs find no weight`}. These two must be equal; units and examples may be as many as you like.`;
    return { W, b, A, Z: undefined, mismatch };
  }
  const network = new Network(
    { inputs, layers: [{ units, activation: 'linear' }] },
    { loss: 'mean-squared-error', kernels: referenceKernels('float64') },
  );
  network.layers[0].write('weights', W);
  network.layers[0].write('bias', b);
  const examples = {
    count: batch,
    width: inputs,
    values: Float64Array.from(A),
    labels: new Uint8Array(batch),
  };
  return { W, b, A, Z: [...network.predict(examples)], mismatch: undefined };
}

export function createShapes() {
  const sizes = signal<Sizes>({ units: 2, weightsPerUnit: 3, inputs: 3, batch: 1 });
  /** The number of Z that is looked at. */
  const place = signal<{ example: number; unit: number }>({ example: 0, unit: 0 });
  return {
    sizes,
    place,
    product: computed(() => shapedProduct(sizes.value)),
    look(next: { example: number; unit: number }): void {
      place.value = next;
    },
    resize(change: Partial<Sizes>): void {
      sizes.value = { ...sizes.peek(), ...change };
      place.value = { example: 0, unit: 0 };
    },
  };
}
