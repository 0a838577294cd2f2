import { type InkPoint, PAD, type Stroke, checkStroke, radiusAt } from './stroke.ts';

/**
 * Strokes as a grey picture of 420 × 420: 0 is paper, 255 ink, with smooth edges.
 *
 * By arithmetic alone, never read back from a canvas: so the same strokes give the same numbers in every browser, in
 * Node, and in the generator of training digits. Ink only ever gets darker, so a stroke can be added as it grows.
 */
export class Raster {
  /** (420 × 420), row-major */
  readonly pixels = new Uint8Array(PAD * PAD);
  /** Where there may be ink: nobody need look at other rows and columns. The last of each is excluded. */
  readonly inked = { left: PAD, right: 0, top: PAD, bottom: 0 };

  static of(strokes: readonly Stroke[]): Raster {
    const raster = new Raster();
    for (const stroke of strokes) raster.add(stroke);
    return raster;
  }

  /**
   * Adds a stroke, or what is new of it.
   *
   * @param from the first point that was not yet there when the stroke was added before
   */
  add(stroke: Stroke, from = 0): void {
    checkStroke(stroke, Math.max(0, from - 1));
    const { points } = stroke;
    if (from === 0) this.#addSegment(stroke, points[0], points[0]);
    for (let n = Math.max(1, from); n < points.length; n++)
      this.#addSegment(stroke, points[n - 1], points[n]);
  }

  clear(): void {
    this.pixels.fill(0, this.inked.top * PAD, this.inked.bottom * PAD);
    Object.assign(this.inked, { left: PAD, right: 0, top: PAD, bottom: 0 });
  }

  /** A segment with round ends, its radius going from that of one end to that of the other. */
  #addSegment(stroke: Stroke, a: InkPoint, b: InkPoint): void {
    const { pixels, inked } = this;
    const ra = radiusAt(stroke, a);
    const rb = radiusAt(stroke, b);
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const dr = rb - ra;
    const length2 = dx * dx + dy * dy;
    const reach = Math.max(ra, rb) + 0.5;
    const [left, right] = span(Math.min(a.x, b.x) - reach, Math.max(a.x, b.x) + reach);
    const [top, bottom] = span(Math.min(a.y, b.y) - reach, Math.max(a.y, b.y) + reach);
    if (left >= right || top >= bottom) return;
    inked.left = Math.min(inked.left, left);
    inked.right = Math.max(inked.right, right);
    inked.top = Math.min(inked.top, top);
    inked.bottom = Math.max(inked.bottom, bottom);
    // A row meets the band within reach of the line through a and b in the columns `middle` ± `half`: all of
    // the box where the line is about level.
    const level = Math.abs(dy) < 0.01;
    const half = level ? PAD : (reach * Math.sqrt(length2)) / Math.abs(dy) + 1;
    for (let row = top; row < bottom; row++) {
      const py = row + 0.5 - a.y;
      const middle = level ? PAD / 2 : a.x + (py * dx) / dy;
      const first = Math.max(left, Math.floor(middle - half));
      const end = Math.min(right, Math.ceil(middle + half));
      for (let column = first; column < end; column++) {
        const at = row * PAD + column;
        const before = pixels[at];
        if (before === 255) continue;
        const px = column + 0.5 - a.x;
        // The nearest point of the segment, as a share t of the way from a to b.
        const along = length2 > 0 ? (px * dx + py * dy) / length2 : 0;
        const t = along < 0 ? 0 : along > 1 ? 1 : along;
        const ex = px - t * dx;
        const ey = py - t * dy;
        const radius = ra + t * dr + 0.5;
        const distance2 = ex * ex + ey * ey;
        if (distance2 >= radius * radius) continue;
        // How much of the pixel is inside: all of it half a pixel within the edge, nothing half a pixel beyond.
        const coverage = radius - Math.sqrt(distance2);
        const ink = coverage >= 1 ? 255 : Math.round(255 * coverage);
        if (ink > before) pixels[at] = ink;
      }
    }
  }
}

/** The pixels from `low` to `high` that are on the pad, the last one excluded. */
function span(low: number, high: number): [number, number] {
  return [Math.max(0, Math.floor(low)), Math.min(PAD, Math.ceil(high))];
}
