/** What a flat picture of examples keeps of how they lie among all their units. */
export interface Shadow {
  /** Of each example's nearest ten, the share that are among its nearest ten in the picture, on average. */
  readonly neighbours: number;
  /** How the distances in the picture follow those among the units: the correlation over all pairs, from −1 to 1. */
  readonly distances: number;
}

const NEAREST = 10;

/**
 * @param values (examples × units)
 * @param places (examples × 2)
 * @throws RangeError when there are not more than ten examples
 */
export function measureShadow(values: ArrayLike<number>, units: number, places: ArrayLike<number>): Shadow {
  const count = places.length / 2;
  if (!(count > NEAREST)) throw new RangeError(`${count} examples have no ${NEAREST} neighbours each`);
  const [far, seen] = [distancesOf(values, units), distancesOf(places, 2)];
  let kept = 0;
  for (let row = 0; row < count; row++) {
    const near = new Set(nearest(far, count, row));
    kept += nearest(seen, count, row).filter((other) => near.has(other)).length;
  }
  return { neighbours: kept / (count * NEAREST), distances: correlation(far, seen, count) };
}

/** (examples × examples) */
function distancesOf(values: ArrayLike<number>, units: number): Float64Array {
  const count = values.length / units;
  const out = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let squares = 0;
      for (let j = 0; j < units; j++) squares += (values[a * units + j] - values[b * units + j]) ** 2;
      out[a * count + b] = Math.sqrt(squares);
      out[b * count + a] = out[a * count + b];
    }
  }
  return out;
}

function nearest(distances: Float64Array, count: number, row: number): number[] {
  const others = Array.from({ length: count }, (_, other) => other).filter((other) => other !== row);
  return others.sort((a, b) => distances[row * count + a] - distances[row * count + b]).slice(0, NEAREST);
}

/** Pearson's, over the pairs of different examples. */
function correlation(a: Float64Array, b: Float64Array, count: number): number {
  const pairs = count * (count - 1);
  // The diagonal is 0 in both: it adds nothing to the sums.
  const mean = (of: Float64Array) => of.reduce((sum, x) => sum + x, 0) / pairs;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let n = 0; n < a.length; n++) {
    if (n % (count + 1) === 0) continue;
    both += (a[n] - meanA) * (b[n] - meanB);
    squaresA += (a[n] - meanA) ** 2;
    squaresB += (b[n] - meanB) ** 2;
  }
  return both / Math.sqrt(squaresA * squaresB);
}
