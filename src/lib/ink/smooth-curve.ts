import type { Path } from './ways/way.ts';

/** Points of the smooth curve between two of a path's points. */
const CURVE_STEPS = 12;

/** A smooth curve through all the points: Catmull and Rom 1974. A point met twice is a corner. */
export function smoothCurve(points: Path): [number, number][] {
  const curve: [number, number][] = [];
  for (let n = 0; n + 1 < points.length; n++) {
    const [a, b, c, d] = [
      points[Math.max(0, n - 1)],
      points[n],
      points[n + 1],
      points[Math.min(points.length - 1, n + 2)],
    ];
    for (let step = 0; step < CURVE_STEPS; step++) {
      const t = step / CURVE_STEPS;
      curve.push([catmullRom(a[0], b[0], c[0], d[0], t), catmullRom(a[1], b[1], c[1], d[1], t)]);
    }
  }
  const last = points[points.length - 1];
  curve.push([last[0], last[1]]);
  return curve;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** The curve again, in `count` points at equal distances along it, its ends included; a curve without length is one point. */
export function evenlySpaced(
  curve: readonly (readonly [number, number])[],
  count: number,
): [number, number][] {
  const lengths = new Float64Array(curve.length);
  for (let n = 1; n < curve.length; n++) {
    const [dx, dy] = [curve[n][0] - curve[n - 1][0], curve[n][1] - curve[n - 1][1]];
    lengths[n] = lengths[n - 1] + Math.sqrt(dx * dx + dy * dy);
  }
  const whole = lengths[curve.length - 1];
  if (!(whole > 0)) return [[curve[0][0], curve[0][1]]];
  let at = 1;
  return Array.from({ length: count }, (_, n) => {
    const along = (whole * n) / (count - 1);
    while (at < curve.length - 1 && lengths[at] < along) at++;
    const part = lengths[at] - lengths[at - 1];
    const t = part > 0 ? Math.min(1, Math.max(0, (along - lengths[at - 1]) / part)) : 0;
    const [a, b] = [curve[at - 1], curve[at]];
    return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  });
}
