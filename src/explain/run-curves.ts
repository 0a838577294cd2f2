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
    const [a, b] = [all[n], all[n + 1]];
    merged.push(b ? mean(a, b) : a);
  }
  return merged;
}

/** As many images as make a share of them worth naming, and the points that a curve has until it can afford them. */
const ENOUGH_IMAGES = 1000;
const FIRST_POINTS = 60;

/**
 * The points as they are drawn and read: none the mean of a handful of images, as what is left at the end of an epoch
 * would be, where 24 right ones are 100 %. A run that has only just begun shows each of its batches.
 */
export function legible(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const all = points.reduce((sum, { images }) => sum + images, 0);
  const enough = Math.min(ENOUGH_IMAGES, all / FIRST_POINTS);
  const drawn: CurvePoint[] = [];
  for (const point of points) {
    const last = drawn.at(-1);
    if (last && last.images < enough) drawn[drawn.length - 1] = mean(last, point);
    else drawn.push(point);
  }
  const [before, last] = [drawn.at(-2), drawn.at(-1)];
  if (before && last && last.images < enough) drawn.splice(-2, 2, mean(before, last));
  return drawn;
}

/** How many epochs an axis has: within the first, a round part of it, so that its first batches are more than a hair. */
export function shownEpochs(done: number): number {
  if (done >= 1) return done;
  const power = 10 ** Math.floor(Math.log10(Math.max(done, 1e-6)));
  return Math.min(1, ([1, 2, 5].find((step) => step * power >= done) ?? 10) * power);
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
