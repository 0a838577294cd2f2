import type { ElementwiseName } from './activations.ts';
import type { Examples } from './examples.ts';
import type { InitializerName } from './initializers.ts';
import { referenceKernels } from './kernels/reference-kernels.ts';
import { Network } from './network.ts';
import { Random } from './random.ts';

export interface DeepNetwork {
  /** Hidden layers, of `UNITS` units each. */
  readonly depth: number;
  readonly activation: ElementwiseName;
  readonly initializer: InitializerName;
}

/** The blame in one layer of a network that has learnt nothing yet. */
export interface LayerBlame {
  /** (units): δ */
  readonly delta: ArrayLike<number>;
  /** ‖∂W‖ */
  readonly gradientNorm: number;
  /** (units): whether the activation's slope is 0, so that nothing comes back through it. */
  readonly closed: readonly boolean[];
}

export const UNITS = 32;

/** How the blame for one example comes back through a deep network, first layer first; the output layer is left out. */
export function blameByLayer(
  { depth, activation, initializer }: DeepNetwork,
  examples: Examples,
  row: number,
  seed: number,
): LayerBlame[] {
  const hidden = Array.from({ length: depth }, () => ({ units: UNITS, activation }));
  const architecture = {
    inputs: examples.width,
    layers: [...hidden, { units: 10, activation: 'softmax' as const }],
  };
  const kernels = referenceKernels('float64');
  const network = Network.initialize(architecture, initializer, new Random(seed), { kernels });
  network.forwardWithLoss(examples, Uint32Array.of(row));
  network.backward();
  return network.layers.slice(0, depth).map((layer) => {
    const z = layer.read('preActivation');
    const isRelu = activation === 'relu';
    return {
      delta: layer.read('delta'),
      gradientNorm: Math.hypot(...layer.read('weightGradient')),
      closed: Array.from(z, (each) => isRelu && each <= 0),
    };
  });
}

/** ReLU units that are closed for every one of the examples, layer by layer: nothing will ever move them. */
export function deadUnits(
  { depth, activation, initializer }: DeepNetwork,
  examples: Examples,
  rows: Uint32Array,
  seed: number,
): number[] {
  if (activation !== 'relu') return new Array<number>(depth).fill(0);
  const hidden = Array.from({ length: depth }, () => ({ units: UNITS, activation }));
  const architecture = {
    inputs: examples.width,
    layers: [...hidden, { units: 10, activation: 'softmax' as const }],
  };
  const network = Network.initialize(architecture, initializer, new Random(seed));
  network.forward(examples, rows);
  return network.layers.slice(0, depth).map((layer) => {
    const z = layer.read('preActivation');
    let dead = 0;
    for (let unit = 0; unit < UNITS; unit++) {
      if (Array.from(rows, (_, i) => z[i * UNITS + unit]! <= 0).every(Boolean)) dead++;
    }
    return dead;
  });
}
