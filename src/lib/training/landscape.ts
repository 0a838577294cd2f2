import type { NetworkModel } from '../nn/model.ts';
import type { Random } from '../nn/random.ts';

/** A direction in the space of all parameters: weights and then biases of each layer, first layer first. */
export type Direction = Float64Array;

/** Where a slice is measured: steps along two directions, 0 being the network itself. */
export interface SliceGrid {
  readonly across: readonly number[];
  readonly along: readonly number[];
}

/** Power iterations for a main direction: the path of training has few, and they lie far apart. */
const ITERATIONS = 200;

/** All parameters in a row. */
export function parametersOf({ layers }: NetworkModel): Direction {
  const length = layers.reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
  const all = new Float64Array(length);
  let at = 0;
  for (const { weights, bias } of layers) {
    for (const values of [weights, bias]) {
      all.set(values, at);
      at += values.length;
    }
  }
  return all;
}

/** The model a steps along one direction and b along the other. */
export function movedModel(
  model: NetworkModel,
  first: Direction,
  a: number,
  second: Direction,
  b: number,
): NetworkModel {
  let at = 0;
  const move = (values: ArrayLike<number>) => {
    const moved = Float32Array.from(values, (value, n) => value + a * first[at + n] + b * second[at + n]);
    at += values.length;
    return moved;
  };
  return {
    layers: model.layers.map((layer) => ({ ...layer, weights: move(layer.weights), bias: move(layer.bias) })),
  };
}

/**
 * A random direction in which each unit's weights are as long as the unit's own: so a step means the same for all of
 * them. Biases stay. (Li et al., "Visualizing the Loss Landscape of Neural Nets", 2018.)
 */
export function filterNormalisedDirection({ layers }: NetworkModel, random: Random): Direction {
  const parts: number[] = [];
  for (const { inputs, units, weights, bias } of layers) {
    for (let unit = 0; unit < units; unit++) {
      const own = weights.subarray(unit * inputs, (unit + 1) * inputs);
      const drawn = Float64Array.from(own, () => random.normal());
      const factor = norm(own) / (norm(drawn) || 1);
      for (const value of drawn) parts.push(value * factor);
    }
    for (let unit = 0; unit < bias.length; unit++) parts.push(0);
  }
  return Float64Array.from(parts);
}

/** The plane of weights in which a run's way shows best. */
export interface PathPlane {
  readonly first: Direction;
  readonly second: Direction;
  /** Where each model of the path lies, in steps of the two directions from the last. */
  readonly places: readonly { readonly a: number; readonly b: number }[];
  /** Share of the path's variance that the plane shows. */
  readonly share: number;
}

/**
 * The plane through the last model of a path in which the path lies best: the two main directions of its models' ways
 * to the last (PCA without centring), of length 1.
 *
 * @throws RangeError for a path of fewer than three models
 */
export function mainPlane(path: readonly NetworkModel[]): PathPlane {
  if (path.length < 3)
    throw new RangeError(`a plane needs three networks of a path, and there are ${path.length}`);
  const last = parametersOf(path.at(-1)!);
  const ways = path.map((model) => {
    const way = parametersOf(model);
    for (let n = 0; n < way.length; n++) way[n] -= last[n];
    return way;
  });
  // The products of all pairs of ways: as many as the path is long, where the parameters are thousands.
  const products = ways.map((a) => ways.map((b) => dot(a, b)));
  const total = products.reduce((sum, row, n) => sum + row[n], 0);
  const directions: Direction[] = [];
  let shown = 0;
  for (let n = 0; n < 2; n++) {
    const { vector, value } = mainVector(products);
    shown += value;
    const direction = new Float64Array(last.length);
    vector.forEach((weight, i) => {
      for (let k = 0; k < direction.length; k++) direction[k] += weight * ways[i][k];
    });
    const length = norm(direction) || 1;
    for (let k = 0; k < direction.length; k++) direction[k] /= length;
    directions.push(direction);
    vector.forEach((x, i) => {
      vector.forEach((y, j) => {
        products[i][j] -= value * x * y;
      });
    });
  }
  const [first, second] = directions as [Direction, Direction];
  const places = ways.map((way) => ({ a: dot(way, first), b: dot(way, second) }));
  return { first, second, places, share: total > 0 ? shown / total : 1 };
}

/** Where models lie in a plane through one of them, by the projection on its directions. */
export function placesIn(
  path: readonly NetworkModel[],
  centre: NetworkModel,
  first: Direction,
  second: Direction,
): { a: number; b: number }[] {
  const from = parametersOf(centre);
  const [x, y, xy] = [dot(first, first), dot(second, second), dot(first, second)];
  const determinant = x * y - xy * xy || 1;
  return path.map((model) => {
    const way = parametersOf(model);
    for (let n = 0; n < way.length; n++) way[n] -= from[n];
    const [p, q] = [dot(way, first), dot(way, second)];
    return { a: (p * y - q * xy) / determinant, b: (q * x - p * xy) / determinant };
  });
}

/** The eigenvector of the largest eigenvalue of a symmetric matrix, of length 1. */
function mainVector(matrix: readonly (readonly number[])[]): { vector: number[]; value: number } {
  let vector = matrix.map((_, n) => 1 + n / 10);
  let value = 0;
  for (let n = 0; n < ITERATIONS; n++) {
    const next = matrix.map((row) => row.reduce((sum, product, j) => sum + product * vector[j], 0));
    value = norm(next);
    if (value === 0) return { vector: vector.map(() => 0), value: 0 };
    vector = next.map((x) => x / value);
  }
  return { vector, value };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n] * b[n];
  return sum;
}

function norm(values: ArrayLike<number>): number {
  return Math.sqrt(dot(values, values));
}
