import type { Random } from '../nn/random.ts';
import { PAD, type Stroke } from './stroke.ts';
import { capitals, scribbles, smallLetters, symbols } from './ways/other-ways.ts';
import type { Way } from './ways/way.ts';
import { type Place, type Writer, anyPlace, createWriter, pickByShare, writeWay } from './writer.ts';

/** Kinds of drawings that are no digit, each with the share that it has among them. */
const KINDS = [
  { kind: 'capital letters', share: 0.24 },
  { kind: 'small letters', share: 0.22 },
  { kind: 'symbols', share: 0.2 },
  { kind: 'scribbles', share: 0.16 },
  { kind: 'pairs of digits', share: 0.18 },
] as const;

export type OtherKind = (typeof KINDS)[number]['kind'];
export const otherKinds: readonly OtherKind[] = KINDS.map(({ kind }) => kind);

const WAYS: Readonly<Record<Exclude<OtherKind, 'pairs of digits'>, readonly Way[]>> = {
  'capital letters': capitals,
  'small letters': smallLetters,
  symbols,
  scribbles,
};

/** Letters and symbols that no training shows, so that it can be measured what a network makes of others still. */
const UNSEEN = new Set(['E', 'K', 'N', 'R', 'e', 'k', 'r', '?', '%', '♥', '→', '□']);

/** Which characters to draw: those that training shows, or only those that it never does. */
export type Familiarity = 'shown' | 'never shown';

/** A kind of drawing that is no digit, as often as it is among all that are none. */
export function pickOtherKind(random: Random): OtherKind {
  return pickByShare(KINDS, random).kind;
}

/** Letters, symbols, scribbles and pairs of digits in somebody's hand: what no digit is to be read in. */
export function otherDrawing(kind: OtherKind, random: Random, familiarity: Familiarity = 'shown'): Stroke[] {
  const writer = createWriter(random);
  const place = anyPlace(random);
  if (kind === 'pairs of digits') return pairOfDigits(writer, random, place);
  const ways = WAYS[kind].filter(
    ({ name }) => kind === 'scribbles' || UNSEEN.has(name) === (familiarity === 'never shown'),
  );
  const way = pickByShare(ways, random);
  // A dot is as large as the pen that makes it.
  return writeWay(writer, way, random, way.name === 'a dot' ? { ...place, size: 2 } : place);
}

/** Two digits side by side, now and then touching. */
function pairOfDigits(writer: Writer, random: Random, { size, width, x, y }: Place): Stroke[] {
  const digit = () => writeWay(writer, writer.ways[random.below(10)], random, { size, width, x: 0, y: 0 });
  const [first, second] = [digit(), digit()];
  const gap = width + size * random.between(-0.06, 0.35);
  const apart = extent(first).right - extent(second).left + gap;
  const shifted = second.map((stroke) => moved(stroke, apart, size * 0.06 * random.normal(), 1));
  const both = [...first, ...shifted];
  const { left, right, top, bottom } = extent(both);
  // Both together are not to be larger than one was.
  const room = PAD - 1.5 * width;
  const scale = Math.min(1, room / (right - left), room / (bottom - top));
  const middle = (from: number, to: number, wanted: number) => {
    const half = (scale * (to - from)) / 2 + 0.75 * width;
    return Math.min(PAD - half, Math.max(half, wanted)) - (scale * (from + to)) / 2;
  };
  return both.map((stroke) => moved(stroke, middle(left, right, x), middle(top, bottom, y), scale));
}

function moved({ points, width }: Stroke, dx: number, dy: number, scale: number): Stroke {
  return {
    width,
    points: points.map((point) => ({ ...point, x: scale * point.x + dx, y: scale * point.y + dy })),
  };
}

function extent(strokes: readonly Stroke[]) {
  const points = strokes.flatMap((stroke) => stroke.points);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
