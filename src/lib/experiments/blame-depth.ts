import type { ElementwiseName } from '../nn/activations.ts';
import type { Examples } from '../nn/examples.ts';
import type { InitializerName } from '../nn/initializers.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';
import { Network } from '../nn/network.ts';
import { Random } from '../nn/random.ts';

/** A network of many layers alike. */
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
  /** (units): whether the activation's slope is 0, so that nothing comes back through it. */
  readonly closed: readonly boolean[];
}

const UNITS = 32;

/** How the blame for one example comes back through a deep network, first layer first; the output layer is left out. */
export function blameByLayer(deep: DeepNetwork, examples: Examples, row: number, seed: number): LayerBlame[] {
  const network = freshNetwork(deep, examples.width, seed);
  network.forwardWithLoss(examples, Uint32Array.of(row));
  network.backward();
  return network.layers.slice(0, deep.depth).map((layer) => {
    const z = layer.read('preActivation');
    const isRelu = deep.activation === 'relu';
    return { delta: layer.read('delta'), closed: Array.from(z, (each) => isRelu && each <= 0) };
  });
}

/** ReLU units that are closed for every one of the examples, layer by layer: nothing will ever move them. */
export function deadUnits(deep: DeepNetwork, examples: Examples, rows: Uint32Array, seed: number): number[] {
  if (deep.activation !== 'relu') return new Array<number>(deep.depth).fill(0);
  const network = freshNetwork(deep, examples.width, seed);
  network.forward(examples, rows);
  return network.layers.slice(0, deep.depth).map((layer) => {
    const z = layer.read('preActivation');
    let dead = 0;
    for (let unit = 0; unit < UNITS; unit++) {
      if (Array.from(rows, (_, i) => z[i * UNITS + unit] <= 0).every(Boolean)) dead++;
    }
    return dead;
  });
}

/** In float64: through twenty layers, blame may become smaller than float32 can hold. */
function freshNetwork(
  { depth, activation, initializer }: DeepNetwork,
  inputs: number,
  seed: number,
): Network {
  const hidden = Array.from({ length: depth }, () => ({ units: UNITS, activation }));
  return Network.initialize(
    { inputs, layers: [...hidden, { units: 10, activation: 'softmax' }] },
    initializer,
    new Random(seed),
    { kernels: referenceKernels('float64') },
  );
}
