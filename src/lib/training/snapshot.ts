import { fromHalf, toHalf } from '../models/float16.ts';
import type { NetworkModel } from '../nn/model.ts';
import type { Architecture } from '../nn/network.ts';

/** A network's parameters after some epoch, in half precision: for looking back at, not for training on. */
export interface Snapshot {
  /** Epochs done: 0 for the network as it was drawn. */
  readonly epoch: number;
  /** Weights and then biases of each layer, first layer first. */
  readonly halves: Uint16Array;
}

/** Snapshots that a run keeps at most, and their bytes. */
const MOST_SNAPSHOTS = 100;
export const MOST_SNAPSHOT_BYTES = 48e6;

export function packSnapshot(epoch: number, { layers }: NetworkModel): Snapshot {
  const length = layers.reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
  const halves = new Uint16Array(length);
  let at = 0;
  for (const { weights, bias } of layers) {
    for (const values of [weights, bias]) for (const value of values) halves[at++] = toHalf(value);
  }
  return { epoch, halves };
}

/** @throws RangeError when there are not as many numbers as the architecture has parameters */
export function unpackSnapshot({ halves }: Snapshot, { inputs, layers }: Architecture): NetworkModel {
  let at = 0;
  const take = (length: number) => {
    const values = Float32Array.from(halves.subarray(at, at + length), fromHalf);
    at += length;
    return values;
  };
  const models = layers.map(({ units, activation }, l) => {
    const width = layers[l - 1]?.units ?? inputs;
    return { inputs: width, units, activation, weights: take(units * width), bias: take(units) };
  });
  if (at !== halves.length) {
    throw new RangeError(`a snapshot of ${halves.length} numbers is none of a network with ${at} parameters`);
  }
  return { layers: models };
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
  const most = Math.max(2, Math.min(MOST_SNAPSHOTS, Math.floor(mostBytes / next.halves.byteLength)));
  let stride = 1;
  while (next.epoch / stride + 1 > most) stride *= 2;
  return [...kept.filter(({ epoch }) => epoch < next.epoch && epoch % stride === 0), next];
}
