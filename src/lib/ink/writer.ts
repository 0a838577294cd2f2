import { cosine, sine } from '../nn/elementary.ts';
import { Random } from '../nn/random.ts';
import { evenlySpaced, smoothCurve } from './smooth-curve.ts';
import { type InkPoint, PAD, type Stroke } from './stroke.ts';
import { type DigitWays, digitWays } from './ways/digit-ways.ts';
import type { Hand, Path, Way } from './ways/way.ts';

/**
 * One person's hand: one way for each digit, its joints each at a place of its own, and one manner for all. What two
 * digits of a writer have in common is here; what differs from one to the next is drawn as they are written.
 */
export interface Writer {
  /** By digit: the way that this writer writes it. */
  readonly ways: readonly Way[];
  /** From which the places of the joints are drawn, the same ones for every drawing of a way. */
  readonly joints: number;
  /** How far a joint strays from one drawing to the next, as a share of all that hands differ by. */
  readonly sloppiness: number;
  /** How rings end, −1 to 1: `Hand.closing`. */
  readonly closing: number;
  /** Sideways for each unit up, and radians that the line of writing rises or falls. */
  readonly slant: number;
  readonly turn: number;
  /** Width, as a share of the usual. */
  readonly proportion: number;
  /** What is larger, the lower half (above 0) or the upper, as a share of the height. */
  readonly balance: number;
  /** How far the middle of a stem bulges to the right, as a share of the height. */
  readonly bow: number;
  /** Of the trembling, as a share of the digit's height. */
  readonly tremor: number;
  /** 0 slow and exact, 1 fast: corners rounded off, few points. */
  readonly speed: number;
  /** Half of what the pressure changes by within a stroke; 0 where nothing measures it. */
  readonly pressing: number;
}

/** Where on the pad something is written, and with what line. */
export interface Place {
  /** The longer side of what is written, without the line's width, and the middle of it: pad units. */
  readonly size: number;
  readonly x: number;
  readonly y: number;
  /** Of the line. */
  readonly width: number;
}

/** Widths of the line, and sizes as shares of the pad, that drawings have. */
const WIDTHS = [12, 38] as const;
const SIZES = [0.26, 0.96] as const;

/** Somebody new: one way of writing for each digit, by how common the ways are, and a hand that stays the same. */
export function createWriter(random: Random, ways: DigitWays = digitWays): Writer {
  return {
    ways: ways.map((ofDigit) => pickByShare(ofDigit, random)),
    joints: random.bits(),
    sloppiness: random.between(0.04, 0.22),
    closing: Math.max(-1, Math.min(1, 0.55 * random.normal() + 0.15)),
    slant: 0.17 * random.normal() + 0.06,
    turn: 0.07 * random.normal(),
    proportion: random.between(0.68, 1.32),
    balance: 0.06 * random.normal(),
    bow: 0.035 * random.normal(),
    tremor: 0.014 * random.uniform() * random.uniform(),
    speed: random.uniform(),
    pressing: random.uniform() < 0.35 ? random.between(0.05, 0.3) : 0,
  };
}

/** One of several, each as often as its share of all is. */
export function pickByShare<T extends { readonly share: number }>(from: readonly T[], random: Random): T {
  let left = random.uniform() * from.reduce((sum, { share }) => sum + share, 0);
  for (const one of from) {
    left -= one.share;
    if (left < 0) return one;
  }
  return from[from.length - 1];
}

/** Any size and any line that a pad knows, anywhere on it. */
export function anyPlace(random: Random): Place {
  const width = random.between(...WIDTHS);
  // As many between a quarter and a half of the pad as between a half and all of it.
  const [small, large] = SIZES;
  const share = random.uniform();
  const size = Math.min(PAD * (small + (large - small) * share * (0.45 + 0.55 * share)), PAD - 1.5 * width);
  const room = (PAD - size - 1.5 * width) / 2;
  return {
    size,
    width,
    x: PAD / 2 + random.between(-room, room),
    y: PAD / 2 + random.between(-room, room),
  };
}

/**
 * Writes one thing in a writer's hand. All of it lies on the pad, with its line, where `place` leaves it room.
 *
 * @param random what differs from one drawing to the next
 */
