import { exponential, logarithm } from '../nn/elementary.ts';
import { predictedClass } from '../nn/losses.ts';

/** Images about which a network is about equally sure. */
export interface ReliabilityBin {
  readonly count: number;
  readonly right: number;
  /** The mean of what it says of its answers; NaN where there are none. */
  readonly confidence: number;
}

/** How sure a network is beside how often it is right. */
export interface Reliability {
  /** Equal parts of [0, 1], by the probability of the answer. */
  readonly bins: readonly ReliabilityBin[];
  /** The mean probability of the answers, and the share of them that is right. */
  readonly confidence: number;
  readonly accuracy: number;
  /** Expected calibration error: |right − sure| of each bin, weighted by its images (Naeini et al. 2015). */
  readonly error: number;
}

/** softmax(z / T), row by row: (count × classes). @throws RangeError when T is not above 0 */
export function probabilitiesAt(
  logits: ArrayLike<number>,
  classes: number,
  temperature: number,
): Float64Array {
  if (!(temperature > 0)) throw new RangeError(`a temperature is above 0, not ${temperature}`);
  const out = new Float64Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let max = -Infinity;
    for (let k = 0; k < classes; k++) max = Math.max(max, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      out[row + k] = exponential((logits[row + k] - max) / temperature);
      sum += out[row + k];
    }
    for (let k = 0; k < classes; k++) out[row + k] /= sum;
  }
  return out;
}

/**
 * Whether a network is right as often as it is sure.
 *
 * @param probabilities (count × classes)
 * @param labels (count)
 */
export function reliability(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  bins = 10,
): Reliability {
  const counts = new Float64Array(bins);
  const rights = new Float64Array(bins);
  const sums = new Float64Array(bins);
  for (let i = 0; i < labels.length; i++) {
    const answer = predictedClass(probabilities, classes, i);
    const sure = probabilities[i * classes + answer];
    const bin = Math.min(bins - 1, Math.floor(sure * bins));
    counts[bin]++;
    sums[bin] += sure;
    if (answer === labels[i]) rights[bin]++;
  }
  let [confidence, right, error] = [0, 0, 0];
  for (let bin = 0; bin < bins; bin++) {
    confidence += sums[bin];
    right += rights[bin];
    error += Math.abs(rights[bin] - sums[bin]);
  }
  return {
    bins: Array.from(counts, (count, bin) => ({
      count,
      right: rights[bin],
      confidence: sums[bin] / count,
    })),
    confidence: confidence / labels.length,
    accuracy: right / labels.length,
    error: error / labels.length,
  };
}

/** Mean −log p of the labels at a temperature. */
export function lossAt(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  temperature: number,
): number {
  let loss = 0;
  for (let i = 0; i < labels.length; i++) {
    const row = i * classes;
    let max = -Infinity;
    for (let k = 0; k < classes; k++) max = Math.max(max, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += exponential((logits[row + k] - max) / temperature);
    loss += logarithm(sum) - (logits[row + labels[i]] - max) / temperature;
  }
  return loss / labels.length;
}

/**
 * The temperature at which the labels' mean −log p is least (Guo et al. 2017), found by golden section over log T: the loss is
 * convex in 1/T, so there is one valley.
 *
 * @returns T in [0.05, 20], to about four digits
 */
export function fitTemperature(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number {
  const at = (log: number) => lossAt(logits, labels, classes, exponential(log));
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [logarithm(0.05), logarithm(20)];
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)];
  let [lossA, lossB] = [at(a), at(b)];
  while (high - low > 1e-4) {
    if (lossA < lossB) {
      [high, b, lossB] = [b, a, lossA];
      a = high - golden * (high - low);
      lossA = at(a);
    } else {
      [low, a, lossA] = [a, b, lossB];
      b = low + golden * (high - low);
      lossB = at(b);
    }
  }
  return exponential((low + high) / 2);
}
