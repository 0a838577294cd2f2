import { formatShare } from '../../explain/numbers.ts';
import {
  type PrincipalDirections,
  placesAlong,
  principalDirections,
} from '../../lib/experiments/principal.ts';
import { Random } from '../../lib/nn/random.ts';
import { Network } from '../../lib/nn/network.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { type Examination, examine, reviewerWith } from './examination.ts';

export const POINTS = 600;

export interface LastLayer {
  readonly examination: Examination;
  readonly units: number;
  /** (600 × units): the activations. */
  readonly hidden: Float32Array;
  readonly found: PrincipalDirections;
  /** (600 × 2) */
  readonly places: Float64Array;
}

/** The first test images where the last hidden layer puts them, along its two widest directions. */
export async function lookAtLastLayer(name: NetworkName, said: (share: number) => void): Promise<LastLayer> {
  const examination = await examine(name, said);
  const { model, loss } = examination;
  const review = await reviewerWith(['test']);
  const { hidden, units } = await review.outputs({ dataset: 'test', model, loss, images: POINTS });
  return { examination, units, hidden, ...projected(hidden, units) };
}

export function projected(hidden: ArrayLike<number>, units: number): Pick<LastLayer, 'found' | 'places'> {
  const found = principalDirections(hidden, units, 2, new Random(1));
  return { found, places: placesAlong(hidden, found) };
}

/** The activations of a picture that is none of the test images. */
export function hiddenOf({ examination }: LastLayer, image: Uint8Array): Float32Array {
  const { model, loss } = examination;
  const network = Network.fromModel(model, { loss });
  network.forward({ count: 1, width: 784, values: image, labels: new Uint8Array(1) }, Uint32Array.of(0));
  return Float32Array.from(network.layers.at(-2)?.read('activation') ?? network.readInput());
}

/** The share of all variance that the two directions have. */
export function shareSeen({ found }: Pick<LastLayer, 'found'>): number {
  return (found.variances[0] + found.variances[1]) / found.total;
}

export function describeLastLayer(layer: Pick<LastLayer, 'found' | 'units'>): string {
  const { variances, total } = layer.found;
  return `Of all that ${layer.units} activations vary, ${formatShare(variances[0] / total)} lies along the first direction and ${formatShare(variances[1] / total)} along the second: ${formatShare(shareSeen(layer))} can be seen here, and ${formatShare(1 - shareSeen(layer))} cannot.`;
}
