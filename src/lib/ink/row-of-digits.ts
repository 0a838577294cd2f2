import type { Random } from '../nn/random.ts';
import { strokeDigit } from './stroke-digits.ts';
import { PAD, type Stroke } from './stroke.ts';

/** The pen's width on a row: narrower than on a single digit. */
const WIDTH = { least: 10, most: 22 };

/**
 * Digits side by side, as somebody might write a number: about equally high, on about one line, in one width of pen, all of it on
 * the pad.
 *
 * @param gap between the lines of neighbours, in shares of the row's height; below 0 they overlap
 * @returns each digit's strokes, from left to right
 */
export function rowOfDigits(
  labels: readonly number[],
  random: Random,
  gap: { readonly least: number; readonly most: number },
): Stroke[][] {
  const height = random.between(90, 180);
  const width = random.between(WIDTH.least, WIDTH.most);
  let left = WIDTH.most;
  const row = labels.map((label) => {
    const strokes = strokeDigit(label, random);
    const points = strokes.flatMap((stroke) => stroke.points);
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const [fromX, fromY] = [Math.min(...xs), Math.min(...ys)];
    const [wide, high] = [Math.max(...xs) - fromX, Math.max(...ys) - fromY];
    const scale = (height * random.between(0.9, 1.1)) / Math.max(high, wide / 2, 1);
    const [toX, toY] = [left, 100 + height * random.between(-0.06, 0.06)];
    left += wide * scale + height * random.between(gap.least, gap.most);
    return strokes.map((stroke) => ({
      width,
      points: stroke.points.map(({ x, y, pressure }) => ({
        x: toX + (x - fromX) * scale,
        y: toY + (y - fromY) * scale,
        pressure,
      })),
    }));
  });
  const smaller = Math.min(1, (PAD - WIDTH.most) / left);
  return row.map((strokes) => strokes.map((stroke) => scaled(stroke, smaller)));
}

function scaled({ points, width }: Stroke, scale: number): Stroke {
  return { width, points: points.map(({ x, y, pressure }) => ({ x: x * scale, y: y * scale, pressure })) };
}
