import { PIXELS } from '../../lib/data/dataset.ts';
import type { Examples } from '../../lib/nn/examples.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';

/** Units of the network that the chapters follow: 784 → 32 → 32 → 10. */
const HIDDEN = 32;
/** Images of the batch: enough to touch every pixel that these digits touch often. */
const BATCH = 1000;

export interface FirstGradient {
  /** (784): for each pixel, the largest size of the gradients of its 32 weights into the first layer */
  readonly sizes: Float64Array;
  /** Images that they were computed from. */
  readonly images: number;
}

/**
 * One real forward and backward pass of a freshly drawn network over the first images, and what of it reaches the
 * weights of each pixel.
 */
export function firstGradient(examples: Examples): FirstGradient {
  const network = Network.initialize(
    {
      inputs: PIXELS,
      layers: [
        { units: HIDDEN, activation: 'relu' },
        { units: HIDDEN, activation: 'relu' },
        { units: 10, activation: 'softmax' },
      ],
    },
    'he',
    new Random(1),
  );
  const rows = Uint32Array.from({ length: Math.min(BATCH, examples.count) }, (_, i) => i);
  network.forwardWithLoss(examples, rows);
  network.backward();
  const gradients = network.layers[0].read('weightGradient');
  const sizes = new Float64Array(PIXELS);
  for (let unit = 0; unit < HIDDEN; unit++) {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      sizes[pixel] = Math.max(sizes[pixel], Math.abs(gradients[unit * PIXELS + pixel]));
    }
  }
  return { sizes, images: rows.length };
}
