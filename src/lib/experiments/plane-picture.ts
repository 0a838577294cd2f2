import type { Examples } from '../nn/examples.ts';
import type { Network } from '../nn/network.ts';
import { type PlanePoint, REACH, planeExamples } from './plane.ts';

/** What a network of the plane makes of all of it. */
export interface PlanePicture {
  /** (side × side), the top row first: how much more it gives the second kind than the first, in [−1, 1]. */
  readonly surface: Float64Array;
  /** For each hidden unit the line on which its sum is 0, as far as it lies within the plane. */
  readonly folds: readonly (Fold | undefined)[];
  /** Share of the places where a single layer, made from three of the network's answers, names the same kind. */
  readonly agreement: number;
  /** For each point whether its kind was read right. */
  readonly right: readonly boolean[];
}

/** A line from one edge of the plane to another. */
export interface Fold {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** @param side places in each row and each column of the picture */
export function planePicture(network: Network, points: readonly PlanePoint[], side: number): PlanePicture {
  const places = placesOf(side);
  const scores = scoreDifferences(network, places);
  const outputs = network.predict(places);
  const stand = standIn(network);
  let same = 0;
  for (let n = 0; n < places.count; n++) {
    const single = stand(places.values[2 * n], places.values[2 * n + 1]);
    // Exactly 0 is the border itself: there both kinds are as good.
    if (scores[n] * single >= 0) same++;
  }
  const differences = points.length > 0 ? scoreDifferences(network, planeExamples(points)) : [];
  return {
    surface: Float64Array.from(scores, (_, n) => outputs[2 * n + 1] - outputs[2 * n]),
    folds: Array.from({ length: network.layers[0].units }, (_, unit) => foldOf(network, unit)),
    agreement: same / places.count,
    right: points.map(({ kind }, n) => (kind === 1 ? differences[n] > 0 : differences[n] < 0)),
  };
}

/** The middle of each square of the picture, row by row from the top. */
export function placeOf(index: number, side: number): { x: number; y: number } {
  const at = (n: number) => ((2 * n + 1) / side - 1) * REACH;
  return { x: at(index % side), y: -at(Math.floor(index / side)) };
}

function placesOf(side: number): Examples {
  const points = Array.from({ length: side * side }, (_, n): PlanePoint => ({
    ...placeOf(n, side),
    kind: 0,
  }));
  return planeExamples(points);
}

/** The second kind's score minus the first's, before softmax: above 0 where the network names the second kind. */
function scoreDifferences(network: Network, places: Examples): Float64Array {
  network.forward(
    places,
    Uint32Array.from({ length: places.count }, (_, n) => n),
  );
  const scores = network.layers[network.layers.length - 1].read('preActivation');
  return Float64Array.from({ length: places.count }, (_, n) => scores[2 * n + 1] - scores[2 * n]);
}

/**
 * The single layer that a network would be without its bends, from three questions: its answer to (0, 0) is the bias,
 * and what the answers to (1, 0) and (0, 1) are more are the weights.
 */
export function standIn(network: Network): (x: number, y: number) => number {
  const questions = [
    [0, 0],
    [1, 0],
    [0, 1],
  ].map(([x, y]): PlanePoint => ({ x, y, kind: 0 }));
  const [bias, first, second] = scoreDifferences(network, planeExamples(questions));
  return (x, y) => bias + x * (first - bias) + y * (second - bias);
}

/** Where w·x + b = 0 of a hidden unit, cut at the edges of the plane; nothing where it does not cross it. */
export function foldOf(network: Network, unit: number): Fold | undefined {
  const [weights, biases] = [network.layers[0].read('weights'), network.layers[0].read('bias')];
  const [w1, w2, b] = [weights[2 * unit], weights[2 * unit + 1], biases[unit]];
  const length = Math.sqrt(w1 * w1 + w2 * w2);
  if (length === 0) return undefined;
  // The place of the line that is nearest to the middle, and the direction along it.
  const [x, y] = [(-b * w1) / (length * length), (-b * w2) / (length * length)];
  const [dx, dy] = [-w2 / length, w1 / length];
  let [from, to] = [-Infinity, Infinity];
  for (const [at, direction] of [
    [x, dx],
    [y, dy],
  ]) {
    if (direction === 0) {
      if (Math.abs(at) > REACH) return undefined;
      continue;
    }
    const edges = [(-REACH - at) / direction, (REACH - at) / direction];
    from = Math.max(from, Math.min(...edges));
    to = Math.min(to, Math.max(...edges));
  }
  if (!(from < to)) return undefined;
  return { from: [x + from * dx, y + from * dy], to: [x + to * dx, y + to * dy] };
}
