import { type Prepared, blockMeans, mnistStyle } from '../lib/ink/prepare.ts';
import { Raster } from '../lib/ink/raster.ts';
import { strokeDigit } from '../lib/ink/stroke-digits.ts';
import { splitStrokes } from '../lib/ink/split-strokes.ts';
import type { Stroke } from '../lib/ink/stroke.ts';
import { rowOfDigits } from '../lib/ink/row-of-digits.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import type { Network } from '../lib/nn/network.ts';
import { Random } from '../lib/nn/random.ts';
import { shippedNetwork } from './shipped-network.ts';

/** Digits drawn by a program, in each of the two sizes, and the numbers written for each spacing. */
export const DRAWN_DIGITS = 200;
export const NUMBERS = 200;

/** Shares of them that the shipped network reads right. */
export interface WaysRead {
  readonly size: 'large' | 'small';
  readonly mnist: number;
  readonly blocks: number;
}

/** What the two ways to 28 × 28 make of the same digits, as large as the pad and a third as large in its corners. */
export function readByBothWays(): WaysRead[] {
  const random = new Random(8);
  const drawn = Array.from({ length: DRAWN_DIGITS }, (_, i) => strokeDigit(i % 10, random));
  return (['large', 'small'] as const).map((size) => {
    const rasters = drawn.map((strokes, i) => Raster.of(fitted(strokes, size, i)));
    const share = (prepare: (raster: Raster) => Prepared | undefined) =>
      rasters.filter((raster, i) => readImage(prepare(raster)?.image) === i % 10).length / DRAWN_DIGITS;
    return { size, mnist: share(mnistStyle), blocks: share(blockMeans) };
  });
}

/** Of numbers of two and three digits, the share that is split right, and the share that is read right from end to end. */
export interface NumbersRead {
  readonly split: number;
  readonly read: number;
}

/** @param gap between neighbours, in shares of the row's height; below 0 they overlap */
export function readNumbers(least: number, most: number): NumbersRead {
  const random = new Random(9);
  let [split, read] = [0, 0];
  for (let n = 0; n < NUMBERS; n++) {
    const labels = Array.from({ length: 2 + (n % 2) }, () => random.below(10));
    const row = rowOfDigits(labels, random, { least, most });
    const found = splitStrokes(row.flat(), (strokes) => Math.max(...probabilitiesOf(strokes)));
    if (isSplitLike(found, row)) split++;
    const digits = found.map((strokes) => predictedClass(probabilitiesOf(strokes), 10));
    if (digits.join('') === labels.join('')) read++;
  }
  return { split: split / NUMBERS, read: read / NUMBERS };
}

function isSplitLike(found: readonly Stroke[][], row: readonly Stroke[][]): boolean {
  return (
    found.length === row.length &&
    found.every(
      (strokes, k) => strokes.length === row[k].length && strokes.every((each) => row[k].includes(each)),
    )
  );
}

function probabilitiesOf(strokes: readonly Stroke[]): ArrayLike<number> & Iterable<number> {
  return probabilities(mnistStyle(Raster.of(strokes))?.image);
}

function readImage(image: Uint8Array | undefined): number {
  return predictedClass(probabilities(image), 10);
}

let network: Network | undefined;

function probabilities(image: Uint8Array = new Uint8Array(784)) {
  network ??= shippedNetwork('shipped');
  return network.predict({ count: 1, width: 784, values: image, labels: new Uint8Array(1) });
}

/** The digit in the middle of the pad, or a third as large in one of its corners. */
function fitted(strokes: readonly Stroke[], size: WaysRead['size'], corner: number): Stroke[] {
  const points = strokes.flatMap((stroke) => stroke.points);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const wanted = size === 'large' ? 330 : 120;
  const scale = wanted / Math.max(width, height, 1);
  const room = 400 - wanted;
  const [toX, toY] =
    size === 'large'
      ? [210 - (scale * width) / 2, 210 - (scale * height) / 2]
      : [10 + (corner % 2) * room, 10 + (Math.floor(corner / 2) % 2) * room];
  return strokes.map((stroke) => ({
    width: size === 'large' ? 26 : 14,
    points: stroke.points.map(({ x, y, pressure }) => ({
      x: toX + scale * (x - left),
      y: toY + scale * (y - top),
      pressure,
    })),
  }));
}
