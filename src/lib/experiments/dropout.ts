import type { Examples, Real } from '../nn/examples.ts';
import { predictedClass } from '../nn/losses.ts';
import type { Network } from '../nn/network.ts';
import { Random } from '../nn/random.ts';
import { drawDropoutMask } from '../nn/regularizers.ts';
import { type Trace, traceReading } from '../nn/trace.ts';

/** A forward pass with dropout on, as in training. */
export interface MaskedReading {
  readonly pass: Trace;
  /** Of each hidden layer, (units): 0 where a unit is dropped, else 1/(1 − p). */
  readonly masks: readonly Real[];
}

/**
 * Reads one example with units dropped, and says which: the same seed draws for `drawDropoutMask` what it drew for the network.
 *
 * @throws RangeError when the example does not fit the network
 */
export function readMasked(network: Network, examples: Examples, row: number, seed: number): MaskedReading {
  const pass = traceReading(network, examples, row, { dropoutRandom: new Random(seed) });
  const again = new Random(seed);
  const masks = network.layers.slice(0, -1).map(({ units, dropout }) => {
    const mask = new Float32Array(units).fill(1);
    if (dropout > 0) drawDropoutMask(mask, units, dropout, again);
    return mask;
  });
  return { pass, masks };
}

/** What came of many masks for one example. */
export interface ManyMasks {
  readonly count: number;
  /** Σ over the masks of the second layer's sums z, (units): those above the first units that are dropped. */
  readonly sums: Float64Array;
  /** (classes): how many of the masks let the network read which. */
  readonly reads: Uint32Array;
}

/**
 * Reads one example with so many masks more.
 *
 * @param before those that were drawn already
 * @throws RangeError when the network has no hidden layer: nothing is dropped then
 */
export function readManyMasks(
  network: Network,
  examples: Examples,
  row: number,
  { count, random, before }: { readonly count: number; readonly random: Random; readonly before?: ManyMasks },
): ManyMasks {
  const [, second] = network.layers;
  if (!second) throw new RangeError('a network without a hidden layer has no units to drop');
  const outputs = network.forward(examples, new Uint32Array(count).fill(row), random).copy();
  const z = second.read('preActivation');
  const sums = before?.sums.slice() ?? new Float64Array(second.units);
  const reads = before?.reads.slice() ?? new Uint32Array(network.classes);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < second.units; j++) sums[j] += z[i * second.units + j];
    const read = predictedClass(outputs, network.classes, i);
    if (read >= 0) reads[read]++;
  }
  return { count: (before?.count ?? 0) + count, sums, reads };
}

/** How far the mean over the masks is from what the sums are when nothing is dropped. */
export interface MeanGap {
  /** (units) each: without dropout; the mean over the masks; that mean if what is kept were not divided by 1 − p. */
  readonly whole: Real;
  readonly mean: Float64Array;
  readonly undivided: Float64Array;
}

/** @param rate p, the share that is dropped */
export function meanGap(
  network: Network,
  examples: Examples,
  row: number,
  many: ManyMasks,
  rate: number,
): MeanGap {
  const whole = traceReading(network, examples, row).values('preActivation', 2);
  const bias = network.layers[1].read('bias');
  const mean = many.sums.map((sum) => sum / many.count);
  // A sum is its bias and a share for every unit that was kept: without the division each share is 1 − p times as large.
  const undivided = mean.map((z, j) => bias[j] + (1 - rate) * (z - bias[j]));
  return { whole, mean, undivided };
}

/** √ of the mean of the squared differences. */
export function rootMeanSquare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let n = 0; n < a.length; n++) squares += (a[n] - b[n]) ** 2;
  return Math.sqrt(squares / a.length);
}
