import { fromHalf, toHalf } from '../models/float16.ts';
import type { Architecture, NetworkModel } from '../nn/model.ts';

/** A network's parameters after some epoch: for looking back at, not for training on. */
export interface Snapshot {
  /** Epochs done: 0 for the network as it was drawn. */
  readonly epoch: number;
  /**
   * Weights and then biases of each layer, first layer first: in half precision, or as floats where halves cannot hold
   * them: one is too large, or all of a layer's weights are too small.
   */
  readonly values: Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** Snapshots that a run keeps at most, and their bytes. */
const MOST_SNAPSHOTS = 100;
const MOST_SNAPSHOT_BYTES = 48e6;

/** Of a half: all bits of the exponent set, which is ∞ or no number. */
const NOT_FINITE = 0x7c00;
/** The least number that a half holds to all its digits; what is smaller loses them, down to 0. */
const SMALLEST_NORMAL_HALF = 2 ** -14;

/** @throws RangeError when a parameter is not finite, naming its place: such a network could not be opened again */
export function packSnapshot(epoch: number, { layers }: NetworkModel): Snapshot {
  const length = layers.reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
  const floats = new Float32Array(length);
  let at = 0;
  for (const { weights, bias } of layers) {
    for (const values of [weights, bias]) {
      floats.set(values, at);
      at += values.length;
    }
  }
  checkFinite(floats);
  const halves = Uint16Array.from(floats, toHalf);
  const isHeld = placeNotFinite(halves) < 0 && !layers.some(({ weights }) => isTiny(weights));
  return { epoch, values: isHeld ? halves : floats };
}

/** Whether weights are there, and not one of them is as large as a half wants it. */
function isTiny(weights: ArrayLike<number>): boolean {
  let largest = 0;
  for (let n = 0; n < weights.length; n++) largest = Math.max(largest, Math.abs(weights[n]));
  return largest > 0 && largest < SMALLEST_NORMAL_HALF;
}

/** @throws RangeError when there are not as many numbers as the architecture has parameters, or one is not finite */
export function unpackSnapshot(snapshot: Snapshot, { inputs, layers }: Architecture): NetworkModel {
  checkSnapshot(snapshot, { inputs, layers });
  const { values } = snapshot;
  let at = 0;
  const take = (length: number) => {
    const part = values.subarray(at, at + length);
    at += length;
    return part instanceof Float32Array ? part.slice() : Float32Array.from(part, fromHalf);
  };
  const models = layers.map(({ units, activation }, l) => {
    const width = layers[l - 1]?.units ?? inputs;
    return { inputs: width, units, activation, weights: take(units * width), bias: take(units) };
  });
  return { layers: models };
}

/** What `unpackSnapshot` throws, without the work of unpacking. */
export function checkSnapshot({ values }: Snapshot, { inputs, layers }: Architecture): void {
  const parameters = layers.reduce(
    (sum, { units }, l) => sum + units * ((layers[l - 1]?.units ?? inputs) + 1),
    0,
  );
  if (parameters !== values.length) {
    throw new RangeError(
      `a snapshot of ${values.length} numbers is none of a network with ${parameters} parameters`,
    );
  }
  checkFinite(values);
}

function checkFinite(values: Snapshot['values']): void {
  const at = placeNotFinite(values);
  if (at < 0) return;
  const value = values instanceof Float32Array ? values[at] : fromHalf(values[at]);
  throw new RangeError(`parameter ${at} of ${values.length} is ${value}, which no snapshot can hold`);
}

/** Place of the first number that is not finite; −1 where all are. */
function placeNotFinite(values: Snapshot['values']): number {
  return values instanceof Float32Array
    ? values.findIndex((value) => !Number.isFinite(value))
    : values.findIndex((half) => (half & NOT_FINITE) === NOT_FINITE);
}

/**
 * The snapshots with one more. Where they would not keep within the bound, those of every second epoch are let go, then of
 * every second of what is left, and so on; the last always stays.
 */
export function withSnapshot(
  kept: readonly Snapshot[],
  next: Snapshot,
  mostBytes = MOST_SNAPSHOT_BYTES,
): readonly Snapshot[] {
  const largest = [...kept, next].reduce((most, { values }) => Math.max(most, values.byteLength), 0);
  const most = Math.max(2, Math.min(MOST_SNAPSHOTS, Math.floor(mostBytes / largest)));
  let stride = 1;
  while (next.epoch / stride + 1 > most) stride *= 2;
  return [...kept.filter(({ epoch }) => epoch < next.epoch && epoch % stride === 0), next];
}
