/** A point of the training curve: the mean over some batches. */
export interface CurvePoint {
  /** Epochs done, with a fraction for the batches since. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Images that it is the mean of. */
  readonly images: number;
}

/** Enough for a smooth curve at any width of screen. */
const MOST_POINTS = 1200;

/** The points with one more. Past the bound, every two neighbours become one: the curve keeps its shape, not its size. */
export function withPoint(
  points: readonly CurvePoint[],
  next: CurvePoint,
  most = MOST_POINTS,
): readonly CurvePoint[] {
  const all = [...points, next];
  if (all.length <= most) return all;
  const merged: CurvePoint[] = [];
  for (let n = 0; n < all.length; n += 2) {
    const [a, b] = [all[n]!, all[n + 1]];
    merged.push(b ? mean(a, b) : a);
  }
  return merged;
}

/** A loss in three digits; one that has come apart is no number. */
export function formatLoss(loss: number): string {
  return Number.isFinite(loss) ? loss.toPrecision(3) : 'not a number';
}

/** What a curve says at an epoch: its last point until then, or nothing before its first. */
export function pointAt<P extends { readonly epoch: number }>(
  points: readonly P[],
  epoch: number,
): P | undefined {
  return points.findLast((point) => point.epoch <= epoch);
}

function mean(a: CurvePoint, b: CurvePoint): CurvePoint {
  const images = a.images + b.images;
  const weigh = (of: (point: CurvePoint) => number) => (of(a) * a.images + of(b) * b.images) / images;
  return {
    epoch: b.epoch,
    loss: weigh(({ loss }) => loss),
    accuracy: weigh(({ accuracy }) => accuracy),
    images,
  };
}
