import type { Random } from '../nn/random.ts';

/** The directions in which examples differ most (principal component analysis). */
export interface PrincipalDirections {
  /** (units): the mean of all examples. */
  readonly mean: Float64Array;
  /** One each, of length 1, at right angles to each other, the widest first: (units). */
  readonly directions: readonly Float64Array[];
  /** The variance along each, and of all units together. */
  readonly variances: readonly number[];
  readonly total: number;
}

const MOST_STEPS = 1000;
/** A direction that turns less than this in a step has been found. */
const STILL = 1e-10;

/**
 * The directions along which examples differ most (principal component analysis, Pearson 1901): the eigenvectors of their
 * covariance with the largest eigenvalues, by power iteration, each at right angles to those before it. The covariance itself is
 * never made: v ← Xᵀ(X·v) / m.
 *
 * @param values (examples × units)
 * @param random where each search begins
 * @throws RangeError when there are not two examples, or fewer units than directions
 */
export function principalDirections(
  values: ArrayLike<number>,
  units: number,
  count: number,
  random: Random,
): PrincipalDirections {
  const examples = values.length / units;
  if (!(examples >= 2) || !(units >= count)) {
    throw new RangeError(`${count} directions cannot be found from ${examples} examples of ${units} numbers`);
  }
  const mean = new Float64Array(units);
  for (let n = 0; n < values.length; n++) mean[n % units] += values[n] / examples;
  const X = Float64Array.from(values, (value, n) => value - mean[n % units]);
  let total = 0;
  for (const x of X) total += (x * x) / examples;

  const directions: Float64Array[] = [];
  const variances: number[] = [];
  for (let found = 0; found < count; found++) {
    let v = Float64Array.from({ length: units }, () => random.normal());
    straighten(v, directions);
    let variance = 0;
    for (let step = 0; step < MOST_STEPS; step++) {
      const next = covarianceTimes(X, units, v);
      variance = lengthOf(next);
      // Where nothing is left to vary, any direction at right angles will do.
      if (!(variance > 1e-12 * total)) break;
      straighten(next, directions);
      const turned = 1 - Math.abs(dot(next, v));
      v = next;
      if (turned < STILL) break;
    }
    directions.push(v);
    variances.push(total === 0 ? 0 : dot(covarianceTimes(X, units, v), v));
  }
  return { mean, directions, variances, total };
}

/** Where examples lie along the directions: (examples × directions). */
export function placesAlong(
  values: ArrayLike<number>,
  { mean, directions }: Pick<PrincipalDirections, 'mean' | 'directions'>,
): Float64Array {
  const units = mean.length;
  const places = new Float64Array((values.length / units) * directions.length);
  for (let n = 0; n < places.length; n++) {
    const from = Math.floor(n / directions.length) * units;
    const direction = directions[n % directions.length];
    for (let j = 0; j < units; j++) places[n] += (values[from + j] - mean[j]) * direction[j];
  }
  return places;
}

/** Xᵀ(X·v) / m */
function covarianceTimes(X: Float64Array, units: number, v: Float64Array): Float64Array<ArrayBuffer> {
  const examples = X.length / units;
  const out = new Float64Array(units);
  for (let i = 0; i < X.length; i += units) {
    let along = 0;
    for (let j = 0; j < units; j++) along += X[i + j] * v[j];
    for (let j = 0; j < units; j++) out[j] += (along * X[i + j]) / examples;
  }
  return out;
}

/** Takes off what points along the others, twice against rounding, and makes the length 1. */
function straighten(v: Float64Array, others: readonly Float64Array[]): void {
  for (let round = 0; round < 2; round++) {
    for (const other of others) {
      const along = dot(v, other);
      for (let j = 0; j < v.length; j++) v[j] -= along * other[j];
    }
  }
  const length = lengthOf(v);
  for (let j = 0; j < v.length; j++) v[j] /= length;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

function lengthOf(v: Float64Array): number {
  return Math.sqrt(dot(v, v));
}
