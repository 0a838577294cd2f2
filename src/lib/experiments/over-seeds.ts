/** One number measured with several seeds. */
export interface OverSeeds {
  readonly values: readonly number[];
  readonly mean: number;
  /** Standard deviation of the values, as an estimate from so few (n − 1); 0 for a single one. */
  readonly deviation: number;
}

/** @throws RangeError when there is no value */
export function overSeeds(values: readonly number[]): OverSeeds {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { values, mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

/** What a change did, seed by seed. */
export interface Change {
  /** Mean of the differences. */
  readonly mean: number;
  /** Seeds with which there was more, and with which less. */
  readonly more: number;
  readonly less: number;
  readonly seeds: number;
}

/** What a change did to the same seeds, which both sides name in the same order. */
export function changeOverSeeds(before: OverSeeds, after: OverSeeds): Change {
  const differences = after.values.map((value, n) => value - before.values[n]);
  return {
    mean: overSeeds(differences).mean,
    more: differences.filter((each) => each > 0).length,
    less: differences.filter((each) => each < 0).length,
    seeds: differences.length,
  };
}

/** A second descent of the test error, as networks grow: places in the order of their size. */
export interface SecondDescent {
  /** Where the error was least before it rose, where it had risen most, and where it is least after that. */
  readonly valley: number;
  readonly peak: number;
  readonly second: number;
}

/**
 * Looks for an error that falls, rises and falls again, each by more than the seeds differ: by more than the larger of the two
 * places' standard deviations. Of several the one with the highest rise; nothing where there is none.
 */
export function secondDescent(errors: readonly OverSeeds[]): SecondDescent | undefined {
  const lowest = (from: number, to: number) => {
    let found = from;
    for (let n = from + 1; n < to; n++) if (errors[n].mean < errors[found].mean) found = n;
    return found;
  };
  const isAbove = (high: number, low: number) =>
    errors[high].mean - errors[low].mean > Math.max(errors[high].deviation, errors[low].deviation);
  let best: SecondDescent | undefined;
  const rise = ({ valley, peak }: SecondDescent) => errors[peak].mean - errors[valley].mean;
  for (let peak = 2; peak < errors.length - 1; peak++) {
    const found = { valley: lowest(0, peak), peak, second: lowest(peak + 1, errors.length) };
    // It has to fall before it can rise.
    if (found.valley === 0 || !isAbove(peak, found.valley) || !isAbove(peak, found.second)) continue;
    if (!best || rise(found) > rise(best)) best = found;
  }
  return best;
}
