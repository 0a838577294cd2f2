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

/**
 * @param from the first point to look at, when those before it have been looked at already
 * @throws RangeError naming the stroke's fault, so that a drawing never turns into NaN silently
 */
export function checkStroke({ points, width }: Stroke, from = 0): void {
  if (points.length === 0) throw new RangeError('a stroke needs at least one point');
  if (!(width > 0 && width <= PAD))
    throw new RangeError(`a stroke's width must be above 0 and at most ${PAD}, not ${width}`);
  for (let n = from; n < points.length; n++) {
    const { x, y, pressure } = points[n]!;
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new RangeError(`point ${n} of a stroke lies at ${x}, ${y}`);
    if (!(pressure >= 0 && pressure <= 1)) {
      throw new RangeError(`point ${n} of a stroke has a pressure of ${pressure}, which must be from 0 to 1`);
    }
  }
}
