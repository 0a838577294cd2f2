/** The drawing pad's side in its own units, whatever its size on the screen. */
export const PAD = 420;

/** A place on the pad, origin top left; it may lie outside. Pressure is in [0, 1], and 0.5 where nothing measures it. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** One movement of the pen, from down to up; a single point is a dot. */
export interface Stroke {
  readonly points: readonly InkPoint[];
  /** Of the line at a pressure of 0.5, in pad units. */
  readonly width: number;
}

/** Half the line's width at a point: pressure takes it from 60 to 140 per cent. */
export function radiusAt(stroke: Stroke, point: InkPoint): number {
  return (stroke.width / 2) * (0.6 + 0.8 * point.pressure);
}

/** Whether the straight way from one place to another meets a stroke's ink. */
export function isTouched(stroke: Stroke, from: InkPoint, to: InkPoint): boolean {
  const { points } = stroke;
  return points.some((point, n) => {
    const before = points[Math.max(0, n - 1)];
    const radius = Math.max(radiusAt(stroke, before), radiusAt(stroke, point));
    return distanceBetween(before, point, from, to) <= radius;
  });
}

/** The shortest distance between the segments a-b and c-d. */
function distanceBetween(a: InkPoint, b: InkPoint, c: InkPoint, d: InkPoint): number {
  /** Above 0 where r lies to the left of the line from p to q, below 0 to its right. */
  const side = (p: InkPoint, q: InkPoint, r: InkPoint) =>
    (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return 0;
  return Math.min(distanceTo(a, c, d), distanceTo(b, c, d), distanceTo(c, a, b), distanceTo(d, a, b));
}

/** From a point to the segment from p to q, which may be a single point. */
function distanceTo(point: InkPoint, p: InkPoint, q: InkPoint): number {
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const along = ((point.x - p.x) * dx + (point.y - p.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - p.x - t * dx, point.y - p.y - t * dy);
}

/**
 * @param from the first point to look at, when those before it have been looked at already
 * @throws RangeError naming the stroke's fault, so that a drawing never turns into NaN silently
 */
export function checkStroke({ points, width }: Stroke, from = 0): void {
  if (points.length === 0) throw new RangeError('a stroke needs at least one point');
  if (!(width > 0 && width <= PAD))
    throw new RangeError(`a stroke's width must be above 0 and at most ${PAD}, not ${width}`);
  for (let n = from; n < points.length; n++) {
    const { x, y, pressure } = points[n];
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new RangeError(`point ${n} of a stroke lies at ${x}, ${y}`);
    if (!(pressure >= 0 && pressure <= 1)) {
      throw new RangeError(`point ${n} of a stroke has a pressure of ${pressure}, which must be from 0 to 1`);
    }
  }
}
