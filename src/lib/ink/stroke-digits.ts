import { sine, cosine } from '../nn/elementary.ts';
import type { Random } from '../nn/random.ts';
import { type DigitShapes, digitShapes } from './digit-shapes.ts';
import { mnistStyle } from './prepare.ts';
import { Raster } from './raster.ts';
import { type InkPoint, PAD, type Stroke } from './stroke.ts';

/** Points of the smooth curve between two of a shape's points. */
const CURVE_STEPS = 12;

/**
 * A digit as somebody might write it on the pad with a mouse, a finger or a pen: one of the ways in which the digit is
 * written, bent, slanted, stretched, trembled over, placed anywhere, in a line of any width.
 */
export function strokeDigit(label: number, random: Random, shapes: DigitShapes = digitShapes): Stroke[] {
  const ways = shapes[label];
  if (!ways) throw new RangeError(`${label} is not a digit from 0 to 9`);
  const shape = ways[random.below(ways.length)]!;

  const bend = random.between(0.01, 0.055);
  const bent = shape.map((path) =>
    path.map(([x, y]) => [x + bend * random.normal(), y + bend * random.normal()] as const),
  );
  const place = placement(random);
  const width = random.between(0.035, 0.13) * place.size + random.between(2, 8);
  const pressed = random.uniform() < 0.3;
  const step = random.uniform() < 0.4 ? 1 + random.below(5) : 1;
  const tremor = wobble(random);

  return bent.map((path) => {
    const [skippedStart, skippedEnd] = [random.between(0, 0.05), random.between(0, 0.05)];
    const curve = smoothCurve(path);
    const kept = curve.slice(
      Math.floor(curve.length * skippedStart),
      Math.ceil(curve.length * (1 - skippedEnd)),
    );
    const points = kept
      .filter((_, n) => n % step === 0 || n === kept.length - 1)
      .map(([x, y], n, all): InkPoint => {
        const along = n / Math.max(1, all.length - 1);
        const at = place.map(x + tremor(3 * along), y + tremor(3 * along + 7));
        const pressure = pressed ? 0.5 + 0.3 * sine(Math.PI * along) - 0.15 : 0.5;
        return { ...at, pressure };
      });
    return { points, width: Math.min(width, 60) };
  });
}

/**
 * Digits as pen strokes, prepared as MNIST was: what a network sees of drawings on the pad.
 *
 * @returns examples in the shape that a network takes: (count × 784) bytes, labels in turn 0 … 9
 */
export function strokeDigits(
  count: number,
  random: Random,
  shapes: DigitShapes = digitShapes,
): { count: number; width: number; values: Uint8Array; labels: Uint8Array } {
  const values = new Uint8Array(count * 784);
  const labels = new Uint8Array(count);
  const raster = new Raster();
  for (let i = 0; i < count; i++) {
    labels[i] = i % 10;
    raster.clear();
    for (const stroke of strokeDigit(labels[i]!, random, shapes)) raster.add(stroke);
    const prepared = mnistStyle(raster);
    if (prepared) values.set(prepared.image, i * 784);
  }
  return { count, width: 784, values, labels };
}

/** From a shape's unit square to the pad: size, proportions, slant, rotation and place. */
function placement(random: Random): {
  size: number;
  map: (x: number, y: number) => { x: number; y: number };
} {
  const size = PAD * random.between(0.25, 0.85);
  const stretch = random.between(0.75, 1.25);
  const slant = 0.18 * random.normal();
  const angle = 0.11 * random.normal();
  const [c, s] = [cosine(angle), sine(angle)];
  const room = PAD / 2 - size / 2;
  const [centreX, centreY] = [PAD / 2 + random.between(-room, room), PAD / 2 + random.between(-room, room)];
  return {
    size,
    map(x, y) {
      const u = (x - 0.5) * stretch - slant * (y - 0.5);
      const v = y - 0.5;
      return { x: centreX + size * (c * u - s * v), y: centreY + size * (s * u + c * v) };
    },
  };
}

/** The hand's tremor: a sum of slow waves of random phase, a hundredth of the digit's size or so. */
function wobble(random: Random): (t: number) => number {
  const waves = Array.from({ length: 3 }, (_, n) => ({
    size: (0.012 * random.uniform()) / (n + 1),
    speed: random.between(2, 5) * (n + 1),
    phase: random.between(0, 6),
  }));
  return (t) => waves.reduce((sum, { size, speed, phase }) => sum + size * sine(speed * t + phase), 0);
}

/** A smooth curve through all the points: Catmull and Rom 1974. */
function smoothCurve(points: readonly (readonly [number, number])[]): [number, number][] {
  const curve: [number, number][] = [];
  for (let n = 0; n + 1 < points.length; n++) {
    const [a, b, c, d] = [
      points[Math.max(0, n - 1)]!,
      points[n]!,
      points[n + 1]!,
      points[Math.min(points.length - 1, n + 2)]!,
    ];
    for (let step = 0; step < CURVE_STEPS; step++) {
      const t = step / CURVE_STEPS;
      curve.push([catmullRom(a[0], b[0], c[0], d[0], t), catmullRom(a[1], b[1], c[1], d[1], t)]);
    }
  }
  const last = points[points.length - 1]!;
  curve.push([last[0], last[1]]);
  return curve;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
