import { computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import type { Network } from '../../lib/nn/network.ts';
import { type Trace, trace } from '../../lib/nn/trace.ts';
import { productPictures } from '../../explain/contributions.ts';
import { createDigitPick } from '../../state/digits/digit-pick.ts';
import { loadNetwork } from '../../state/site/networks.ts';
import { createRequirement } from '../../state/site/requirement.ts';

/** What a first-layer unit does with one digit. */
export interface UnitView {
  readonly weights: ArrayLike<number>;
  readonly pixels: ArrayLike<number>;
  readonly products: ArrayLike<number>;
  /** (784): what the products come to, up to each pixel. */
  readonly running: Float64Array;
  readonly bias: number;
  readonly sum: number;
  readonly output: number;
}

export function unitView(pass: Trace, unit: number): UnitView {
  const pictures = productPictures(pass, unit);
  const running = new Float64Array(pictures.products.length);
  let total = 0;
  for (let k = 0; k < running.length; k++) {
    total += pictures.products[k];
    running[k] = total;
  }
  return {
    ...pictures,
    running,
    bias: pass.values('bias', 1)[unit],
    sum: pass.values('preActivation', 1)[unit],
    output: pass.values('activation', 1)[unit],
  };
}

/** The mean output of a first-layer unit over the images of each digit: (10). */
export function meanOutputs(network: Network, digits: Dataset, unit: number): Float64Array {
  const rows = Uint32Array.from({ length: digits.count }, (_, row) => row);
  network.forward(digits, rows);
  const outputs = network.layers[0].read('activation');
  const { units } = network.layers[0];
  const [sums, counts] = [new Float64Array(10), new Float64Array(10)];
  for (let row = 0; row < digits.count; row++) {
    sums[digits.labels[row]] += outputs[row * units + unit];
    counts[digits.labels[row]]++;
  }
  return sums.map((sum, digit) => sum / counts[digit]);
}

/** A unit of the original network's first layer, a digit, and what the one makes of the other. */
export function createDigitNeuron(start: { digit: number; unit: number }) {
  const digitPick = createDigitPick(start.digit);
  const network = signal<Network | undefined>(undefined);
  const unit = signal(start.unit);
  const pixel = signal<number | undefined>(undefined);
  const pass = computed(
    () => network.value && digitPick.example.value && trace(network.value, digitPick.example.value, 0),
  );
  const requirement = createRequirement('The neuron cannot be shown', async () => {
    const [opened] = await Promise.all([loadNetwork('original'), digitPick.load()]);
    network.value = opened.network;
  });
  return {
    ...requirement,
    digitPick,
    unit,
    pixel,
    view: computed(() => pass.value && unitView(pass.value, unit.value)),
    means: computed(
      () =>
        network.value &&
        digitPick.digits.value &&
        meanOutputs(network.value, digitPick.digits.value, unit.value),
    ),
    /** At one of the 784 pixels, or at none. */
    point(index: number | undefined): void {
      pixel.value = index;
    },
    chooseUnit(next: number): void {
      unit.value = next;
    },
  };
}