export function writeWay(writer: Writer, { draw }: Way, random: Random, place: Place): Stroke[] {
  const habits = new Random(writer.joints);
  const hand: Hand = {
    closing: Math.max(-1, Math.min(1, writer.closing + writer.sloppiness * random.normal())),
    vary: (low, high) =>
      low + (high - low) * straying(habits.uniform() + writer.sloppiness * random.normal()),
  };
  const paths = draw(hand).map((path) => moving(path, writer, random));
  return placed(paths, writer, place);
}

/** A little beyond the ends of a joint's range at most. */
function straying(share: number): number {
  return Math.min(1.15, Math.max(-0.15, share));
}

/** How a pen follows a path: all in the square in which the way was drawn, slanted as the writer's hand is. */
function moving(path: Path, writer: Writer, random: Random): [number, number][] {
  const { slant, proportion, speed, sloppiness } = writer;
  const points = evenlySpaced(smoothCurve(path), POINTS);
  const rounded = roundedOff(points, Math.round(5 * speed));
  const [skippedStart, skippedEnd] = [random.between(0, 0.04), random.between(0, 0.04)];
  const kept = rounded.slice(
    Math.floor(rounded.length * skippedStart),
    Math.ceil(rounded.length * (1 - skippedEnd)),
  );
  const tremble = wobble(writer.tremor, random);
  const [leanNow, wideNow] = [
    slant + 0.2 * sloppiness * random.normal(),
    proportion * (1 + 0.2 * sloppiness * random.normal()),
  ];
  const turn = writer.turn + 0.15 * sloppiness * random.normal();
  const [c, s] = [cosine(turn), sine(turn)];
  const lift = 0.08 * sloppiness;
  const [liftX, liftY] = [lift * random.normal(), lift * random.normal()];
  return kept.map(([x, y], n) => {
    const along = n / POINTS;
    // 1 half-way down, 0 at the top and at the bottom.
    const middle = 4 * y * (1 - y);
    const u = (x - 0.5) * wideNow - leanNow * (y - 0.5) + writer.bow * middle + liftX + tremble(3 * along);
    const v = y - 0.5 - writer.balance * middle + liftY + tremble(3 * along + 7);
    return [c * u - s * v, s * u + c * v];
  });
}

/** Points along one stroke before the pen's events are counted out of them. */
const POINTS = 72;

/** Each point the mean of those around it, the fewer the nearer the ends, which stay: a fast hand cuts its corners. */
function roundedOff(points: [number, number][], reach: number): [number, number][] {
  return points.map((_, n): [number, number] => {
    const around = Math.min(reach, n, points.length - 1 - n);
    let [x, y] = [0, 0];
    for (let m = n - around; m <= n + around; m++) {
      x += points[m][0];
      y += points[m][1];
    }
    return [x / (2 * around + 1), y / (2 * around + 1)];
  });
}

/** The hand's tremor: a sum of slow waves of random phase. */
function wobble(size: number, random: Random): (t: number) => number {
  const waves = Array.from({ length: 3 }, (_, n) => ({
    size: (2 * size * random.uniform()) / (n + 1),
    speed: random.between(2, 5) * (n + 1),
    phase: random.between(0, 6),
  }));
  return (t) => waves.reduce((sum, wave) => sum + wave.size * sine(wave.speed * t + wave.phase), 0);
}

/** Paths of any scale as strokes that fill a place: their longer side is its size, their middle its middle. */
function placed(paths: readonly [number, number][][], { speed, pressing }: Writer, place: Place): Stroke[] {
  const all = paths.flat();
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const longer = Math.max(right - left, bottom - top);
  const scale = longer > 0 ? place.size / longer : 0;
  const every = 1 + Math.floor(5 * speed * speed);
  return paths.map((path) => ({
    width: place.width,
    points: path
      .filter((_, n) => n % every === 0 || n === path.length - 1)
      .map(([x, y], n, { length }): InkPoint => ({
        x: place.x + scale * (x - (left + right) / 2),
        y: place.y + scale * (y - (top + bottom) / 2),
        pressure: 0.5 + pressing * (2 * sine((Math.PI * n) / Math.max(1, length - 1)) - 1),
      })),
  }));
}
