/** How some numbers are spread: in bins of equal width, and in a few figures. */
export interface Spread {
  /** Numbers in each bin; those beyond the ends count into the last bin on their side. */
  readonly counts: Uint32Array;
  readonly mean: number;
  readonly deviation: number;
  /** Share that is exactly 0. */
  readonly zeros: number;
}

/**
 * @param low where the first bin begins
 * @param high where the last one ends
 * @throws RangeError when there are no bins, or they have no width
 */
export function spreadOf(values: ArrayLike<number>, bins: number, low: number, high: number): Spread {
  if (!(bins >= 1) || !(high > low)) throw new RangeError(`${bins} bins from ${low} to ${high} hold nothing`);
  const counts = new Uint32Array(bins);
  let [sum, squares, zeros] = [0, 0, 0];
  for (let n = 0; n < values.length; n++) {
    const value = values[n];
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    counts[Math.max(0, Math.min(bins - 1, bin))]++;
    sum += value;
    squares += value * value;
    if (value === 0) zeros++;
  }
  const mean = sum / values.length;
  // Rounding may leave a hair less than nothing of a variance of 0.
  const variance = Math.max(0, squares / values.length - mean * mean);
  return { counts, mean, deviation: Math.sqrt(variance), zeros: zeros / values.length };
}

/**
 * How far the units tell examples apart: each unit's standard deviation over the examples, and of those the root mean
 * square. A unit that says the same of every example adds nothing, however far it lies from the other units.
 *
 * @param values (examples × units)
 */
export function spreadBetween(values: ArrayLike<number>, units: number): number {
  const examples = values.length / units;
  let squares = 0;
  for (let j = 0; j < units; j++) {
    let sum = 0;
    for (let i = 0; i < examples; i++) sum += values[i * units + j];
    const mean = sum / examples;
    for (let i = 0; i < examples; i++) squares += (values[i * units + j] - mean) ** 2;
  }
  return Math.sqrt(squares / values.length);
}
