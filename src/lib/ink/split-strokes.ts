import type { Stroke } from './stroke.ts';

/** How sure somebody is that strokes are one digit: the probability of the likeliest, from 0 to 1. */
export type Sureness = (strokes: readonly Stroke[]) => number;

/** A share of the narrower one's width: neighbours of which so much lies above each other are one digit, and nobody is asked. */
const ONE_DIGIT = 0.7;
/** Shares of the row's height: neighbours with a gap as wide are two digits, and nobody is asked. No digit is as low, or as wide. */
const CLEAR_GAP = 0.12;
const TOO_LOW = 0.4;
const TOO_WIDE = 1.3;

/** Strokes, and the box around the middle of their lines. */
interface Piece {
  readonly strokes: readonly Stroke[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Parts a row of digits into digits, from left to right. Strokes that stand above one another belong together, and strokes with a
 * clear gap between them do not; what lies between, the reader decides: those digits it shall be of which it is surest.
 *
 * @param sureness asked only where strokes overlap a little, or nearly touch
 */
export function splitStrokes(strokes: readonly Stroke[], sureness: Sureness): Stroke[][] {
  const pieces = joinOverlapping(strokes.map((stroke) => boxed([stroke])));
  const height = rowHeight(pieces);
  return clearlyApart(pieces, height).flatMap((some) => surestDigits(some, height, sureness));
}

/** Into how many parts strokes fall by clear gaps alone. */
export function countClearParts(strokes: readonly Stroke[]): number {
  const pieces = joinOverlapping(strokes.map((stroke) => boxed([stroke])));
  return clearlyApart(pieces, rowHeight(pieces)).length;
}

function rowHeight(pieces: readonly Piece[]): number {
  return Math.max(1, ...pieces.map(({ top, bottom }) => bottom - top));
}

/** Neighbours that have no clear gap between them, together. */
function clearlyApart(pieces: readonly Piece[], height: number): Piece[][] {
  const parts: Piece[][] = [];
  let end = -Infinity;
  for (const piece of pieces) {
    if (piece.left - end >= CLEAR_GAP * height) parts.push([piece]);
    else parts.at(-1)!.push(piece);
    end = Math.max(end, piece.right);
  }
  return parts;
}

/** From left to right, by their middles. */
function joinOverlapping(pieces: readonly Piece[]): Piece[] {
  const joined = pieces.toSorted((a, b) => a.left + a.right - b.left - b.right);
  for (let n = 0; n + 1 < joined.length;) {
    if (sharedWidth(joined[n], joined[n + 1]) < ONE_DIGIT) {
      n++;
      continue;
    }
    joined.splice(n, 2, together(joined.slice(n, n + 2)));
    n = Math.max(0, n - 1);
  }
  return joined;
}

/** The share of the narrower one's width that both have; an upright line is wholly inside or outside. */
function sharedWidth(a: Piece, b: Piece): number {
  const shared = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const narrower = Math.min(a.right - a.left, b.right - b.left);
  return narrower > 1 ? shared / narrower : shared >= 0 ? 1 : 0;
}

/** Of all ways to cut between neighbours the one whose digits are all surest: the product of their sureness is largest. */
function surestDigits(pieces: readonly Piece[], height: number, sureness: Sureness): Stroke[][] {
  if (pieces.length === 1) return [[...pieces[0].strokes]];
  // The best way to part the first so many pieces, and how sure of it one is.
  const best: { sure: number; digits: Stroke[][] }[] = [{ sure: 1, digits: [] }];
  for (let to = 1; to <= pieces.length; to++) {
    best.push({ sure: -1, digits: [] });
    for (let from = to - 1; from >= 0; from--) {
      const whole = together(pieces.slice(from, to));
      const isOne = to - from === 1;
      if (!isOne && whole.right - whole.left > TOO_WIDE * height) break;
      const isLow = whole.bottom - whole.top < TOO_LOW * height;
      const sure = best[from].sure * (isLow ? 0.01 : 1) * sureness(whole.strokes);
      if (sure > best[to].sure) best[to] = { sure, digits: [...best[from].digits, [...whole.strokes]] };
    }
  }
  return best[pieces.length].digits;
}

function together(pieces: readonly Piece[]): Piece {
  return boxed(pieces.flatMap(({ strokes }) => strokes));
}

function boxed(strokes: readonly Stroke[]): Piece {
  const points = strokes.flatMap(({ points: some }) => some);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return {
    strokes,
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}
